package org.asntally.job.attribute;

import java.io.IOException;
import java.util.Set;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.flink.FlowBatchSerializer;

/** Writes batches that wait into state. */
final class HeldBatchSerializer extends TypeSerializerSingleton<HeldBatch> {

    private static final long serialVersionUID = 1;

    private final FlowBatchSerializer flows = new FlowBatchSerializer();

    /** One for each thread: it holds a buffer. */
    @Override
    public HeldBatchSerializer duplicate() {
        return new HeldBatchSerializer();
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public HeldBatch createInstance() {
        return HeldBatch.all(0, new FlowBatchBuilder(Set.of()).build());
    }

    @Override
    public HeldBatch copy(HeldBatch from) {
        return from;
    }

    @Override
    public HeldBatch copy(HeldBatch from, HeldBatch reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(HeldBatch record, DataOutputView target) throws IOException {
        target.writeInt(record.source());
        flows.serialize(record.flows(), target);
        target.writeLong(record.from());
        target.writeLong(record.before());
    }

    @Override
    public HeldBatch deserialize(DataInputView source) throws IOException {
        return new HeldBatch(
                source.readInt(), flows.deserialize(source), source.readLong(), source.readLong());
    }

    @Override
    public HeldBatch deserialize(HeldBatch reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<HeldBatch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint which serializer wrote. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<HeldBatch> {
        /** For Flink, which makes it by name. */
        public Snapshot() {
            super(HeldBatchSerializer::new);
        }
    }
}
