package org.asntally.job.moves;

import java.util.List;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.asntally.job.CountSpec;
import org.asntally.job.attribute.KnownTables;
import org.asntally.job.attribute.RibMessage;
import org.asntally.job.attribute.RibTimeline;
import org.asntally.job.attribute.RibVersion;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.RouteMoves;
import org.asntally.sinks.WindowTally;
import org.asntally.sinks.flink.WindowTallySerializer;

/**
 * Tells which prefixes have another origin when a table takes the place of another, with the
 * traffic that each had in the last window that was over by then. One task: a move is of all key
 * groups. First input: rows of one count by prefix, all of each window; second: the RIB's.
 *
 * <p><b>State.</b> Operator state: the timeline and the bytes of tables that were sent, see {@link
 * KnownTables}; up to which moment moves have been told; rows by prefix of the newest window that
 * was over by then and of those that end later. A window leaves {@code window} when time comes to
 * its end, so these are no more than what {@code window} held, and few; see Edge for the rest.
 *
 * <p><b>Time.</b> That of the rows; the RIB input has no say, but holds it back: a moment is told
 * when the windows that end by then have come and all tables until after it are known. What moved
 * up to the first time seen is not told. Corrections add to their window while it is kept.
 *
 * <p><b>Edge.</b> Where a table cannot be read, the one that {@code attribute} puts in its place is
 * compared: so nothing moves with it. A table told after its moment has been told is compared by
 * nobody, and counted. When more than {@link #MOST_ROWS} rows of several windows wait for the RIB
 * input, time goes on without it, as in {@code attribute}; beyond that, rows of windows that time
 * has not come to are forgotten, of the furthest first, and counted. So are, at once, those of
 * windows further ahead of the clock than is believed.
 *
 * <p><b>Restore.</b> At the parallelism of one. Moves that were told are not told again.
 */
