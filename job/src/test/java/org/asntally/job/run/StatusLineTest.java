package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.asntally.job.local.Console;
import org.asntally.lookup.rib.OpenTable;
import org.asntally.lookup.rib.RibArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusLineTest {

    private static final Instant NOON = Instant.parse("2026-05-27T12:00:00Z");

    @TempDir private Path folder;

    private final StatusMetrics metrics =
            (StatusMetrics) new StatusMetrics.Factory().createMetricReporter(new Properties());
    private Instant now = NOON;

    private final Clock clock =
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            };

    private StatusLine line(Path archive) {
        Console console =
                Console.of(
                        new ByteArrayInputStream(new byte[0]),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        Map.of());
        return StatusLine.of(console, archive, clock);
    }

    private static MetricGroup group(Map<String, String> scope) {
        return new UnregisteredMetricsGroup() {
            @Override
            public Map<String, String> getAllVariables() {
                return scope;
            }
        };
    }

    private Counter counter(String count, String source, String word) {
        Counter counter = new SimpleCounter();
        metrics.notifyOfAddedMetric(
                counter,
                word,
                group(
                        Map.of(
                                "<operator_name>",
                                "tally: " + count,
                                "<source>",
                                source,
                                "<reason>",
                                "any")));
        return counter;
    }

    private void gauge(String operator, String name, long value) {
        Gauge<Long> gauge = () -> value;
        metrics.notifyOfAddedMetric(gauge, name, group(Map.of("<operator_name>", operator)));
    }

    @Test
    void tellsFlowsOnceHoweverManyCountsHaveThem() throws Exception {
        StatusLine line = line(folder.resolve("none"));
        assertThat(line.text(metrics)).isEqualTo("0 flows/s, no time yet, nothing lost");

        Counter first = counter("by-as", "web", "counted");
        // Another subtask of the same count.
        counter("by-as", "web", "counted").inc(500);
        counter("by-prefix", "web", "counted").inc(700);
        counter("by-prefix", "web", "rejected").inc(800);
        counter("by-as", "edge", "counted").inc(2_000);
        first.inc(1_000);
        now = NOON.plusSeconds(2);
        assertThat(line.text(metrics)).startsWith("1,750 flows/s, ");
        now = NOON.plusSeconds(3);
        assertThat(line.text(metrics)).startsWith("0 flows/s, ");
        first.inc(10);
        now = NOON.plusSeconds(4);
        assertThat(line.text(metrics)).startsWith("10 flows/s, ");
        metrics.notifyOfRemovedMetric(first, "counted", group(Map.of()));
        now = NOON.plusSeconds(5);
        assertThat(line.text(metrics)).startsWith("0 flows/s, ");
    }

    @Test
    void tellsHowFarBehindAndWhatWasLost() throws Exception {
        gauge("Source: source: web", "pendingBytes", 1_234_567);
        gauge("Source: source: archive", "pendingBytes", -1);
        gauge("Source: source: flows", "pendingRecords", 5);
        gauge("window: by-as", "currentInputWatermark", NOON.toEpochMilli() - 4_000);
        gauge("window: by-prefix", "currentInputWatermark", NOON.toEpochMilli() - 1_000);
        gauge("tally: by-as", "currentInputWatermark", 0);
        counter("by-as", "web", "lost").inc(3);
        counter("by-as", "web", "dropped").inc(4);
        counter("by-as", "web", "skipped").inc(2);

        assertThat(line(folder).text(metrics))
                .isEqualTo(
                        "0 flows/s, 1,234,567 bytes to read, 5 records to read,"
                                + " time 11:59:56 (4.0 s ago), 7 lost, 2 skipped");
    }

    @Test
    void tellsTheAgeOfTheTableInForce() throws Exception {
        Path table = Files.writeString(folder.resolve("t.dat"), "192.0.2.0/24\t64496\n");
        RibArchive archive = new RibArchive(Files.createDirectory(folder.resolve("rib")));
        archive.add(
                OpenTable.of(table).rib(),
                NOON.minusSeconds(7_200),
                Clock.fixed(NOON, ZoneOffset.UTC));

        assertThat(line(folder.resolve("rib")).text(metrics)).contains(", table of 2 hours ago, ");
    }
}
