package org.asntally.job.window;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.flink.TallyRowsSerializer;

/** Writes {@link RowChunk}s into state: their rows, nothing else. */
final class RowChunkSerializer extends TypeSerializer<RowChunk> {

    private static final long serialVersionUID = 1;

    private final TallyRowsSerializer rows = new TallyRowsSerializer();

    @Override
    public boolean isImmutableType() {
        return false;
    }

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
    public RowChunk copy(RowChunk from, RowChunk reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(RowChunk record, DataOutputView target) throws IOException {
        rows.serialize(record.rows(), target);
    }

    @Override
    public RowChunk deserialize(DataInputView source) throws IOException {
        return new RowChunk(rows.deserialize(source));
    }

    @Override
    public RowChunk deserialize(RowChunk reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        rows.copy(source, target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowChunkSerializer;
    }

    @Override
    public int hashCode() {
        return RowChunkSerializer.class.hashCode();
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
