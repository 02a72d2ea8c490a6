package org.asntally.job.window;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.asntally.job.CountSpec;
import org.asntally.job.tally.KeyGroups;
import org.asntally.job.tally.TallyBatch;
import org.asntally.sinks.ExactSum;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.WindowTally;
import org.asntally.sinks.flink.WindowTallySerializer;
import org.jspecify.annotations.Nullable;

/** One {@code window} with rows made at random. */
final class WindowHarness
        extends KeyedOneInputStreamOperatorTestHarness<Integer, TallyBatch, WindowTally> {

    private final int parallelism;
    private final int subtask;

    WindowHarness(CountSpec spec) throws Exception {
        this(spec, 1, 0, null, null);
    }

    WindowHarness(
            CountSpec spec,
            int parallelism,
            int subtask,
            @Nullable OperatorSubtaskState state,
            @Nullable StateBackend backend)
            throws Exception {
        super(
                new WindowOperator(spec),
                TallyBatch::key,
                Types.INT,
                KeyGroups.COUNT,
                parallelism,
                subtask);
        this.parallelism = parallelism;
        this.subtask = subtask;
        if (backend != null) {
            setStateBackend(backend);
        }
        setup(new WindowTallySerializer());
        if (state != null) {
            initializeState(state);
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

    /** Whether a batch belongs to this subtask. */
    boolean owns(TallyBatch batch) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        batch.key(), KeyGroups.COUNT, parallelism)
                == subtask;
    }

    /** What came out since the last call, without watermarks. */
    List<WindowTally> tallies() {
        List<WindowTally> tallies = extractOutputValues();
        getOutput().removeIf(event -> !(event instanceof Watermark));
        return tallies;
    }

    /** Watermarks that came out since the last call. */
    List<Long> marks() {
        List<Long> marks = new ArrayList<>();
        for (Object event : getOutput()) {
            if (event instanceof Watermark mark) {
                marks.add(mark.getTimestamp());
            }
        }
        getOutput().removeIf(event -> event instanceof Watermark);
        return marks;
    }

    /** Rows of random keys as batches of their groups. */
    static List<TallyBatch> batches(
            SplittableRandom random, long window, int rows, int keys, int measures) {
        List<TallyBatch> batches = new ArrayList<>();
        @Nullable TallyRows[] byGroup = new TallyRows[KeyGroups.COUNT];
        for (int i = 0; i < rows; i++) {
            int key = random.nextInt(keys);
            boolean asn = key % 3 == 0;
            int tag =
                    TallyRows.tag(
                            asn ? KeyKind.ASN : KeyKind.PREFIX, Side.SOURCE, false, asn ? 0 : 24);
            long low = asn ? 0 : (long) key << 8;
            put(random, byGroup, tag, key % 2, low, 64496 + key, measures);
        }
        for (int group = 0; group < KeyGroups.COUNT; group++) {
            TallyRows part = byGroup[group];
            if (part != null) {
                batches.add(new TallyBatch(KeyGroups.key(group), window, part));
            }
        }
        return batches;
    }

    private static void put(
            SplittableRandom random,
            @Nullable TallyRows[] byGroup,
            int tag,
            long rib,
            long low,
            int asn,
            int measures) {
        int group = KeyGroups.group(TallyRows.hash(tag, rib, 0, low, asn));
        TallyRows rows = byGroup[group];
        if (rows == null) {
            rows = new TallyRows(measures, 4);
            byGroup[group] = rows;
        }
        int row = rows.append(tag, rib, 0, low, asn, random.nextInt(1000));
        for (int m = 0; m < measures; m++) {
            rows.add(row, m, random.nextLong() >> random.nextInt(63));
            if (random.nextInt(4) == 0) {
                ExactSum sum = new ExactSum();
                sum.add(random.nextDouble());
                rows.add(row, m, sum);
            }
        }
    }

    /** One batch of many different keys that all fall into one group. */
    static TallyBatch crowded(SplittableRandom random, long window, int group, int rows, int from) {
        TallyRows all = new TallyRows(1, rows);
        int tag = TallyRows.tag(KeyKind.ASN, Side.SOURCE, false, 0);
        for (int asn = from; all.size() < rows; asn++) {
            if (KeyGroups.group(TallyRows.hash(tag, 0, 0, 0, asn)) == group) {
                int row = all.append(tag, 0, 0, 0, asn, random.nextInt(1000));
                all.add(row, 0, 1 + random.nextInt(9));
            }
        }
        return new TallyBatch(KeyGroups.key(group), window, all);
    }
}
