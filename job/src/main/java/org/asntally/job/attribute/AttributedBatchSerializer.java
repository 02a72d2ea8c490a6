package org.asntally.job.attribute;

import java.io.IOException;
import java.util.Set;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.asntally.sources.FlowBatchBuilder;

/**
 * Of the edge from {@code attribute} to {@code tally}, which are one task: nothing is ever written.
 */
public final class AttributedBatchSerializer extends TypeSerializerSingleton<AttributedBatch> {

    private static final long serialVersionUID = 1;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public AttributedBatch createInstance() {
        return new AttributedBatch(0, new FlowBatchBuilder(Set.of()).build());
    }

    @Override
    public AttributedBatch copy(AttributedBatch from) {
        return from;
    }

    @Override
    public AttributedBatch copy(AttributedBatch from, AttributedBatch reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(AttributedBatch record, DataOutputView target) throws IOException {
        throw new IOException("an attributed batch does not leave its task");
    }

    @Override
    public AttributedBatch deserialize(DataInputView source) throws IOException {
        throw new IOException("an attributed batch does not leave its task");
    }

    @Override
    public AttributedBatch deserialize(AttributedBatch reuse, DataInputView source)
            throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<AttributedBatch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint which serializer wrote. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<AttributedBatch> {
        /** For Flink, which makes it by name. */
        public Snapshot() {
            super(AttributedBatchSerializer::new);
        }
    }
}