public final class MovesOperator extends AbstractStreamOperator<RouteMoves>
        implements TwoInputStreamOperator<WindowTally, RibMessage, RouteMoves>, BoundedMultiInput {

    private static final long serialVersionUID = 1;

    /** Rows that are kept beside the last window: some two hundred megabytes. */
    static final int MOST_ROWS = 2 << 20;

    private static final int ROWS = 1;

    private final CountSpec spec;
    private final RibTimeline bootstrap;
    private final boolean all;
    private final int mostRows;

    private transient KnownTables tables;
    private transient KeptWindows windows;
    private transient Moments moments;
    private transient BroadcastState<String, Long> momentState;
    private transient ListState<WindowTally> rowState;
    private transient StreamRecord<RouteMoves> record;
    transient Counter told;
    transient Counter withoutTraffic;
    transient Counter refused;
    transient Counter tooLate;
    transient Counter forgotten;
    private transient boolean overflowed;
    private transient boolean ribEnded;
    private transient long sentTime;
    // The begin of the first window that a move may still be told with.
    private transient long keptFrom;

    /**
     * For one count, which has rows by prefix, and windows.
     *
     * @param bootstrap what is known of versions at submission; may be empty
     * @param all whether prefixes without traffic are told too
     */
    public MovesOperator(CountSpec spec, RibTimeline bootstrap, boolean all) {
        this(spec, bootstrap, all, MOST_ROWS);
    }

    MovesOperator(CountSpec spec, RibTimeline bootstrap, boolean all, int mostRows) {
        if (spec.windows().isAll()) {
            throw new IllegalArgumentException(spec.name() + " has one window of everything");
        }
        this.spec = spec;
        this.bootstrap = bootstrap;
        this.all = all;
        this.mostRows = mostRows;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        told = getMetricGroup().counter("routeMoves");
        withoutTraffic = getMetricGroup().counter("routeMovesWithoutTraffic");
        refused = getMetricGroup().counter("ribVersionsRefused");
        tooLate = getMetricGroup().counter("ribVersionsTooLate");
        forgotten = getMetricGroup().counter("rowsForgotten");
        tables =
                new KnownTables(
                        bootstrap,
                        context,
                        getRuntimeContext().getDistributedCache(),
                        getContainingTask().getEnvironment().getTaskManagerInfo(),
                        refused);
        windows = new KeptWindows(spec.measures().size());
        moments = new Moments();
        momentState =
                context.getOperatorStateStore()
                        .getBroadcastState(
                                new MapStateDescriptor<>(
                                        "moments",
                                        StringSerializer.INSTANCE,
                                        LongSerializer.INSTANCE));
        rowState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>("rows", new WindowTallySerializer()));
        if (context.isRestored()) {
            moments.restore(
                    kept("mark", Long.MIN_VALUE),
                    kept("furthest", Long.MIN_VALUE),
                    kept("closed", Long.MIN_VALUE),
                    kept("told", Moments.NONE));
            for (WindowTally tally : rowState.get()) {
                moments.window(tally.windowStart(), tally.windowEnd(), false);
                windows.add(tally);
            }
        }
        sentTime = Long.MIN_VALUE;
        keptFrom = Long.MIN_VALUE;
    }

    private long kept(String name, long otherwise) throws Exception {
        Long value = momentState.get(name);
        return value == null ? otherwise : value;
    }

    @Override
    public void open() throws Exception {
        super.open();
        record = new StreamRecord<>(null);
        getMetricGroup().gauge("rowsKept", windows::rows);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        momentState.put("mark", moments.mark());
        momentState.put("furthest", moments.furthest());
        momentState.put("closed", moments.closed());
        momentState.put("told", moments.told());
        rowState.update(windows.list());
    }

    @Override
    public void processElement1(StreamRecord<WindowTally> element) {
        WindowTally tally = element.getValue();
        if (tally.snapshot() != 0 || tally.windowStart() == WindowTally.WHOLE_START) {
            return;
        }
        if (tally.correction() && isOfAClockAhead(tally)) {
            // Time comes to it never, or not soon.
            forgotten.inc(PrefixRows.count(tally.rows()));
            return;
        }
        moments.window(tally.windowStart(), tally.windowEnd(), !tally.correction());
        if (tally.windowStart() < keptFrom) {
            // A correction of a window that no move is told with any more.
            return;
        }
        windows.add(tally);
        if (windows.rows() > mostRows && windows.size() > 1) {
            makeRoom();
        }
    }

    private boolean isOfAClockAhead(WindowTally tally) {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        return spec.maxAheadMillis() < Long.MAX_VALUE - Math.max(now, 0)
                && tally.windowStart() > now + spec.maxAheadMillis();
    }

    private void makeRoom() {
        overflowed = true;
        advance();
        while (windows.rows() > mostRows && windows.size() > 1) {
            long rows = windows.forgetLast(moments.closed());
            if (rows == 0) {
                return;
            }
            forgotten.inc(rows);
        }
    }

    @Override
    public void processElement2(StreamRecord<RibMessage> element) throws Exception {
        RibMessage message = element.getValue();
        RibVersion version = message.version();
        boolean isNew = tables.add(message);
        if (isNew
                && version != null
                && moments.told() != Moments.NONE
                && version.validFrom() <= moments.told()) {
            tooLate.inc();
        }
        if (version == null && message.chunk() == null) {
            overflowed = false;
        }
        advance();
    }

    @Override
    public void processWatermark1(Watermark mark) {
        moments.mark(mark.getTimestamp());
        advance();
    }

    @Override
    public void processWatermark2(Watermark mark) {
        // The table has no say in time.
    }

    @Override
    public void endInput(int input) {
        if (input == ROWS) {
            moments.mark(Long.MAX_VALUE);
        } else {
            ribEnded = true;
        }
        advance();
    }

    /** Tells what has become due. */
    private void advance() {
        long before = moments.told();
        if (before == Moments.NONE) {
            return;
        }
        long known = knownUntil();
        long due = moments.reached();
        if (known != Long.MAX_VALUE) {
            due = Math.min(due, Math.max(known, Long.MIN_VALUE + 1) - 1);
        }
        if (due > before) {
            tell(before, due);
            moments.toldUntil(due);
            tables.followedBefore(due);
            if (windows.size() > 0) {
                keptFrom = spec.windows().lastEnded(due);
                windows.forgetBefore(keptFrom);
            }
        }
        sendTime(known);
    }

    private long knownUntil() {
        return ribEnded || overflowed ? Long.MAX_VALUE : tables.timeline().knownUntil();
    }

    private void sendTime(long known) {
        long time = moments.mark();
        if (known != Long.MAX_VALUE) {
            time = Math.min(time, Math.max(known, Long.MIN_VALUE + 1) - 1);
        }
        if (time > sentTime) {
            sentTime = time;
            output.emitWatermark(new Watermark(time));
        }
    }

    /** Tells the moves of all moments after one and up to another. */
    private void tell(long after, long until) {
        List<RibVersion> versions = tables.timeline().versions();
        // Of two versions of one moment the last is in force; before the first there is none.
        for (int place = 1; place < versions.size(); place++) {
            long moment = versions.get(place).validFrom();
            boolean isLast =
                    place + 1 == versions.size() || versions.get(place + 1).validFrom() > moment;
            if (isLast
                    && moment > after
                    && moment <= until
                    && versions.get(0).validFrom() < moment) {
                tell(moment, place);
            }
        }
    }

    private void tell(long moment, int place) {
        Rib from = tables.at(tables.timeline().at(moment - 1));
        Rib to = tables.at(place);
        if (from.id().equals(to.id())) {
            return;
        }
        long start = spec.windows().lastEnded(moment);
        Moving moving =
                new Moving(
                        moment,
                        from,
                        to,
                        start,
                        spec.windows().end(start),
                        spec.sides(),
                        spec.measures().size(),
                        windows.of(start),
                        all,
                        moves -> output.collect(record.replace(moves)));
        moving.tell();
        told.inc(moving.told());
        withoutTraffic.inc(moving.withoutTraffic());
    }
}
