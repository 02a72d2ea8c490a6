package org.asntally.job.attribute;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link RibMessage}s. */
public final class RibMessageSerializer extends TypeSerializerSingleton<RibMessage> {

    private static final long serialVersionUID = 1;

    private static final int KNOWN_UNTIL = 0;
    private static final int VERSION = 1;
    private static final int CHUNK = 2;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public RibMessage createInstance() {
        return RibMessage.knownUntil(Long.MIN_VALUE);
    }

    @Override
    public RibMessage copy(RibMessage from) {
        return from;
    }

    @Override
    public RibMessage copy(RibMessage from, RibMessage reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(RibMessage record, DataOutputView target) throws IOException {
        RibVersion version = record.version();
        RibChunk chunk = record.chunk();
        target.writeByte(version != null ? VERSION : chunk != null ? CHUNK : KNOWN_UNTIL);
        if (version != null) {
            target.writeUTF(version.id());
            target.writeLong(version.validFrom());
            target.writeUTF(version.location());
        }
        if (chunk != null) {
            target.writeUTF(chunk.id());
            target.writeLong(chunk.validFrom());
            target.writeInt(chunk.index());
            target.writeInt(chunk.count());
            target.writeInt(chunk.bytes().length);
            target.write(chunk.bytes());
        }
        target.writeLong(record.knownUntil());
    }

    @Override
    public RibMessage deserialize(DataInputView source) throws IOException {
        int kind = source.readByte();
        RibVersion version =
                kind == VERSION
                        ? new RibVersion(source.readUTF(), source.readLong(), source.readUTF())
                        : null;
        RibChunk chunk = kind == CHUNK ? chunk(source) : null;
        return new RibMessage(version, source.readLong(), chunk);
    }

    private static RibChunk chunk(DataInputView source) throws IOException {
        String id = source.readUTF();
        long validFrom = source.readLong();
        int index = source.readInt();
        int count = source.readInt();
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return new RibChunk(id, validFrom, index, count, bytes);
    }

    @Override
    public RibMessage deserialize(RibMessage reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<RibMessage> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint which serializer wrote. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RibMessage> {
        /** For Flink, which makes it by name. */
        public Snapshot() {
            super(RibMessageSerializer::new);
        }
    }
}
