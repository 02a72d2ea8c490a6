package org.asntally.job.attribute;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * Inputs of sources that failed for good, as their batches tell it ({@link
 * SkipReason#BROKEN_INPUT}), whatever the kind of the source: counted by source, for who runs the
 * job to say at its end; of a source that the job requires the end at once.
 */
public final class FailedInputs implements Serializable {

    private static final long serialVersionUID = 1;

    private static final String ACCUMULATOR = "failed-inputs/";

    private final ArrayList<String> names;
    private final ArrayList<Boolean> required;
    private transient LongCounter @Nullable [] counters;

    /**
     * Of a job.
     *
     * @param names of its sources
     * @param required of each, whether the job ends when it fails
     */
    public FailedInputs(List<String> names, List<Boolean> required) {
        this.names = new ArrayList<>(names);
        this.required = new ArrayList<>(required);
    }

    /** Counts in a task from now on. */
    void open(RuntimeContext context) {
        LongCounter[] all = new LongCounter[names.size()];
        for (int source = 0; source < all.length; source++) {
            all[source] = new LongCounter();
            context.addAccumulator(ACCUMULATOR + names.get(source), all[source]);
        }
        counters = all;
    }

    /** Looks at what a batch of a source tells beside its flows. */
    void look(int source, FlowBatch flows) {
        for (int entry = 0; entry < flows.skips(); entry++) {
            if (flows.skipReason(entry) == SkipReason.BROKEN_INPUT) {
                if (required.get(source)) {
                    throw new RequiredSourceException(names.get(source));
                }
                LongCounter[] all = counters;
                if (all != null) {
                    all[source].add(flows.skipCount(entry));
                }
            }
        }
    }

    /** The sources with failed inputs, and how many, among the accumulators of a job. */
    public static Map<String, Long> of(Map<String, Object> accumulators) {
        Map<String, Long> failed = new TreeMap<>();
        accumulators.forEach(
                (name, count) -> {
                    if (name.startsWith(ACCUMULATOR) && count instanceof Long many && many > 0) {
                        failed.put(name.substring(ACCUMULATOR.length()), many);
                    }
                });
        return failed;
    }
}
