package org.asntally.job.tally;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.asntally.job.CountSpec;
import org.asntally.job.Counted;
import org.asntally.job.FlowRule;
import org.asntally.job.attribute.AttributedBatch;
import org.asntally.job.filter.FilterEvaluator;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.CounterWord;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.WindowTally;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/**
 * Adds up attributed flows by route before they travel, window by window.
 *
 * <p><b>State.</b> None: everything is emptied into the stream before each barrier, so a table must
 * stay small where checkpoints are to be short ({@link CountSpec#maxRows}).
 *
 * <p><b>Time.</b> A window's rows leave when the watermark passes its end; of a window that is over
 * already, at the very next watermark. All rows leave before this says that it is idle. Lateness is
 * judged by {@code window} only.
 *
 * <p><b>Edge.</b> What was read, skipped and so on travels as rows too, so it is exactly as exact
 * as the counts.
 *
 * <p><b>Restore.</b> Nothing to restore.
 */
public final class TallyOperator extends AbstractStreamOperator<TallyBatch>
        implements OneInputStreamOperator<AttributedBatch, TallyBatch>, BoundedOneInput {

    private static final long serialVersionUID = 1;

    private static final int ROOM_OF_FIELDS = 4;

    private final CountSpec spec;
    private final List<String> sources;

    private transient TreeMap<Long, List<WindowTable>> windows;
    private transient @Nullable WindowTable current;
    private transient StreamRecord<TallyBatch> record;
    private transient long[][] counters;
    // By source, milliseconds; Long.MIN_VALUE: none was told.
    private transient long[] newest;
    private transient Counter[][] told;
    private transient int[] slots;
    private transient int[] run;
    private transient long[] longs;
    private transient long[] rates;
    private transient double[] doubles;
    private transient FilterEvaluator[] rules;
    private transient int[][] chosen;
    private transient byte[][] sourceNames;
    private transient byte[][] inputNames;
    private transient KeyWriter[][] writers;
    private transient int[] numbers;
    private transient int rowsHeld;
    // The pane of the flow before.
    private transient long pane;
    private transient long paneEnd;

    /**
     * For one count.
     *
     * @param sources the names of the job's sources, in the order of their numbers
     */
    public TallyOperator(CountSpec spec, List<String> sources) {
        this.spec = spec;
        this.sources = List.copyOf(sources);
    }

    @Override
    public void open() throws Exception {
        super.open();
        windows = new TreeMap<>();
        pane = Long.MAX_VALUE;
        paneEnd = Long.MIN_VALUE;
        record = new StreamRecord<>(null);
        counters = new long[sources.size()][Counted.CODES];
        newest = new long[sources.size()];
        Arrays.fill(newest, Long.MIN_VALUE);
        told = new Counter[sources.size()][Counted.CODES];
        slots = new int[FlowBatchBuilder.CAPACITY];
        run = new int[FlowBatchBuilder.CAPACITY];
        longs = new long[FlowBatchBuilder.CAPACITY];
        rates = new long[FlowBatchBuilder.CAPACITY];
        doubles = new double[FlowBatchBuilder.CAPACITY];
        numbers = new int[FlowBatchBuilder.CAPACITY];
        sourceNames = utf8(sources);
        inputNames = utf8(spec.details().inputs());
        List<FlowRule> asked = spec.details().rules();
        rules = new FilterEvaluator[asked.size()];
        chosen = new int[asked.size()][FlowBatchBuilder.CAPACITY];
        for (int rule = 0; rule < rules.length; rule++) {
            rules[rule] = asked.get(rule).filter().evaluator();
        }
        List<TableKey> keys = spec.details().keys();
        writers = new KeyWriter[spec.sides().size()][keys.size()];
        for (int side = 0; side < writers.length; side++) {
            for (int key = 0; key < keys.size(); key++) {
                writers[side][key] = new KeyWriter(keys.get(key), spec.sides().get(side));
            }
        }
    }

    private static byte[][] utf8(List<String> names) {
        byte[][] utf8 = new byte[names.size()][];
        for (int i = 0; i < utf8.length; i++) {
            utf8[i] = names.get(i).getBytes(StandardCharsets.UTF_8);
        }
        return utf8;
    }

    /** The name of the batch's input: of the file that it is from, where those have names. */
    private byte[] input(AttributedBatch batch) {
        int file = (int) (batch.flows().firstPosition() >>> FlowBatch.OFFSET_BITS);
        return file < inputNames.length ? inputNames[file] : sourceNames[batch.source()];
    }

    @Override
    public void processElement(StreamRecord<AttributedBatch> element) {
        AttributedBatch batch = element.getValue();
        if (!spec.counts(sources.get(batch.source()))) {
            return;
        }
        if (batch.isFirst()) {
            countSkips(batch);
            seeTimes(batch.source(), batch.flows());
        }
        Rib rib = batch.rib();
        if (rib == null) {
            return;
        }
        count(batch, Counted.READ.code(), batch.rows());
        count(batch, Counted.BEFORE_OLDEST_RIB.code(), batch.beforeOldest());
        count(batch, Counted.AHEAD_OF_RIB.code(), batch.aheadOfRib());
        count(batch, Counted.DAMAGED_RIB.code(), batch.damagedRib());
        count(batch, Counted.EXPIRED_RIB.code(), batch.expiredRib());
        count(batch, Counted.FROM_THE_FUTURE.code(), batch.fromTheFuture());
        int[] selection = batch.selection();
        int rows = batch.rows();
        for (int rule = 0; rule < rules.length && rows > 0; rule++) {
            int kept = choose(batch, rib, rule, selection, rows);
            count(batch, spec.details().rules().get(rule).others().code(), rows - kept);
            selection = kept == rows ? selection : chosen[rule];
            rows = kept;
        }
        if (rows == 0) {
            return;
        }
        count(batch, Counted.FLOWS.code(), rows);
        for (KeyWriter[] ofSide : writers) {
            for (KeyWriter writer : ofSide) {
                writer.begin(batch, rib, input(batch));
            }
        }
        if (spec.windows().isAll()) {
            add(batch, rib, WindowTally.WHOLE_START, selection, rows);
        } else if (batch.hasOneTime()) {
            add(batch, rib, paneOf(batch.times()[0]), selection, rows);
        } else {
            addByWindow(batch, rib, selection, rows);
        }
        if (rowsHeld > spec.maxRows()) {
            flushAll();
        }
    }

    private int choose(
            AttributedBatch batch, Rib rib, int rule, int @Nullable [] selection, int rows) {
        Set<Side> sides = spec.details().rules().get(rule).filter().sides();
        return rules[rule].select(
                batch.flows(),
                rib,
                sides.contains(Side.SOURCE) ? batch.routes(Side.SOURCE) : null,
                sides.contains(Side.DESTINATION) ? batch.routes(Side.DESTINATION) : null,
                input(batch),
                selection,
                rows,
                chosen[rule]);
    }

    private void countSkips(AttributedBatch batch) {
        FlowBatch flows = batch.flows();
        for (int entry = 0; entry < flows.skips(); entry++) {
            long count = flows.skipCount(entry);
            int code = Counted.code(flows.skipReason(entry));
            count(batch, code, count);
            CounterWord word = Counted.word(code);
            switch (word) {
                // Never seen, or counted with the flows.
                case LOST, DROPPED, NOTED -> {}
                default -> count(batch, Counted.READ.code(), count);
            }
        }
    }

    /** What a filter leaves out has been looked at too: the answer covers its time. */
    private void seeTimes(int source, FlowBatch flows) {
        if (flows.rows() > 0 && flows.has(FlowColumn.TIME)) {
            newest[source] = Math.max(newest[source], flows.greatest(FlowColumn.TIME));
        }
    }

    private void count(AttributedBatch batch, int code, long count) {
        if (count == 0) {
            return;
        }
        counters[batch.source()][code] += count;
        Counter metric = told[batch.source()][code];
        if (metric == null) {
            MetricGroup group =
                    getMetricGroup()
                            .addGroup("source", sources.get(batch.source()))
                            .addGroup("reason", Counted.reason(code));
            metric = group.counter(Counted.word(code).name().toLowerCase(Locale.ROOT));
            told[batch.source()][code] = metric;
        }
        metric.inc(count);
    }

    /** Where the pane begins that a time is in; most flows are in that of the one before. */
    private long paneOf(long time) {
        if (time < pane || time >= paneEnd) {
            pane = spec.windows().paneOf(time);
            paneEnd = spec.windows().paneEnd(pane);
        }
        return pane;
    }

    /** Runs of rows of one window, which is what most batches are. */
    private void addByWindow(AttributedBatch batch, Rib rib, int @Nullable [] selection, int rows) {
        long[] times = batch.times();
        int done = 0;
        while (done < rows) {
            int length = 0;
            long window = paneOf(times[selection == null ? done : selection[done]]);
            while (done < rows) {
                int row = selection == null ? done : selection[done];
                if (paneOf(times[row]) != window) {
                    break;
                }
                run[length++] = row;
                done++;
            }
            add(batch, rib, window, run, length);
        }
    }

    private void add(
            AttributedBatch batch, Rib rib, long window, int @Nullable [] selection, int rows) {
        WindowTable table = table(window, batch.version(), rib);
        for (int side = 0; side < spec.sides().size(); side++) {
            RouteTally tally = table.sides[side];
            int before = tally.size();
            addTo(tally, batch.flows(), batch.routes(spec.sides().get(side)), selection, rows);
            rowsHeld += tally.size() - before;
            for (int key = 0; key < table.keyed[side].length; key++) {
                addKey(table.keyed[side][key], writers[side][key], batch, selection, rows);
            }
        }
        countUnrouted(batch, selection, rows);
    }

    private void addTo(
            RouteTally tally, FlowBatch flows, int[] routes, int @Nullable [] selection, int rows) {
        if (spec.measures().size() > 1 || spec.measures().get(0) != Measure.HITS) {
            addMeasures(flows, tally, routes, selection, rows);
        } else if (selection == null) {
            tally.hits(routes, rows, flows.firstPosition());
        } else {
            tally.hits(routes, selection, rows, flows.firstPosition());
        }
    }

    /** Rows by other keys carry their fields with them: each takes the room of some others. */
    private void addKey(
            KeyTally tally,
            KeyWriter writer,
            AttributedBatch batch,
            int @Nullable [] selection,
            int rows) {
        int before = tally.sums().size();
        for (int i = 0; i < rows; i++) {
            int row = selection == null ? i : selection[i];
            numbers[row] = tally.number(writer.bytes(), writer.write(row));
        }
        addTo(tally.sums(), batch.flows(), numbers, selection, rows);
        rowsHeld += ROOM_OF_FIELDS * (tally.sums().size() - before);
    }

    /** Of the first side only: a flow is unrouted once. */
    private void countUnrouted(AttributedBatch batch, int @Nullable [] selection, int rows) {
        int[] routes = batch.routes(spec.sides().get(0));
        int unrouted = 0;
        for (int i = 0; i < rows; i++) {
            unrouted += routes[selection == null ? i : selection[i]] >>> 31;
        }
        count(batch, Counted.UNROUTED.code(), unrouted);
    }

    private void addMeasures(
            FlowBatch flows, RouteTally tally, int[] routes, int @Nullable [] selection, int rows) {
        long position = flows.firstPosition();
        for (int i = 0; i < rows; i++) {
            int row = selection == null ? i : selection[i];
            slots[i] = tally.seen(routes[row], position + row);
        }
        for (int m = 0; m < spec.measures().size(); m++) {
            Measure measure = spec.measures().get(m);
            FlowColumn column = CountSpec.column(measure);
            if (column == null || (column == FlowColumn.WEIGHT && !flows.has(column))) {
                // A source that knows no number counts hits beside one that does.
                for (int i = 0; i < rows; i++) {
                    tally.add(slots[i], m, 1L);
                }
            } else if (flows.has(column) && flows.isFractional(column)) {
                flows.doubles(column, doubles);
                boolean rounded = measure == Measure.ROUNDED_WEIGHT;
                for (int i = 0; i < rows; i++) {
                    double number = doubles[selection == null ? i : selection[i]];
                    tally.add(slots[i], m, rounded ? Math.rint(number) : number);
                }
            } else if (flows.has(column)) {
                if (measure == Measure.PACKETS || measure == Measure.BYTES) {
                    flows.scaled(column, longs, rates);
                } else {
                    flows.longs(column, longs);
                }
                for (int i = 0; i < rows; i++) {
                    tally.add(slots[i], m, longs[selection == null ? i : selection[i]]);
                }
            }
        }
    }

    private WindowTable table(long window, long version, Rib rib) {
        WindowTable table = current;
        if (table != null && table.window == window && table.version == version) {
            return table;
        }
        List<WindowTable> tables = windows.computeIfAbsent(window, start -> new ArrayList<>());
        for (WindowTable known : tables) {
            if (known.version == version) {
                current = known;
                return known;
            }
        }
        table = new WindowTable(window, version, rib, spec);
        tables.add(table);
        current = table;
        return table;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() == Long.MAX_VALUE) {
            flushAll();
        } else if (!spec.windows().isAll()) {
            // A pane's end is the end of one of its windows.
            while (!windows.isEmpty()
                    && spec.windows().paneEnd(windows.firstKey()) - 1 <= mark.getTimestamp()) {
                flush(windows.pollFirstEntry().getValue());
            }
            current = null;
        }
        super.processWatermark(mark);
    }

    /** While this is idle, time goes on without it: what it still held would be late. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        if (status.isIdle()) {
            flushAll();
        }
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flushAll();
    }

    @Override
    public void endInput() {
        flushAll();
    }

    private void flushAll() {
        for (List<WindowTable> tables : windows.values()) {
            flush(tables);
        }
        if (!spec.windows().isAll()) {
            windows.clear();
            current = null;
        }
        flushCounters();
    }

    private void flush(List<WindowTable> tables) {
        for (WindowTable table : tables) {
            PartialRows rows = rows(table.window);
            for (int side = 0; side < table.sides.length; side++) {
                rowsHeld -= table.sides[side].size();
                rows.add(table.sides[side], spec.sides().get(side), table.rib, table.version);
                table.sides[side].clear();
                for (int key = 0; key < table.keyed[side].length; key++) {
                    KeyTally keyed = table.keyed[side][key];
                    rowsHeld -= ROOM_OF_FIELDS * keyed.sums().size();
                    rows.add(
                            keyed,
                            spec.details().keys().get(key),
                            spec.sides().get(side),
                            table.rib,
                            table.version);
                    keyed.clear();
                }
            }
            rows.finish();
        }
    }

    private void flushCounters() {
        PartialRows rows = rows(WindowTally.WHOLE_START);
        for (int source = 0; source < counters.length; source++) {
            for (int code = 0; code < Counted.CODES; code++) {
                if (counters[source][code] > 0) {
                    CounterWord word = Counted.word(code);
                    int tag = TallyRows.tag(KeyKind.COUNTER, Side.SOURCE, false, word.ordinal());
                    rows.counter(
                            tag,
                            source,
                            code,
                            counters[source][code],
                            word == CounterWord.READ ? newest[source] : Long.MIN_VALUE,
                            name(source, code));
                    counters[source][code] = 0;
                }
            }
        }
        rows.finish();
    }

    private byte[] name(int source, int code) {
        String name = Counted.reason(code) + "\t" + sources.get(source);
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private PartialRows rows(long pane) {
        return new PartialRows(
                spec.kinds(),
                spec.measures().size(),
                !spec.openWindowsAtCheckpoint(),
                (group, rows) -> send(KeyGroups.key(group), pane, rows));
    }

    private void send(int key, long pane, TallyRows rows) {
        if (pane == WindowTally.WHOLE_START) {
            output.collect(record.replace(new TallyBatch(key, pane, rows)));
            return;
        }
        long sent = Long.MAX_VALUE;
        for (int back = 0; back < spec.windows().perPane(); back++) {
            long window = spec.windows().start(pane, back);
            // Where clocks are put forward two may begin at once: the one that has no length.
            if (window != sent) {
                output.collect(record.replace(new TallyBatch(key, window, rows)));
                sent = window;
            }
        }
    }

    /** The tables of one window and one version, by side. */
    private static final class WindowTable {
        final long window;
        final long version;
        final Rib rib;
        final RouteTally[] sides;
        final KeyTally[][] keyed;

        WindowTable(long window, long version, Rib rib, CountSpec spec) {
            this.window = window;
            this.version = version;
            this.rib = rib;
            this.sides = new RouteTally[spec.sides().size()];
            this.keyed = new KeyTally[sides.length][spec.details().keys().size()];
            int generosity = spec.windows().isAll() ? 8 : 1;
            for (int side = 0; side < sides.length; side++) {
                sides[side] = new RouteTally(rib.routes(), spec.measures().size(), generosity);
                for (int key = 0; key < keyed[side].length; key++) {
                    keyed[side][key] = new KeyTally(spec.measures().size(), generosity);
                }
            }
        }
    }
}
