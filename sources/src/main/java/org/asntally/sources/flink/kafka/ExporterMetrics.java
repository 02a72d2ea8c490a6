package org.asntally.sources.flink.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;
import org.asntally.sources.ExporterTable;
import org.asntally.sources.ExporterTable.Entry;
import org.asntally.sources.flink.RefusedMetrics;

/**
 * Metrics of each exporter, of the first thousand: registered as they, and reasons to refuse
 * something of them, come. On the task's thread.
 */
final class ExporterMetrics {

    private static final int MOST_SHOWN = 1_000;

    /** A reason that is new is looked for so seldom, in looks: about once a second. */
    private static final int EACH = 10;

    private final ExporterTable exporters;
    private final MetricGroup operator;
    private final List<RefusedMetrics> refused = new ArrayList<>();
    private int looks;

    ExporterMetrics(ExporterTable exporters, MetricGroup operator) {
        this.exporters = exporters;
        this.operator = operator;
        operator.gauge("exporters_known", () -> exporters.known().size());
    }

    /** Registers what is new. */
    void look() {
        if (++looks % EACH != 0) {
            return;
        }
        List<Entry> known = exporters.known();
        int most = Math.min(known.size(), MOST_SHOWN);
        while (refused.size() < most) {
            Entry entry = known.get(refused.size());
            MetricGroup group = operator.addGroup("exporter", entry.exporter().toString());
            group.gauge("flows", entry::flows);
            group.gauge("sampling_rate", entry::rate);
            group.gauge("clock_ahead_millis", entry::aheadMillis);
            refused.add(new RefusedMetrics(group));
        }
        for (int at = 0; at < most; at++) {
            Entry entry = known.get(at);
            if (entry.allRefused() > 0) {
                refused.get(at).look(entry.refused().keySet(), entry::refused);
            }
        }
    }
}
