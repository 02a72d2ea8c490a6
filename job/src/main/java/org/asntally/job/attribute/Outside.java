package org.asntally.job.attribute;

import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;
import org.asntally.job.Counted;

/**
 * Flows that no promise is made for, counted by reason since the task began: for who runs the job
 * to say at its end, and as metrics. One thread.
 */
public final class Outside {

    private static final String ACCUMULATOR = "outside/";

    private final Map<Counted, LongCounter> counters = new EnumMap<>(Counted.class);

    /** Counts in a task from now on: these reasons. */
    public Outside(RuntimeContext context, MetricGroup metrics, Counted... reasons) {
        for (Counted reason : reasons) {
            LongCounter counter = new LongCounter();
            counters.put(reason, counter);
            // Several counts of a job have one each of the same reason.
            context.addAccumulator(ACCUMULATOR + Counted.reason(reason.code()), counter);
            metrics.gauge(metric(reason), counter::getLocalValuePrimitive);
        }
    }

    /** {@code flowsAheadOfRib} of {@code ahead-of-rib}. */
    private static String metric(Counted reason) {
        StringBuilder name = new StringBuilder("flows");
        for (String word : Counted.reason(reason.code()).split("-", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return name.toString();
    }

    /** So many more. */
    public void add(Counted reason, long flows) {
        if (flows > 0) {
            LongCounter counter = counters.get(reason);
            if (counter != null) {
                counter.add(flows);
            }
        }
    }

    /** How many there are of a reason, among the accumulators of a job. */
    public static long of(Map<String, Object> accumulators, Counted reason) {
        return accumulators.get(ACCUMULATOR + Counted.reason(reason.code())) instanceof Long flows
                ? flows
                : 0;
    }
}
