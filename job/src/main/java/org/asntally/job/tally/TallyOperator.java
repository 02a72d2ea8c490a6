package org.asntally.job.tally;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.asntally.job.attribute.AttributedBatch;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.CounterWord;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
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

    private final CountSpec spec;
    private final List<String> sources;

    private transient TreeMap<Long, List<WindowTable>> windows;
    private transient @Nullable WindowTable current;
    private transient StreamRecord<TallyBatch> record;
    private transient long[][] counters;
    private transient Counter[][] told;
    private transient int[] slots;
    private transient int[] run;
    private transient long[] longs;
    private transient double[] doubles;
    private transient int rowsHeld;

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
        record = new StreamRecord<>(null);
        counters = new long[sources.size()][Counted.CODES];
        told = new Counter[sources.size()][Counted.CODES];
        slots = new int[FlowBatchBuilder.CAPACITY];
        run = new int[FlowBatchBuilder.CAPACITY];
        longs = new long[FlowBatchBuilder.CAPACITY];
        doubles = new double[FlowBatchBuilder.CAPACITY];
    }

    @Override
    public void processElement(StreamRecord<AttributedBatch> element) {
        AttributedBatch batch = element.getValue();
        if (!spec.counts(sources.get(batch.source()))) {
            return;
        }
        if (batch.isFirst()) {
            countSkips(batch);
        }
        Rib rib = batch.rib();
        if (rib == null) {
            return;
        }
        count(batch, Counted.FLOWS.code(), batch.rows());
        count(batch, Counted.READ.code(), batch.rows());
        count(batch, Counted.BEFORE_OLDEST_RIB.code(), batch.beforeOldest());
        count(batch, Counted.AHEAD_OF_RIB.code(), batch.aheadOfRib());
        count(batch, Counted.DAMAGED_RIB.code(), batch.damagedRib());
        if (spec.windowMillis() == 0) {
            add(batch, rib, WindowTally.WHOLE_START, batch.selection(), batch.rows());
        } else if (batch.hasOneTime()) {
            add(batch, rib, windowOf(batch.times()[0]), batch.selection(), batch.rows());
        } else {
            addByWindow(batch, rib);
        }
        if (rowsHeld > spec.maxRows()) {
            flushAll();
        }
    }

    private void countSkips(AttributedBatch batch) {
        FlowBatch flows = batch.flows();
        for (int entry = 0; entry < flows.skips(); entry++) {
            long count = flows.skipCount(entry);
            int code = Counted.code(flows.skipReason(entry));
            count(batch, code, count);
            if (Counted.word(code) != CounterWord.LOST) {
                count(batch, Counted.READ.code(), count);
            }
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

    private long windowOf(long time) {
        return time - Math.floorMod(time, spec.windowMillis());
    }

    /** Runs of rows of one window, which is what most batches are. */
    private void addByWindow(AttributedBatch batch, Rib rib) {
        long[] times = batch.times();
        int[] selection = batch.selection();
        int done = 0;
        while (done < batch.rows()) {
            int length = 0;
            long window = windowOf(times[selection == null ? done : selection[done]]);
            while (done < batch.rows()) {
                int row = selection == null ? done : selection[done];
                if (windowOf(times[row]) != window) {
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
        long position = batch.flows().firstPosition();
        for (int side = 0; side < spec.sides().size(); side++) {
            RouteTally tally = table.sides[side];
            int before = tally.size();
            int[] routes = batch.routes(spec.sides().get(side));
            if (selection == null
                    && spec.measures().size() == 1
                    && spec.measures().get(0) == Measure.HITS) {
                tally.hits(routes, rows, position);
            } else {
                addMeasures(batch.flows(), tally, routes, selection, rows);
            }
            rowsHeld += tally.size() - before;
        }
        countUnrouted(batch, selection, rows);
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
                flows.longs(column, longs);
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
        } else if (spec.windowMillis() > 0) {
            while (!windows.isEmpty()
                    && windows.firstKey() + spec.windowMillis() - 1 <= mark.getTimestamp()) {
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
        if (spec.windowMillis() > 0) {
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
                    rows.counter(tag, source, code, counters[source][code], name(source, code));
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

    private PartialRows rows(long window) {
        return new PartialRows(
                spec.kinds(),
                spec.measures().size(),
                (group, rows) ->
                        output.collect(
                                record.replace(
                                        new TallyBatch(KeyGroups.key(group), window, rows))));
    }

    /** The tables of one window and one version, by side. */
    private static final class WindowTable {
        final long window;
        final long version;
        final Rib rib;
        final RouteTally[] sides;

        WindowTable(long window, long version, Rib rib, CountSpec spec) {
            this.window = window;
            this.version = version;
            this.rib = rib;
            this.sides = new RouteTally[spec.sides().size()];
            int generosity = spec.windowMillis() == 0 ? 8 : 1;
            for (int side = 0; side < sides.length; side++) {
                sides[side] = new RouteTally(rib.routes(), spec.measures().size(), generosity);
            }
        }
    }
}
