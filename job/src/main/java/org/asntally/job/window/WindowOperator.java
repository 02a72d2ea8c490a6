package org.asntally.job.window;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.internal.InternalValueState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.asntally.job.CountSpec;
import org.asntally.job.Counted;
import org.asntally.job.attribute.Outside;
import org.asntally.job.tally.KeyGroups;
import org.asntally.job.tally.TallyBatch;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.TopCut;
import org.asntally.sinks.WindowTally;
import org.asntally.sinks.flink.WindowTallySerializer;
import org.asntally.sources.flink.OwnTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Merges partial rows and hands out each window when it is over.
 *
 * <p><b>State.</b> Keyed by key group. Chunks of some hundred rows, each under a window and a
 * bucket: a checkpoint copies only the chunks that are changed while it runs. Beside them, per
 * window: into how many buckets its rows are spread, and how many rows there are. One timer per
 * group and window. All of it is gone when the window is over.
 *
 * <p><b>Time.</b> The only place where lateness is judged. Rows of a window that has been handed
 * out leave at once, as corrections that add to it; beyond the count's lateness they leave by
 * {@link #TOO_LATE} and are counted. Windows far ahead of time are emptied at each checkpoint, as
 * corrections. Watermarks below the one before a restore are ignored, since sources start again
 * with none.
 *
 * <p><b>Edge.</b> Before a barrier, where the count wants it, open windows are handed out as they
 * are: with all rows from before the barrier and none from after it.
 *
 * <p><b>Restore.</b> At any parallelism. The time is in union list state, since key groups move:
 * the lowest counts.
 */
public final class WindowOperator extends AbstractStreamOperator<WindowTally>
        implements OneInputStreamOperator<TallyBatch, WindowTally>, Triggerable<Integer, Long> {

    private static final long serialVersionUID = 1;

    /** Rows of a chunk, on average, before a window's rows are spread wider. */
    private static final int SPREAD_AT = 256;

    /** The same where a chunk is read, unpacked and written for each batch that touches it. */
    private static final int SPREAD_AT_ON_DISK = 8;

    /** Rows that come later than {@link CountSpec#latenessMillis} after their window's end. */
    public static final OutputTag<WindowTally> TOO_LATE =
            new OutputTag<>(
                    "too-late", new OwnTypeInfo<>(WindowTally.class, new WindowTallySerializer()));

    private final CountSpec spec;
    private final boolean handsOutAll;

    private transient InternalValueState<Integer, WindowBucket, RowChunk> chunks;
    private transient InternalValueState<Integer, Long, Integer> buckets;
    private transient InternalValueState<Integer, Long, Integer> sizes;
    private transient InternalValueState<Integer, Long, Integer> fields;
    private transient InternalTimerService<Long> timers;
    private transient ListState<Long> timeState;
    private transient StreamRecord<WindowTally> record;
    private transient Outside outside;
    private transient long time;
    private transient int mostFields;
    private transient int spreadAt;
    // Keys of fields that the window may still take, and partial rows that found no room.
    private transient int fieldsLeft;
    private transient int beyond;
    private transient int[] order;
    private transient int[] starts;

    /** For one count. */
    public WindowOperator(CountSpec spec) {
        this(spec, false);
    }

    /**
     * For one count.
     *
     * @param handsOutAll whether all rows of a window that is over leave, also where only the
     *     highest are results: another than {@code top} wants them
     */
    public WindowOperator(CountSpec spec, boolean handsOutAll) {
        this.spec = spec;
        this.handsOutAll = handsOutAll;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        time = Long.MIN_VALUE;
        timeState =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>("time", LongSerializer.INSTANCE));
        if (context.isRestored()) {
            long least = Long.MAX_VALUE;
            for (long known : timeState.get()) {
                least = Math.min(least, known);
            }
            time = least == Long.MAX_VALUE ? Long.MIN_VALUE : least;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        chunks =
                state(
                        new WindowBucket.Serializer(),
                        new ValueStateDescriptor<>("rows", new RowChunkSerializer()));
        buckets =
                state(
                        LongSerializer.INSTANCE,
                        new ValueStateDescriptor<>("buckets", IntSerializer.INSTANCE));
        sizes =
                state(
                        LongSerializer.INSTANCE,
                        new ValueStateDescriptor<>("sizes", IntSerializer.INSTANCE));
        fields =
                state(
                        LongSerializer.INSTANCE,
                        new ValueStateDescriptor<>("fields", IntSerializer.INSTANCE));
        boolean isOnHeap =
                getKeyedStateBackend()
                        .getBackendTypeIdentifier()
                        .equals(StateBackendLoader.HASHMAP_STATE_BACKEND_NAME);
        spreadAt = isOnHeap ? SPREAD_AT : SPREAD_AT_ON_DISK;
        fieldsLeft = Integer.MAX_VALUE;
        mostFields = Math.max(1, spec.details().maxKeys() / KeyGroups.COUNT);
        timers = getInternalTimerService("windows", LongSerializer.INSTANCE, this);
        outside =
                new Outside(getRuntimeContext(), getMetricGroup(), Counted.LATE, Counted.TOO_LATE);
        record = new StreamRecord<>(null);
        order = new int[64];
        starts = new int[1];
    }

    /** Keyed state under namespaces of ours, which only the internal face of a state allows. */
    @SuppressWarnings("unchecked") // every state backend gives a value state of this kind
    private <N, T> InternalValueState<Integer, N, T> state(
            TypeSerializer<N> namespaces, ValueStateDescriptor<T> descriptor) throws Exception {
        ValueState<T> state = getOrCreateKeyedState(namespaces, descriptor);
        return (InternalValueState<Integer, N, T>) state;
    }

    /** Rows of a window that is over: they add to it, or come too late even for that. */
    private void late(long window, TallyRows rows) {
        if (isWithinLateness(window)) {
            send(window, 0, true, rows);
            if (spec.tellsLate()) {
                long flows = flows(rows);
                count(Counted.LATE, flows);
                outside.add(Counted.LATE, flows);
            }
            return;
        }
        output.collect(
                TOO_LATE, new StreamRecord<>(new WindowTally(window, end(window), 0, true, rows)));
        long flows = flows(rows);
        count(Counted.TOO_LATE, flows);
        outside.add(Counted.TOO_LATE, flows);
    }

    private boolean isWithinLateness(long window) {
        long end = end(window);
        return spec.latenessMillis() >= Long.MAX_VALUE - Math.max(end, 0)
                || end - 1 + spec.latenessMillis() > time;
    }

    /** Flows behind these rows, in hits: each is once in the rows of a kind and a side. */
    private long flows(TallyRows rows) {
        KeyKind kind = Collections.min(spec.kinds());
        long sum = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (rows.kind(row) == kind && rows.side(row) == spec.sides().get(0)) {
                sum += rows.sum(row, 0);
            }
        }
        return sum;
    }

    private void count(Counted counted, long number) {
        TallyRows counter = new TallyRows(spec.measures().size(), 1);
        int tag =
                TallyRows.tag(
                        KeyKind.COUNTER,
                        Side.SOURCE,
                        false,
                        Counted.word(counted.code()).ordinal());
        int row = counter.append(tag, 0, 0, 0, counted.code(), Long.MAX_VALUE);
        counter.name(row, Counted.reason(counted.code()).getBytes(StandardCharsets.UTF_8));
        counter.add(row, 0, number);
        send(WindowTally.WHOLE_START, 0, false, counter);
    }

    private long end(long windowStart) {
        return windowStart == WindowTally.WHOLE_START
                ? WindowTally.WHOLE_END
                : spec.windows().end(windowStart);
    }

    @Override
    public void processElement(StreamRecord<TallyBatch> element) throws Exception {
        TallyBatch batch = element.getValue();
        long window = batch.windowStart();
        if (end(window) - 1 <= time) {
            late(window, batch.rows());
            return;
        }
        buckets.setCurrentNamespace(window);
        sizes.setCurrentNamespace(window);
        Integer known = buckets.value();
        int spread = known == null ? 1 : known;
        if (known == null) {
            timers.registerEventTimeTimer(window, end(window) - 1);
        }
        Integer before = sizes.value();
        int size = before == null ? 0 : before;
        if (size == 0) {
            // All rows are new: spread at once as wide as they need.
            while (batch.rows().size() > spread * spreadAt) {
                spread *= 2;
            }
            buckets.update(spread);
        }
        size += mergeCounted(window, batch.rows(), spread);
        while (size > spread * spreadAt) {
            int wider = spread * 2;
            while (size > wider * spreadAt) {
                wider *= 2;
            }
            widen(window, spread, wider);
            spread = wider;
            buckets.update(spread);
        }
        sizes.update(size);
    }

    /** Merges; keys of fields beyond the most that are kept go under {@code other}. */
    private int mergeCounted(long window, TallyRows rows, int spread) throws Exception {
        if (spec.details().keys().isEmpty()) {
            return merge(window, rows, spread);
        }
        fields.setCurrentNamespace(window);
        Integer known = fields.value();
        int before = mostFields - (known == null ? 0 : known);
        fieldsLeft = Math.max(0, before);
        beyond = 0;
        int fresh = merge(window, rows, spread);
        if (fieldsLeft < before) {
            fields.update(mostFields - fieldsLeft);
        }
        fieldsLeft = Integer.MAX_VALUE;
        if (beyond > 0) {
            count(Counted.OTHER_KEYS, beyond);
        }
        return fresh;
    }

    private static boolean isOfFields(TallyRows rows, int row) {
        return rows.kind(row) == KeyKind.FIELDS && rows.length(row) != TallyRows.OTHER;
    }

    /**
     * Adds the rows bucket by bucket, so that each chunk is fetched once. Gives how many keys are
     * new.
     */
    private int merge(long window, TallyRows rows, int spread) throws Exception {
        if (spread == 1) {
            return mergeInto(window, 0, rows, null, 0, rows.size());
        }
        if (order.length < rows.size()) {
            order = new int[2 * rows.size()];
        }
        if (starts.length < spread + 1) {
            starts = new int[spread + 1];
        }
        Arrays.fill(starts, 0);
        for (int row = 0; row < rows.size(); row++) {
            starts[bucket(rows.hash(row), spread) + 1]++;
        }
        for (int bucket = 0; bucket < spread; bucket++) {
            starts[bucket + 1] += starts[bucket];
        }
        for (int row = rows.size() - 1; row >= 0; row--) {
            // Filling from the end of each bucket leaves starts[b + 1] at the start of bucket b.
            order[--starts[bucket(rows.hash(row), spread) + 1]] = row;
        }
        int fresh = 0;
        for (int bucket = 0; bucket < spread; bucket++) {
            int from = starts[bucket + 1];
            int to = bucket + 2 <= spread ? starts[bucket + 2] : rows.size();
            if (from < to) {
                fresh += mergeInto(window, bucket, rows, order, from, to);
            }
        }
        return fresh;
    }

    private int mergeInto(
            long window, int bucket, TallyRows rows, int @Nullable [] byBucket, int from, int to)
            throws Exception {
        chunks.setCurrentNamespace(new WindowBucket(window, bucket));
        RowChunk chunk = chunks.value();
        if (chunk == null) {
            chunk = new RowChunk(new TallyRows(spec.measures().size(), to - from));
            chunk.expect(to - from);
        }
        int fresh = 0;
        for (int i = from; i < to; i++) {
            int row = byBucket == null ? i : byBucket[i];
            int hash = rows.hash(row);
            if (fieldsLeft == Integer.MAX_VALUE || !isOfFields(rows, row)) {
                fresh += chunk.merge(rows, row, hash);
            } else if (fieldsLeft > 0 || chunk.has(rows, row, hash)) {
                int one = chunk.merge(rows, row, hash);
                fieldsLeft -= one;
                fresh += one;
            } else {
                TallyRows other = rows.other(row);
                fresh += chunk.merge(other, 0, other.hash(0));
                beyond++;
            }
        }
        chunks.update(chunk);
        return fresh;
    }

    /** The bits above those that choose the key group, which all rows here share. */
    private static int bucket(int hash, int spread) {
        return (hash >>> 16) & (spread - 1);
    }

    private void widen(long window, int spread, int wider) throws Exception {
        for (int bucket = 0; bucket < spread; bucket++) {
            chunks.setCurrentNamespace(new WindowBucket(window, bucket));
            RowChunk chunk = chunks.value();
            if (chunk != null) {
                chunks.clear();
                merge(window, chunk.rows(), wider);
            }
        }
    }

    @Override
    public void onEventTime(InternalTimer<Integer, Long> timer) throws Exception {
        long window = timer.getNamespace();
        handOut(window, 0, true, false);
    }

    @Override
    public void onProcessingTime(InternalTimer<Integer, Long> timer) {
        throw new IllegalStateException("no timer of the clock was set");
    }

    /**
     * What need not leave; of a window that is over, what is not among the first of its key group
     * is not among the first of all.
     */
    private @Nullable TopCut cut(boolean whole) {
        if (whole && spec.writesTop() && !handsOutAll) {
            return spec.writtenCut();
        }
        return spec.top() == Integer.MAX_VALUE
                ? null
                : new TopCut(spec.top(), spec.measures().size());
    }

    private void handOut(long window, long snapshot, boolean over, boolean correction)
            throws Exception {
        TopCut cut = cut(over && !correction);
        buckets.setCurrentNamespace(window);
        Integer spread = buckets.value();
        for (int bucket = 0; spread != null && bucket < spread; bucket++) {
            chunks.setCurrentNamespace(new WindowBucket(window, bucket));
            RowChunk chunk = chunks.value();
            if (chunk == null) {
                continue;
            }
            if (cut == null) {
                send(window, snapshot, correction, chunk.rows());
            } else {
                cut.add(chunk.rows());
            }
            if (over) {
                chunks.clear();
            }
        }
        if (cut != null) {
            send(window, snapshot, correction, cut.rows());
        }
        if (over) {
            buckets.setCurrentNamespace(window);
            buckets.clear();
            sizes.setCurrentNamespace(window);
            sizes.clear();
            if (!spec.details().keys().isEmpty()) {
                fields.setCurrentNamespace(window);
                fields.clear();
            }
        }
    }

    /**
     * Windows of flows whose clocks run ahead would stay until time comes to them, if ever: what
     * they hold leaves now, to be added to.
     */
    private void handOutTooEarly() throws Exception {
        if (time == Long.MIN_VALUE || spec.maxAheadMillis() >= Long.MAX_VALUE - Math.max(time, 0)) {
            return;
        }
        long soon = time + spec.maxAheadMillis();
        Object before = getCurrentKey();
        List<Integer> keys = new ArrayList<>();
        List<Long> early = new ArrayList<>();
        timers.forEachEventTimeTimer(
                (window, end) -> {
                    if (window > soon) {
                        keys.add((Integer) getCurrentKey());
                        early.add(window);
                    }
                });
        for (int i = 0; i < early.size(); i++) {
            long window = early.get(i);
            setCurrentKey(keys.get(i));
            handOut(window, 0, true, true);
            timers.deleteEventTimeTimer(window, end(window) - 1);
        }
        if (before != null) {
            setCurrentKey(before);
        }
    }

    private void send(long window, long snapshot, boolean correction, TallyRows rows) {
        output.collect(
                record.replace(new WindowTally(window, end(window), snapshot, correction, rows)));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        handOutTooEarly();
        if (spec.openWindowsAtCheckpoint()) {
            timers.forEachEventTimeTimer(
                    (window, end) -> {
                        handOut(window, checkpointId, false, false);
                    });
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() >= time) {
            time = mark.getTimestamp();
            super.processWatermark(mark);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        timeState.clear();
        timeState.add(time);
    }
}
