package org.asntally.sinks.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.WindowTally;

/** Writes {@link WindowTally}: version 1, start 8, end 8, snapshot 8, correction 1, rows. */
public final class WindowTallySerializer extends RowsSerializer<WindowTally> {

    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;

    @Override
    public TypeSerializer<WindowTally> duplicate() {
        return new WindowTallySerializer();
    }

    @Override
    public WindowTally createInstance() {
        return new WindowTally(0, 0, 0, false, new TallyRows(0, 0));
    }

    @Override
    public WindowTally copy(WindowTally from) {
        return new WindowTally(
                from.windowStart(),
                from.windowEnd(),
                from.snapshot(),
                from.correction(),
                from.rows().copy());
    }

    @Override
    public void serialize(WindowTally record, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        target.writeLong(record.windowStart());
        target.writeLong(record.windowEnd());
        target.writeLong(record.snapshot());
        target.writeBoolean(record.correction());
        format.write(record.rows(), target);
    }

    @Override
    public WindowTally deserialize(DataInputView source) throws IOException {
        int version = source.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("result of format " + version + "; this reads " + VERSION);
        }
        long start = source.readLong();
        long end = source.readLong();
        long snapshot = source.readLong();
        boolean correction = source.readBoolean();
        return new WindowTally(start, end, snapshot, correction, format.read(source));
    }

    @Override
    public TypeSerializerSnapshot<WindowTally> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint which serializer wrote; the bytes tell their version themselves. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<WindowTally> {
        /** For Flink, which makes it by name. */
        public Snapshot() {
            super(WindowTallySerializer::new);
        }
    }
}
