package org.asntally.job.attribute;

import java.util.Map;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.jspecify.annotations.Nullable;

/** The time that windows have come to, for who runs the job to say at its end. One thread. */
public final class AttributeTimes {

    private static final String ACCUMULATOR = "time";

    private final LongMinimum told = new LongMinimum();

    /** Tells in a task from now on. */
    AttributeTimes(RuntimeContext context) {
        context.addAccumulator(ACCUMULATOR, told);
    }

    /** A watermark leaves. */
    void tell(long millis) {
        told.resetLocal();
        told.add(millis);
    }

    /**
     * The least time of all tasks that have told one, milliseconds, among the accumulators of a
     * job; null where none has.
     */
    public static @Nullable Long time(Map<String, Object> accumulators) {
        return accumulators.get(ACCUMULATOR) instanceof Long time && time != Long.MAX_VALUE
                ? time
                : null;
    }
}
