package org.asntally.job.window;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.flink.RowsSerializer;

/** Writes {@link RowChunk}s into state: their rows, nothing else. */
final class RowChunkSerializer extends RowsSerializer<RowChunk> {

    private static final long serialVersionUID = 1;

    @Override
    public TypeSerializer<RowChunk> duplicate() {
        return new RowChunkSerializer();
    }

    @Override
    public RowChunk createInstance() {
        return new RowChunk(new TallyRows(0, 0));
    }

    /**
     * The heap state copies a chunk that a running checkpoint still reads, before it is changed.
     */
    @Override
    public RowChunk copy(RowChunk from) {
        return from.copy();
    }

    @Override
    public void serialize(RowChunk record, DataOutputView target) throws IOException {
        format.write(record.rows(), target);
    }

    @Override
    public RowChunk deserialize(DataInputView source) throws IOException {
        return new RowChunk(format.read(source));
    }

    @Override
    public TypeSerializerSnapshot<RowChunk> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint which serializer wrote. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RowChunk> {
        /** For Flink, which makes it by name. */
        public Snapshot() {
            super(RowChunkSerializer::new);
        }
    }
}
