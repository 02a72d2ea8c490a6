package org.asntally.job.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.asntally.job.CountSpec;
import org.asntally.job.NaiveCount;
import org.asntally.job.Sums;
import org.asntally.job.TestTable;
import org.asntally.job.TestTraffic;
import org.asntally.job.Windows;
import org.asntally.job.attribute.AttributedBatch;
import org.asntally.job.attribute.RibMessage;
import org.asntally.job.attribute.RibTimeline;
import org.asntally.job.attribute.TestAttribution;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.WindowTally;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class TallyOperatorProperties {

    private static final Windows OVERLAPPING = new Windows(1500, 500, ZoneOffset.UTC);
    private static final List<String> SOURCES = List.of("web", "edge");
    private static final List<TestTable> TABLES =
            List.of(TestTable.withCountries(1, 60, 1000), TestTable.withCountries(2, 200, 5000));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    /** {@code tally} behind the lookup, its output added up. */
    private static final class Bench implements AutoCloseable {
        final CountSpec spec;
        final NaiveCount naive;
        final OneInputStreamOperatorTestHarness<AttributedBatch, TallyBatch> harness;
        final TestAttribution attribution;
        final Sums sums;
        final List<TallyBatch> batches = new ArrayList<>();

        Bench(CountSpec spec) throws Exception {
            this.spec = spec;
            naive = new NaiveCount(spec, SOURCES, TABLES);
            sums = new Sums(spec.measures().size());
            harness = new OneInputStreamOperatorTestHarness<>(new TallyOperator(spec, SOURCES));
            harness.setup(new TallyBatchSerializer());
            harness.open();
            RibTimeline timeline = new RibTimeline();
            TABLES.forEach(table -> timeline.add(RibMessage.version(table.share())));
            attribution =
                    new TestAttribution(
                            List.copyOf(spec.attributedSides()), timeline, this::process);
        }

        private void process(AttributedBatch batch) {
            try {
                harness.processElement(new StreamRecord<>(batch));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        /** Adds up what has come since the last call; gives how many rows that was. */
        int read() {
            int rows = 0;
            for (TallyBatch batch : harness.extractOutputValues()) {
                sums.add(batch.windowStart(), batch.rows());
                batches.add(batch);
                rows += batch.rows().size();
            }
            harness.getOutput().clear();
            return rows;
        }

        @Override
        public void close() {
            try {
                harness.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static CountSpec spec(SplittableRandom random) {
        List<Side> sides =
                random.nextBoolean()
                        ? List.of(Side.SOURCE)
                        : List.of(Side.DESTINATION, Side.SOURCE);
        List<Measure> measures =
                switch (random.nextInt(4)) {
                    case 0 -> List.of(Measure.HITS);
                    case 1 -> List.of(Measure.WEIGHT, Measure.ROUNDED_WEIGHT);
                    case 2 -> List.of(Measure.BYTES);
                    default -> List.of(Measure.HITS, Measure.PACKETS, Measure.WEIGHT);
                };
        CountSpec spec =
                new CountSpec(
                        "traffic",
                        Set.of(KeyKind.ASN, KeyKind.PREFIX),
                        sides,
                        measures,
                        List.of(Windows.ALL, Windows.tumbling(1000), OVERLAPPING)
                                .get(random.nextInt(3)),
                        false,
                        new int[] {1, 2, 7, 1 << 20}[random.nextInt(4)]);
        return NaiveCount.more(spec, random);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesTheSameSumsWithACheckpointBetweenAnyTwoBatches(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (Bench bench = new Bench(spec(random))) {
            TestTraffic traffic = new TestTraffic(seed, TABLES, bench.spec.columns(), bench.naive);
            long position = 0;
            for (int step = 0; step < 40; step++) {
                int source = random.nextInt(2);
                // Positions come in any order, as from files that are read side by side.
                position = random.nextBoolean() ? position + 100 : random.nextInt(1 << 20) * 100L;
                bench.attribution.attribute(source, traffic.batch(source, position, 0, 9000));
                switch (random.nextInt(3)) {
                    case 0 -> {
                        bench.harness.prepareSnapshotPreBarrier(step);
                        bench.harness.snapshot(step, step);
                        bench.read();
                        assertThat(bench.sums.asText())
                                .as("seed %d, %s", seed, bench.spec)
                                .isEqualTo(bench.naive.sums().asText());
                    }
                    case 1 -> bench.harness.processWatermark(200L * step);
                    default -> {}
                }
            }
            bench.harness.endInput();
            bench.read();
            assertThat(bench.sums.asText())
                    .as("seed %d, %s", seed, bench.spec)
                    .isEqualTo(bench.naive.sums().asText());
            for (TallyBatch batch : bench.batches) {
                TallyRows rows = batch.rows();
                for (int row = 0; row < rows.size(); row++) {
                    assertThat(KeyGroups.key(KeyGroups.group(rows.hash(row))))
                            .isEqualTo(batch.key());
                }
            }
        }
    }

    private static CountSpec plain(long window, int maxRows) {
        return new CountSpec(
                "traffic",
                Set.of(KeyKind.ASN, KeyKind.PREFIX),
                List.of(Side.SOURCE),
                List.of(Measure.HITS),
                Windows.tumbling(window),
                false,
                maxRows);
    }

    @Test
    void aWindowsRowsLeaveWhenTheWatermarkReachesItsLastMillisecond() throws Exception {
        try (Bench bench = new Bench(plain(1000, 1000))) {
            bench.attribution.attribute(0, batch(bench, 7, 1500, 1501));
            bench.harness.processWatermark(1998);
            assertThat(bench.read()).isZero();
            bench.harness.processWatermark(1999);
            assertThat(bench.read()).isPositive();
            assertThat(bench.batches).allMatch(batch -> batch.windowStart() == 1000);
            // A window that is over already leaves at the very next watermark.
            bench.batches.clear();
            bench.attribution.attribute(0, batch(bench, 9, 300, 301));
            assertThat(bench.read()).isZero();
            bench.harness.processWatermark(2000);
            assertThat(bench.read()).isPositive();
            assertThat(bench.batches).allMatch(batch -> batch.windowStart() == 0);
        }
    }

    /** A batch with flows, whatever the seed. */
    private static FlowBatch batch(Bench bench, long seed, long from, long to) {
        TestTraffic traffic = new TestTraffic(seed, TABLES, bench.spec.columns(), bench.naive);
        while (true) {
            FlowBatch batch = traffic.batch(0, 0, from, to);
            if (batch.rows() > 0) {
                return batch;
            }
        }
    }

    @Test
    void oneWindowOverAllInputWaitsForItsEnd() throws Exception {
        try (Bench bench = new Bench(plain(0, 1000))) {
            bench.attribution.attribute(0, batch(bench, 7, 1500, 2000));
            bench.harness.processWatermark(1L << 60);
            assertThat(bench.read()).isZero();
            bench.harness.processWatermark(Long.MAX_VALUE);
            assertThat(bench.read()).isPositive();
            assertThat(bench.batches)
                    .allMatch(batch -> batch.windowStart() == WindowTally.WHOLE_START);
        }
    }

    /** Of two subtasks one may fall silent: the other's time then counts for both. */
    @Test
    void nothingStaysBehindWhenItFallsIdle() throws Exception {
        try (Bench bench = new Bench(plain(1000, 1000))) {
            FlowBatch batch = batch(bench, 7, 1500, 5000);
            bench.attribution.attribute(0, batch);
            bench.harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
            assertThat(bench.read()).isZero();
            bench.harness.processWatermarkStatus(WatermarkStatus.IDLE);
            assertThat(
                            new ArrayList<>(bench.harness.getOutput())
                                    .get(bench.harness.getOutput().size() - 1))
                    .isEqualTo(WatermarkStatus.IDLE);
            bench.harness.getOutput().remove(WatermarkStatus.IDLE);
            assertThat(bench.read()).isPositive();
            assertThat(bench.sums.total("SOURCE AS")).isEqualTo(batch.rows());
            assertThat(bench.sums.total("counter flows")).isEqualTo(batch.rows());
        }
    }

    @Test
    void aSourceThatKnowsNoNumberCountsHits() throws Exception {
        CountSpec weights =
                new CountSpec(
                        "traffic",
                        Set.of(KeyKind.ASN),
                        List.of(Side.SOURCE),
                        List.of(Measure.WEIGHT, Measure.ROUNDED_WEIGHT),
                        Windows.ALL,
                        false,
                        1000);
        try (Bench bench = new Bench(weights)) {
            // A batch without the column, as a source of plain lines fills it.
            FlowBatch batch = batch(new Bench(plain(0, 1000)), 7, 1500, 5000);
            assertThat(batch.has(FlowColumn.WEIGHT)).isFalse();
            bench.attribution.attribute(0, batch);
            bench.harness.endInput();
            bench.read();
            assertThat(bench.sums.total("SOURCE AS")).isEqualTo(batch.rows());
        }
    }

    @Test
    void aFullTableIsEmptiedIntoTheStream() throws Exception {
        try (Bench bench = new Bench(plain(1000, 2))) {
            FlowBatch batch = batch(bench, 11, 1500, 4000);
            assertThat(batch.rows()).isGreaterThan(10);
            bench.attribution.attribute(0, batch);
            assertThat(bench.read()).isPositive();
            bench.harness.endInput();
            assertThat(bench.read()).isZero();
        }
    }

    @Test
    void timesFarOutsideOfAnyCalendarAreCounted() throws Exception {
        try (Bench bench = new Bench(plain(1000, 1000))) {
            long[][] ranges = {
                {Long.MIN_VALUE / 2, Long.MIN_VALUE / 2 + 1},
                {-1, 0},
                {Long.MAX_VALUE / 2, Long.MAX_VALUE / 2 + 1}
            };
            for (long[] range : ranges) {
                bench.attribution.attribute(0, batch(bench, 5, range[0], range[1]));
                bench.harness.processWatermark(0);
            }
            bench.harness.endInput();
            bench.read();
            assertThat(bench.sums.total("SOURCE v")).isPositive();
            assertThat(bench.sums.total("SOURCE AS")).isEqualTo(bench.sums.total("counter flows"));
        }
    }
}
