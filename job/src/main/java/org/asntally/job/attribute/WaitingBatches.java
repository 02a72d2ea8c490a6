package org.asntally.job.attribute;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;

/**
 * Batches that wait for their version, in the order of arrival, and the least time among their
 * flows: no watermark at or after it may leave before them. One thread.
 */
final class WaitingBatches {

    private final ArrayDeque<HeldBatch> batches = new ArrayDeque<>();
    // The least times that are left when batches go from the front: never falling.
    private final ArrayDeque<Long> leasts = new ArrayDeque<>();
    private final long[] times = new long[FlowBatchBuilder.CAPACITY];
    private long bytes;

    void add(HeldBatch batch) {
        batches.addLast(batch);
        bytes += batch.flows().bytes().length;
        long least = least(batch);
        while (!leasts.isEmpty() && leasts.getLast() > least) {
            leasts.removeLast();
        }
        leasts.addLast(least);
    }

    /** Takes the batch that has waited longest. */
    HeldBatch removeFirst() {
        HeldBatch batch = batches.removeFirst();
        bytes -= batch.flows().bytes().length;
        if (leasts.getFirst() == least(batch)) {
            leasts.removeFirst();
        }
        return batch;
    }

    int size() {
        return batches.size();
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** How many bytes wait. */
    long bytes() {
        return bytes;
    }

    /** The least time of a flow that waits; {@link Long#MAX_VALUE} when none with a time does. */
    long leastTime() {
        return leasts.isEmpty() ? Long.MAX_VALUE : leasts.getFirst();
    }

    List<HeldBatch> list() {
        return new ArrayList<>(batches);
    }

    private long least(HeldBatch batch) {
        FlowBatch flows = batch.flows();
        if (!flows.has(FlowColumn.TIME)) {
            return Long.MAX_VALUE;
        }
        if (flows.isConstant(FlowColumn.TIME)) {
            return flows.constant(FlowColumn.TIME);
        }
        flows.longs(FlowColumn.TIME, times);
        long least = Long.MAX_VALUE;
        for (int row = 0; row < flows.rows(); row++) {
            if (times[row] >= batch.from() && times[row] < batch.before()) {
                least = Math.min(least, times[row]);
            }
        }
        return least;
    }
}
