package org.asntally.job.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.asntally.job.CountSpec;
import org.asntally.job.Sums;
import org.asntally.job.Windows;
import org.asntally.job.tally.TallyBatch;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.WindowTally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WindowOperatorTest {

    private static CountSpec spec(long window, boolean open, Measure... measures) {
        return new CountSpec(
                "traffic",
                Set.of(KeyKind.ASN, KeyKind.PREFIX),
                List.of(Side.SOURCE),
                List.of(measures),
                Windows.tumbling(window),
                open,
                1000);
    }

    private static void process(WindowHarness harness, TallyBatch batch, Sums expected)
            throws Exception {
        expected.add(batch.windowStart(), batch.rows());
        harness.processElement(new StreamRecord<>(batch));
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void mergesPartialRowsAndForgetsTheWindowWhenItIsOver(String kind) throws Exception {
        StateBackend backend =
                kind.equals("heap") ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
        SplittableRandom random = new SplittableRandom(4);
        try (WindowHarness harness =
                new WindowHarness(
                        spec(1000, false, Measure.HITS, Measure.WEIGHT), 1, 0, null, backend)) {
            Sums first = new Sums(2);
            Sums second = new Sums(2);
            for (int round = 0; round < 10; round++) {
                for (TallyBatch batch : WindowHarness.batches(random, 1000, 400, 700, 2)) {
                    process(harness, batch, first);
                }
                for (TallyBatch batch : WindowHarness.batches(random, 2000, 400, 700, 2)) {
                    process(harness, batch, second);
                }
            }
            harness.processWatermark(1998);
            assertThat(harness.tallies()).isEmpty();
            harness.processWatermark(1999);
            List<WindowTally> over = harness.tallies();
            assertThat(over)
                    .allMatch(
                            tally ->
                                    tally.windowStart() == 1000
                                            && tally.windowEnd() == 2000
                                            && tally.snapshot() == 0
                                            && !tally.correction());
            assertThat(new Sums(2).add(over).asText()).isEqualTo(first.asText());
            harness.processWatermark(Long.MAX_VALUE);
            assertThat(new Sums(2).add(harness.tallies()).asText()).isEqualTo(second.asText());
            assertThat(harness.numEventTimeTimers()).isZero();
            if (kind.equals("heap")) {
                assertThat(harness.numKeyedStateEntries()).isZero();
            }
        }
    }

    @Test
    void givesEachKeyOnceHoweverWideItsRowsAreSpread() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        try (WindowHarness harness = new WindowHarness(spec(0, false, Measure.HITS))) {
            Sums expected = new Sums(1);
            for (int rows : new int[] {3, 250, 300, 5000, 1, 2000, 4096}) {
                // The same keys again and again, and ever more of them.
                TallyBatch batch =
                        WindowHarness.crowded(random, WindowTally.WHOLE_START, 5, rows, 1);
                process(harness, batch, expected);
                int more = 1 + random.nextInt(100_000);
                process(
                        harness,
                        WindowHarness.crowded(random, WindowTally.WHOLE_START, 5, 100, more),
                        expected);
            }
            harness.processWatermark(Long.MAX_VALUE);
            List<WindowTally> over = harness.tallies();
            assertThat(new Sums(1).add(over).asText()).isEqualTo(expected.asText());
            assertThat(over.stream().mapToInt(tally -> tally.rows().size()).sum())
                    .isEqualTo(expected.asText().size());
            // Chunks stay near their size.
            assertThat(over).hasSizeGreaterThan(10).allMatch(tally -> tally.rows().size() < 1024);
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void rowsLaterThanTheLatenessGoAsideAndTheirFlowsAreCounted() throws Exception {
        SplittableRandom random = new SplittableRandom(16);
        CountSpec spec = spec(1000, false, Measure.HITS).inTime(500, Long.MAX_VALUE);
        try (WindowHarness harness = new WindowHarness(spec)) {
            TallyBatch late = WindowHarness.crowded(random, 1000, 7, 20, 1);
            harness.processWatermark(2498);
            harness.processElement(new StreamRecord<>(late));
            assertThat(harness.tallies()).hasSize(2).first().matches(WindowTally::correction);
            assertThat(harness.getSideOutput(WindowOperator.TOO_LATE)).isNull();

            harness.processWatermark(2499);
            harness.processElement(new StreamRecord<>(late));

            List<WindowTally> aside =
                    harness.getSideOutput(WindowOperator.TOO_LATE).stream()
                            .map(StreamRecord::getValue)
                            .toList();
            assertThat(new Sums(1).add(aside).asText())
                    .isEqualTo(new Sums(1).add(1000, late.rows()).asText());
            long flows = asnHits(late);
            assertThat(new Sums(1).add(harness.tallies()).asText())
                    .containsExactly(
                            java.util.Map.entry(
                                    "counter too-late", flows + " first " + Long.MAX_VALUE));
        }
    }

    @Test
    void whoHasOneReportOfAllIsToldNothingOfCorrections() throws Exception {
        SplittableRandom random = new SplittableRandom(6);
        try (WindowHarness harness = new WindowHarness(spec(1000, false, Measure.HITS))) {
            harness.processWatermark(1999);
            TallyBatch late = WindowHarness.crowded(random, 1000, 7, 20, 1);
            harness.processElement(new StreamRecord<>(late));

            assertThat(new Sums(1).add(harness.tallies()).asText())
                    .isEqualTo(new Sums(1).add(1000, late.rows()).asText());
        }
    }

    private static long asnHits(TallyBatch batch) {
        long flows = 0;
        for (int row = 0; row < batch.rows().size(); row++) {
            flows += batch.rows().kind(row) == KeyKind.ASN ? batch.rows().sum(row, 0) : 0;
        }
        return flows;
    }

    @Test
    void windowsFarAheadOfTimeLeaveAtEachCheckpointAndAddUp() throws Exception {
        SplittableRandom random = new SplittableRandom(17);
        CountSpec spec = spec(1000, false, Measure.HITS).inTime(0, 10_000);
        try (WindowHarness harness = new WindowHarness(spec)) {
            harness.processWatermark(5_000);
            Sums expected = new Sums(1);
            Sums near = new Sums(1);
            for (int round = 0; round < 3; round++) {
                for (TallyBatch batch : WindowHarness.batches(random, 16_000, 400, 300, 1)) {
                    process(harness, batch, expected);
                }
                for (TallyBatch batch : WindowHarness.batches(random, 15_000, 400, 300, 1)) {
                    process(harness, batch, near);
                }
                harness.prepareSnapshotPreBarrier(round);
                harness.snapshot(round, round);
            }
            List<WindowTally> early = harness.tallies();
            assertThat(early).allMatch(WindowTally::correction);
            assertThat(new Sums(1).add(early).asText()).isEqualTo(expected.asText());

            harness.processWatermark(20_000);
            assertThat(new Sums(1).add(harness.tallies()).asText()).isEqualTo(near.asText());
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void rowsOfAWindowThatIsOverLeaveAsCorrectionsAndTheirFlowsAreCounted() throws Exception {
        SplittableRandom random = new SplittableRandom(6);
        CountSpec spec = spec(1000, false, Measure.HITS).inTime(5_000, Long.MAX_VALUE);
        try (WindowHarness harness = new WindowHarness(spec)) {
            harness.processWatermark(1999);
            TallyBatch late = WindowHarness.crowded(random, 1000, 7, 20, 1);
            harness.processElement(new StreamRecord<>(late));
            List<WindowTally> out = harness.tallies();
            assertThat(out).hasSize(2);
            assertThat(out.get(0).correction()).isTrue();
            assertThat(out.get(0).windowStart()).isEqualTo(1000);
            assertThat(out.get(0).windowEnd()).isEqualTo(2000);
            assertThat(new Sums(1).add(out.subList(0, 1)).asText())
                    .isEqualTo(new Sums(1).add(1000, late.rows()).asText());
            assertThat(out.get(1).windowStart()).isEqualTo(WindowTally.WHOLE_START);
            assertThat(new Sums(1).add(out.subList(1, 2)).asText())
                    .containsExactly(
                            java.util.Map.entry(
                                    "counter late", asnHits(late) + " first " + Long.MAX_VALUE));
            assertThat(harness.numKeyedStateEntries()).isZero();
            // The window after it goes on.
            TallyBatch inTime = WindowHarness.crowded(random, 2000, 7, 20, 1);
            harness.processElement(new StreamRecord<>(inTime));
            assertThat(harness.tallies()).isEmpty();
        }
    }

    @Test
    void watermarksNeverGoBack() throws Exception {
        try (WindowHarness harness = new WindowHarness(spec(1000, false, Measure.HITS))) {
            harness.processWatermark(50);
            harness.processWatermark(40);
            harness.processWatermark(60);
            assertThat(harness.marks()).containsExactly(50L, 60L);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,3", "3,2", "2,1", "2,2"})
    void isExactWhenRestoredAtOtherParallelism(int before, int after) throws Exception {
        SplittableRandom random = new SplittableRandom(10 * before + after);
        CountSpec spec = spec(1000, false, Measure.HITS, Measure.WEIGHT);
        Sums expected = new Sums(2);
        Sums actual = new Sums(2);
        List<OperatorSubtaskState> parts = new ArrayList<>();
        List<TallyBatch> head = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            head.addAll(WindowHarness.batches(random, 1000, 500, 900, 2));
            head.addAll(WindowHarness.batches(random, 2000, 500, 900, 2));
        }
        for (int subtask = 0; subtask < before; subtask++) {
            try (WindowHarness harness = new WindowHarness(spec, before, subtask, null, null)) {
                for (TallyBatch batch : head) {
                    if (harness.owns(batch)) {
                        process(harness, batch, expected);
                    }
                }
                // Subtasks are not at the same time when the barrier comes.
                harness.processWatermark(before == 1 ? 1500 : 1500 + 300L * (subtask ^ 1));
                actual.add(harness.tallies());
                parts.add(harness.snapshot(1, 1));
            }
        }
        OperatorSubtaskState all =
                AbstractStreamOperatorTestHarness.repackageState(
                        parts.toArray(new OperatorSubtaskState[0]));
        List<TallyBatch> tail = WindowHarness.batches(random, 2000, 500, 900, 2);
        for (int subtask = 0; subtask < after; subtask++) {
            OperatorSubtaskState part =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            all, 128, before, after, subtask);
            try (WindowHarness harness = new WindowHarness(spec, after, subtask, part, null)) {
                harness.processWatermark(1000);
                assertThat(harness.marks()).as("below the least of before").isEmpty();
                harness.processWatermark(1500);
                assertThat(harness.marks()).containsExactly(1500L);
                for (TallyBatch batch : tail) {
                    if (harness.owns(batch)) {
                        process(harness, batch, expected);
                    }
                }
                harness.processWatermark(Long.MAX_VALUE);
                List<WindowTally> tallies = harness.tallies();
                assertThat(tallies).noneMatch(WindowTally::correction);
                actual.add(tallies);
                assertThat(harness.numKeyedStateEntries()).isZero();
                assertThat(harness.numEventTimeTimers()).isZero();
            }
        }
        assertThat(actual.asText()).isEqualTo(expected.asText());
    }

    @Test
    void aRestoredOneStillKnowsWhichWindowsAreOver() throws Exception {
        SplittableRandom random = new SplittableRandom(8);
        CountSpec spec = spec(1000, false, Measure.HITS);
        OperatorSubtaskState state;
        try (WindowHarness harness = new WindowHarness(spec)) {
            harness.processWatermark(1999);
            state = harness.snapshot(1, 1);
        }
        try (WindowHarness harness = new WindowHarness(spec, 1, 0, state, null)) {
            harness.processElement(
                    new StreamRecord<>(WindowHarness.crowded(random, 1000, 3, 5, 1)));
            assertThat(harness.tallies().get(0).correction()).isTrue();
            harness.processElement(
                    new StreamRecord<>(WindowHarness.crowded(random, 2000, 3, 5, 1)));
            assertThat(harness.tallies()).isEmpty();
        }
    }

    @Test
    void openWindowsAreShownBeforeABarrierWithItsNumberAndGoOn() throws Exception {
        SplittableRandom random = new SplittableRandom(9);
        try (WindowHarness harness = new WindowHarness(spec(1000, true, Measure.HITS))) {
            Sums expected = new Sums(1);
            for (int round = 1; round <= 3; round++) {
                for (TallyBatch batch : WindowHarness.batches(random, 1000L * round, 300, 500, 1)) {
                    process(harness, batch, expected);
                }
                harness.prepareSnapshotPreBarrier(round);
                harness.snapshot(round, 1);
                int look = round;
                List<WindowTally> shown = harness.tallies();
                assertThat(shown)
                        .allMatch(tally -> tally.snapshot() == look && !tally.correction());
                assertThat(new Sums(1).add(shown).asText()).isEqualTo(expected.asText());
            }
            harness.processWatermark(Long.MAX_VALUE);
            List<WindowTally> over = harness.tallies();
            assertThat(over).allMatch(tally -> tally.snapshot() == 0);
            assertThat(new Sums(1).add(over).asText()).isEqualTo(expected.asText());
            harness.prepareSnapshotPreBarrier(4);
            assertThat(harness.tallies()).isEmpty();
        }
    }

    @Test
    void openWindowsAreNotShownWhereTheCountDoesNotWantIt() throws Exception {
        SplittableRandom random = new SplittableRandom(9);
        try (WindowHarness harness = new WindowHarness(spec(1000, false, Measure.HITS))) {
            process(harness, WindowHarness.crowded(random, 1000, 3, 5, 1), new Sums(1));
            harness.prepareSnapshotPreBarrier(1);
            assertThat(harness.tallies()).isEmpty();
        }
    }

    /**
     * A checkpoint is written while rows go on changing: it must hold what was before the barrier.
     */
    @Test
    void aCheckpointThatIsStillBeingWrittenDoesNotSeeLaterRows() throws Exception {
        SplittableRandom random = new SplittableRandom(12);
        CountSpec spec = spec(0, false, Measure.HITS);
        OperatorSubtaskState state;
        Sums before = new Sums(1);
        try (WindowHarness harness =
                new WindowHarness(spec, 1, 0, null, new HashMapStateBackend())) {
            process(
                    harness,
                    WindowHarness.crowded(random, WindowTally.WHOLE_START, 3, 700, 1),
                    before);
            OperatorSnapshotFutures pending =
                    harness.getOperator()
                            .snapshotState(
                                    1,
                                    1,
                                    CheckpointOptions.forCheckpointWithDefaultLocation(),
                                    new MemCheckpointStreamFactory(1 << 24));
            Sums ignored = new Sums(1);
            process(
                    harness,
                    WindowHarness.crowded(random, WindowTally.WHOLE_START, 3, 700, 1),
                    ignored);
            process(
                    harness,
                    WindowHarness.crowded(random, WindowTally.WHOLE_START, 3, 3000, 1),
                    ignored);
            state = OperatorSnapshotFinalizer.create(pending).getJobManagerOwnedState();
        }
        try (WindowHarness harness = new WindowHarness(spec, 1, 0, state, null)) {
            harness.processWatermark(Long.MAX_VALUE);
            assertThat(new Sums(1).add(harness.tallies()).asText()).isEqualTo(before.asText());
        }
    }
}
