package org.asntally.sources.hostile;

import java.util.Arrays;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/** What a decoder told of an input. Takes batches and keeps none; allocates nothing by itself. */
final class Told {
    private final long[] skips = new long[SkipReason.values().length];
    private long flows;

    /** Forgets all. */
    void clear() {
        Arrays.fill(skips, 0);
        flows = 0;
    }

    /** Takes what the builder holds. */
    void take(FlowBatchBuilder builder) {
        FlowBatch batch = builder.build();
        flows += batch.rows();
        for (int i = 0; i < batch.skips(); i++) {
            skips[batch.skipReason(i).ordinal()] += batch.skipCount(i);
        }
    }

    long flows() {
        return flows;
    }

    long skips(SkipReason reason) {
        return skips[reason.ordinal()];
    }

    long allSkips() {
        long all = 0;
        for (long count : skips) {
            all += count;
        }
        return all;
    }
}
