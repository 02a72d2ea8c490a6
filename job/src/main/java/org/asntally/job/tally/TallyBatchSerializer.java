package org.asntally.job.tally;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.flink.TallyRowsSerializer;

/** Writes {@link TallyBatch}es. */
public final class TallyBatchSerializer extends TypeSerializerSingleton<TallyBatch> {

    private static final long serialVersionUID = 1;

    private final TallyRowsSerializer rows = new TallyRowsSerializer();

    /** One for each thread: it holds a buffer. */
    @Override
    public TallyBatchSerializer duplicate() {
        return new TallyBatchSerializer();
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TallyBatch createInstance() {
        return new TallyBatch(0, 0, new TallyRows(0, 0));
    }

    @Override
    public TallyBatch copy(TallyBatch from) {
        return from;
    }

    @Override
    public TallyBatch copy(TallyBatch from, TallyBatch reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(TallyBatch record, DataOutputView target) throws IOException {
        target.writeInt(record.key());
        target.writeLong(record.windowStart());
        rows.serialize(record.rows(), target);
    }

    @Override
    public TallyBatch deserialize(DataInputView source) throws IOException {
        return new TallyBatch(source.readInt(), source.readLong(), rows.deserialize(source));
    }

    @Override
    public TallyBatch deserialize(TallyBatch reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<TallyBatch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint which serializer wrote. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TallyBatch> {
        /** For Flink, which makes it by name. */
        public Snapshot() {
            super(TallyBatchSerializer::new);
        }
    }
}
