package org.asntally.sources.flink;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.MetricGroup;
import org.asntally.sources.SkipReason;

/**
 * What is refused of an exporter as metrics, {@code reason.REASON.refused}: registered as reasons
 * come. On the task's thread.
 */
public final class RefusedMetrics {

    private final MetricGroup exporter;
    private final Set<SkipReason> shown = EnumSet.noneOf(SkipReason.class);

    /** Of the exporter whose metrics these are. */
    public RefusedMetrics(MetricGroup exporter) {
        this.exporter = exporter;
    }

    /**
     * Registers what is new.
     *
     * @param counts how much was refused for a reason; asked by other threads, later
     */
    public void look(Set<SkipReason> reasons, ToLongFunction<SkipReason> counts) {
        for (SkipReason reason : reasons) {
            if (shown.add(reason)) {
                exporter.addGroup("reason", reason.label())
                        .gauge("refused", () -> counts.applyAsLong(reason));
            }
        }
    }
}
