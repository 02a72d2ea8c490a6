package org.asntally.sources.flink;

import org.asntally.sources.FlowBatch;

/** Flow batches to Flink. */
public final class FlowBatchTypeInfo extends OwnTypeInfo<FlowBatch> {

    /** The one that everybody shares: it has no state. */
    public static final FlowBatchTypeInfo INSTANCE = new FlowBatchTypeInfo();

    private static final long serialVersionUID = 1;

    /** Equal to all others. */
    public FlowBatchTypeInfo() {
        super(FlowBatch.class, FlowBatchSerializer.INSTANCE);
    }
}
