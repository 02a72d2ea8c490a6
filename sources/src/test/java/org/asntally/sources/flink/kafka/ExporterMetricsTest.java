package org.asntally.sources.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.asntally.sources.ExporterTable;
import org.asntally.sources.SkipReason;
import org.junit.jupiter.api.Test;

class ExporterMetricsTest {

    private final Map<String, Gauge<?>> gauges = new TreeMap<>();

    /** Notes what is registered, by its whole name. */
    private final class Group extends UnregisteredMetricsGroup {
        private final String prefix;

        Group(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            assertThat(gauges.put(prefix + name, gauge)).as(prefix + name).isNull();
            return gauge;
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return new Group(prefix + key + "." + value + ".");
        }
    }

    private void look(ExporterMetrics metrics) {
        for (int i = 0; i < 10; i++) {
            metrics.look();
        }
    }

    @Test
    void exportersAndReasonsAreRegisteredOnceAsTheyCome() {
        ExporterTable table = new ExporterTable();
        ExporterMetrics metrics = new ExporterMetrics(table, new Group(""));
        Objects.requireNonNull(table.of(false, 0, 0xc0000201L)).flow(512, 10_000, 9_000);
        look(metrics);
        Objects.requireNonNull(table.of(false, 0, 0xc0000202L)).refuse(SkipReason.BAD_TIME);
        Objects.requireNonNull(table.of(false, 0, 0xc0000201L)).flow(256, 20_000, 19_500);
        look(metrics);
        look(metrics);
        Objects.requireNonNull(table.of(false, 0, 0xc0000202L)).refuse(SkipReason.BAD_TIME);

        Map<String, Object> values = new TreeMap<>();
        gauges.forEach((name, gauge) -> values.put(name, gauge.getValue()));
        assertThat(values)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "exporters_known", 2,
                                "exporter.192.0.2.1.flows", 2L,
                                "exporter.192.0.2.1.sampling_rate", 256L,
                                "exporter.192.0.2.1.clock_ahead_millis", 500L,
                                "exporter.192.0.2.2.flows", 0L,
                                "exporter.192.0.2.2.sampling_rate", 0L,
                                "exporter.192.0.2.2.clock_ahead_millis", 0L,
                                "exporter.192.0.2.2.reason.bad-time.refused", 2L));
    }
}
