package org.asntally.sources.flink;

import java.io.IOException;
import java.util.Set;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;

/**
 * Writes a flow batch as its length (4 bytes, big-endian) and its bytes, which describe themselves:
 * columns that a reader does not know are skipped by it. A batch is never changed, so a copy is the
 * batch itself.
 */
public final class FlowBatchSerializer extends TypeSerializer<FlowBatch> {

    /** The one that everybody shares: it has no state. */
    public static final FlowBatchSerializer INSTANCE = new FlowBatchSerializer();

    private static final long serialVersionUID = 1;

    /** A full batch has some 300 KB; more than this is no batch. */
    private static final int LONGEST = 1 << 24;

    private static final int SHORTEST = 20;

    @Override
    public void serialize(FlowBatch batch, DataOutputView target) throws IOException {
        byte[] bytes = batch.bytes();
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public FlowBatch deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[readLength(source)];
        source.readFully(bytes);
        try {
            return FlowBatch.of(bytes);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public FlowBatch deserialize(FlowBatch reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        // Not write(source, length): DataOutputSerializer does not grow for it.
        byte[] bytes = new byte[readLength(source)];
        source.readFully(bytes);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    private static int readLength(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length < SHORTEST || length > LONGEST) {
            throw new IOException("a flow batch of " + length + " bytes");
        }
        return length;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<FlowBatch> duplicate() {
        return this;
    }

    @Override
    public FlowBatch createInstance() {
        return new FlowBatchBuilder(Set.of()).build();
    }

    @Override
    public FlowBatch copy(FlowBatch from) {
        return from;
    }

    @Override
    public FlowBatch copy(FlowBatch from, FlowBatch reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlowBatchSerializer;
    }

    @Override
    public int hashCode() {
        return FlowBatchSerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<FlowBatch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Remembers the layout version of written batches; ours reads itself and what is older. */
    public static final class Snapshot implements TypeSerializerSnapshot<FlowBatch> {
        private static final int VERSION = 1;
        private static final int LAYOUT = 1;

        private int layout = LAYOUT;

        /** Also for Flink, which makes it by reflection before it reads it. */
        public Snapshot() {}

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeInt(layout);
        }

        @Override
        public void readSnapshot(int readVersion, DataInputView in, ClassLoader loader)
                throws IOException {
            if (readVersion > VERSION) {
                throw new IOException(
                        "flow batches written by a newer release (snapshot " + readVersion + ")");
            }
            layout = in.readInt();
        }

        @Override
        public TypeSerializer<FlowBatch> restoreSerializer() {
            return INSTANCE;
        }

        @Override
        public TypeSerializerSchemaCompatibility<FlowBatch> resolveSchemaCompatibility(
                TypeSerializerSnapshot<FlowBatch> old) {
            return old instanceof Snapshot before && before.layout <= layout
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
