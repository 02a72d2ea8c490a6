package org.asntally.job.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a job in this process that its {@link StatusLine} is made of. Flink makes
 * reporters by itself, so there is one place where the newest is found.
 */
public final class StatusMetrics implements MetricReporter {

    /** How Flink finds it. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            StatusMetrics made = new StatusMetrics();
            newest = made;
            return made;
        }
    }

    private static final String SOURCE = "<source>";
    private static final String REASON = "<reason>";
    private static final String OPERATOR = "<operator_name>";

    private static volatile @Nullable StatusMetrics newest;

    /** What a counter counts: so much, of a source, in a count. */
    private record Counted(String operator, String source, String word) {}

    private final Map<Counter, Counted> counters = new ConcurrentHashMap<>();
    private final Map<Gauge<?>, String> gauges = new ConcurrentHashMap<>();

    /** The one of the cluster that was started last, null when it has none. */
    static @Nullable StatusMetrics newest() {
        return newest;
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        Map<String, String> scope = group.getAllVariables();
        if (metric instanceof Counter counter && scope.containsKey(REASON)) {
            counters.put(
                    counter,
                    new Counted(
                            scope.getOrDefault(OPERATOR, ""),
                            scope.getOrDefault(SOURCE, ""),
                            name));
        } else if (metric instanceof Gauge<?> gauge
                && (name.equals("pendingBytes")
                        || name.equals("pendingRecords")
                        || name.equals("numberOfFailedCheckpoints")
                        || (name.equals("currentInputWatermark")
                                && scope.getOrDefault(OPERATOR, "").startsWith("window")))) {
            gauges.put(gauge, name);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter) {
            counters.remove(counter);
        } else if (metric instanceof Gauge<?> gauge) {
            gauges.remove(gauge);
        }
    }

    /**
     * How many were counted under some words since the start. A flow that several counts have is
     * one: of each source that count is taken which has most.
     */
    long sum(Predicate<String> words) {
        Map<String, Map<String, Long>> sums = new HashMap<>();
        counters.forEach(
                (counter, what) -> {
                    if (words.test(what.word())) {
                        sums.computeIfAbsent(what.source(), source -> new HashMap<>())
                                .merge(what.operator(), counter.getCount(), Long::sum);
                    }
                });
        long sum = 0;
        for (Map<String, Long> ofSource : sums.values()) {
            sum += ofSource.values().stream().mapToLong(Long::longValue).max().orElse(0);
        }
        return sum;
    }

    /** The sum of a gauge's positive values. */
    long sum(String name) {
        long[] sum = {0};
        gauges.forEach(
                (gauge, known) -> {
                    if (known.equals(name) && gauge.getValue() instanceof Number number) {
                        sum[0] += Math.max(0, number.longValue());
                    }
                });
        return sum[0];
    }

    /** The least of a gauge's values, the greatest long when it has none. */
    long least(String name) {
        long[] least = {Long.MAX_VALUE};
        gauges.forEach(
                (gauge, known) -> {
                    if (known.equals(name) && gauge.getValue() instanceof Number number) {
                        least[0] = Math.min(least[0], number.longValue());
                    }
                });
        return least[0];
    }
}
