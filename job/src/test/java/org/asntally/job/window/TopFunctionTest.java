package org.asntally.job.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.asntally.job.CountSpec;
import org.asntally.job.Windows;
import org.asntally.job.tally.KeyGroups;
import org.asntally.job.tally.TallyBatch;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.TopCut;
import org.asntally.sinks.WindowTally;
import org.asntally.sinks.flink.WindowTallySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows that pass are those which a sorted list of all rows begins with. */
class TopFunctionTest {

    private static final long LATENESS = 500;

    private static CountSpec spec(int most, int by) {
        return new CountSpec(
                        "count",
                        Set.of(KeyKind.ASN, KeyKind.PREFIX),
                        List.of(Side.SOURCE),
                        List.of(Measure.HITS, Measure.BYTES),
                        Windows.tumbling(1_000),
                        false,
                        1_000)
                .inTime(LATENESS, Long.MAX_VALUE)
                .with(
                        new CountSpec.Details(
                                List.of(), CountSpec.MAX_KEYS, List.of(), List.of(), most, by));
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<Long, WindowTally, WindowTally> {

        Harness(CountSpec spec, OperatorSubtaskState... state) throws Exception {
            super(
                    new KeyedProcessOperator<>(new TopFunction(spec)),
                    WindowTally::windowStart,
                    Types.LONG);
            setup(new WindowTallySerializer());
            for (OperatorSubtaskState each : state) {
                initializeState(each);
            }
            open();
        }

        /** Throws nothing that is checked, so that tests may use it as a resource. */
        @Override
        public void close() {
            try {
                super.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        /** What came out since the last call. */
        List<WindowTally> passed() {
            List<WindowTally> passed = new ArrayList<>(extractOutputValues());
            getOutput().clear();
            return passed;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 1_000_000})
    void theFirstOfAllKeyGroupsPassInTheirOrder(int most) throws Exception {
        for (int seed = 0; seed < 8; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            CountSpec spec = spec(most, seed % 2);
            List<TallyBatch> batches = batches(random);
            List<WindowTally> handed;
            try (WindowHarness window = new WindowHarness(spec)) {
                for (TallyBatch batch : batches) {
                    window.processElement(new StreamRecord<>(batch));
                }
                window.processWatermark(999);
                handed = window.tallies();
            }
            Harness top = new Harness(spec);
            for (int i = 0; i < handed.size(); i++) {
                if (i == handed.size() / 2) {
                    OperatorSubtaskState state = top.snapshot(1, 1);
                    top.close();
                    top = new Harness(spec, state);
                }
                top.processElement(new StreamRecord<>(handed.get(i)));
            }
            assertThat(top.passed()).isEmpty();
            top.processWatermark(999);
            List<WindowTally> passed = top.passed();

            assertThat(passed).hasSize(1);
            assertThat(values(passed.get(0).rows(), seed % 2))
                    .as("seed %d", seed)
                    .isEqualTo(expected(batches, most, seed % 2));
            top.processWatermark(999 + LATENESS + 1);
            assertThat(top.numKeyedStateEntries()).isZero();
            assertThat(top.numEventTimeTimers()).isZero();
            top.close();
        }
    }

    @Test
    void aCorrectionPassesWhenItsRowDidOrThereIsRoom() throws Exception {
        try (Harness top = new Harness(spec(2, 0))) {
            top.processElement(new StreamRecord<>(tally(false, 10, 5, 11, 4, 12, 3)));
            top.processWatermark(999);
            assertThat(hits(top.passed())).isEqualTo(Map.of(10, 5L, 11, 4L));

            top.processElement(new StreamRecord<>(tally(true, 10, 1, 12, 9)));
            List<WindowTally> corrected = top.passed();
            assertThat(hits(corrected)).isEqualTo(Map.of(10, 1L));
            assertThat(corrected.get(0).correction()).isTrue();
        }
        try (Harness top = new Harness(spec(2, 0))) {
            top.processElement(new StreamRecord<>(tally(false, 10, 5)));
            top.processWatermark(999);
            top.passed();
            top.processElement(new StreamRecord<>(tally(true, 11, 1, 12, 1)));
            assertThat(hits(top.passed())).isEqualTo(Map.of(11, 1L));
        }
    }

    @Test
    void aWindowWhoseRowsAreAllLateHasNoMoreThanThatEither() throws Exception {
        try (Harness top = new Harness(spec(1, 0))) {
            top.processWatermark(1_000);
            top.processElement(new StreamRecord<>(tally(true, 10, 5)));
            top.processElement(new StreamRecord<>(tally(true, 11, 6, 10, 1)));

            assertThat(hits(top.passed())).isEqualTo(Map.of(10, 6L));
            top.processWatermark(999 + LATENESS + 1);
            assertThat(top.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void countersAndWhatClocksAheadGavePassAsTheyAre() throws Exception {
        try (Harness top = new Harness(spec(1, 0).inTime(LATENESS, 100))) {
            TallyRows counter = new TallyRows(2, 1);
            counter.append(TallyRows.tag(KeyKind.COUNTER, Side.SOURCE, false, 1), 0, 0, 0, 7, 0);
            top.processElement(
                    new StreamRecord<>(
                            new WindowTally(
                                    WindowTally.WHOLE_START,
                                    WindowTally.WHOLE_END,
                                    0,
                                    false,
                                    counter)));
            TallyRows rows = tally(true, 10, 5, 11, 6).rows();
            top.setProcessingTime(899_000);
            top.processElement(
                    new StreamRecord<>(new WindowTally(900_000, 901_000, 0, true, rows)));

            assertThat(top.passed()).hasSize(2);
            assertThat(top.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void whatCameEarlyWaitsForTheRestOfItsWindow() throws Exception {
        try (Harness top = new Harness(spec(1, 0).inTime(LATENESS, 100))) {
            top.processElement(new StreamRecord<>(tally(true, 10, 5, 11, 6)));
            top.processElement(new StreamRecord<>(tally(false, 10, 4, 12, 8)));
            assertThat(top.passed()).isEmpty();
            top.processWatermark(999);

            List<WindowTally> passed = top.passed();
            assertThat(passed).hasSize(1);
            assertThat(passed.get(0).correction()).isFalse();
            assertThat(passed.get(0).rows().size()).isEqualTo(1);
            assertThat(passed.get(0).rows().sum(0, 0)).isEqualTo(9);
        }
    }

    /** Rows of some hundred keys, several of each, by key group. */
    private static List<TallyBatch> batches(SplittableRandom random) {
        Map<Integer, TallyRows> groups = new TreeMap<>();
        for (int i = 0; i < 3_000; i++) {
            int key = random.nextInt(400);
            boolean asn = key % 3 == 0;
            int tag =
                    TallyRows.tag(
                            asn ? KeyKind.ASN : KeyKind.PREFIX, Side.SOURCE, false, asn ? 0 : 24);
            long low = asn ? 0 : (long) key << 8;
            int hash = TallyRows.hash(tag, key % 2, 0, low, 64_496 + key);
            TallyRows rows =
                    groups.computeIfAbsent(KeyGroups.group(hash), group -> new TallyRows(2, 8));
            int row = rows.append(tag, key % 2, 0, low, 64_496 + key, random.nextInt(1_000));
            rows.add(row, 0, 1 + random.nextInt(5));
            rows.add(row, 1, random.nextInt(1_000));
        }
        List<TallyBatch> batches = new ArrayList<>();
        groups.forEach((group, rows) -> batches.add(new TallyBatch(KeyGroups.key(group), 0, rows)));
        return batches;
    }

    /** Pairs of AS number and hits. */
    private static WindowTally tally(boolean correction, int... rows) {
        TallyRows tally = new TallyRows(2, rows.length);
        for (int i = 0; i < rows.length; i += 2) {
            int tag = TallyRows.tag(KeyKind.ASN, Side.SOURCE, false, 0);
            tally.add(tally.append(tag, 1, 0, 0, rows[i], i), 0, rows[i + 1]);
        }
        return new WindowTally(0, 1_000, 0, correction, tally);
    }

    private static Map<Integer, Long> hits(List<WindowTally> tallies) {
        Map<Integer, Long> hits = new HashMap<>();
        for (WindowTally tally : tallies) {
            for (int row = 0; row < tally.rows().size(); row++) {
                hits.merge(tally.rows().asn(row), tally.rows().sum(row, 0), Long::sum);
            }
        }
        return hits;
    }

    /** By table, in their order. */
    private static Map<Long, List<Long>> values(TallyRows rows, int by) {
        Map<Long, List<Long>> values = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            values.computeIfAbsent(TopCut.table(rows, row), table -> new ArrayList<>())
                    .add(rows.sum(row, by));
        }
        return values;
    }

    private static Map<Long, List<Long>> expected(List<TallyBatch> batches, int most, int by) {
        Map<Long, Map<List<Long>, Long>> sums = new HashMap<>();
        for (TallyBatch batch : batches) {
            TallyRows rows = batch.rows();
            for (int row = 0; row < rows.size(); row++) {
                List<Long> key =
                        List.of(
                                rows.rib(row),
                                rows.high(row),
                                rows.low(row),
                                (long) rows.asn(row),
                                (long) rows.length(row));
                sums.computeIfAbsent(TopCut.table(rows, row), table -> new HashMap<>())
                        .merge(key, rows.sum(row, by), Long::sum);
            }
        }
        Map<Long, List<Long>> expected = new HashMap<>();
        sums.forEach(
                (table, values) ->
                        expected.put(
                                table,
                                values.values().stream()
                                        .sorted(Comparator.reverseOrder())
                                        .limit(most)
                                        .toList()));
        assertThat(new HashSet<>(expected.keySet())).hasSize(2);
        return expected;
    }
}
