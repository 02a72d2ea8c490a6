package org.asntally.job.window;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.asntally.job.CountSpec;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.TopCut;
import org.asntally.sinks.WindowTally;
import org.asntally.sinks.flink.WindowTallySerializer;
import org.asntally.sources.flink.OwnTypeInfo;

/**
 * Lets the highest rows of each window pass, of each table and side so many: the key groups of a
 * window are looked at together here.
 *
 * <p><b>State.</b> Keyed by the window's start. What the key groups have handed out, until time has
 * passed the window, which it does as soon as all of them have; then which rows were let pass,
 * until no correction can come.
 *
 * <p><b>Time.</b> Rows of a window that is over come before the watermark that ended it, so when
 * that is here all are.
 *
 * <p><b>Edge.</b> A correction passes when its row did, or when there is room for one more: there
 * are never more keys of a window than were asked for. Corrections before the window's end are of
 * flows far ahead of time: they wait for the rest of their window, unless it is so far off that
 * time may never come to it; then they pass as they are, as counters do.
 *
 * <p><b>Restore.</b> At any parallelism.
 */
public final class TopFunction extends KeyedProcessFunction<Long, WindowTally, WindowTally> {

    private static final long serialVersionUID = 1;

    private final CountSpec spec;

    private transient ListState<WindowTally> waiting;
    private transient ValueState<RowChunk> passed;

    /** For one count, which says how many rows. */
    public TopFunction(CountSpec spec) {
        this.spec = spec;
    }

    @Override
    public void open(OpenContext context) {
        waiting =
                getRuntimeContext()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "waiting",
                                        new OwnTypeInfo<>(
                                                WindowTally.class, new WindowTallySerializer())));
        passed =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("passed", new RowChunkSerializer()));
    }

    @Override
    public void processElement(WindowTally tally, Context context, Collector<WindowTally> out)
            throws Exception {
        if (tally.windowStart() == WindowTally.WHOLE_START) {
            out.collect(tally);
        } else if (tally.correction() && !isEarly(tally, context)) {
            correct(tally, context, out);
        } else if (tally.correction() && isOfAClockAhead(tally, context)) {
            out.collect(tally);
        } else {
            waiting.add(tally);
            context.timerService().registerEventTimeTimer(tally.windowEnd() - 1);
        }
    }

    private boolean isEarly(WindowTally tally, Context context) throws IOException {
        return context.timerService().currentWatermark() < tally.windowEnd() - 1
                && passed.value() == null;
    }

    private boolean isOfAClockAhead(WindowTally tally, Context context) {
        return tally.windowStart() - spec.maxAheadMillis()
                > context.timerService().currentProcessingTime();
    }

    private void correct(WindowTally tally, Context context, Collector<WindowTally> out)
            throws IOException {
        RowChunk known = passed.value();
        if (known == null) {
            known = new RowChunk(new TallyRows(spec.measures().size(), 4));
            context.timerService().registerEventTimeTimer(forgetAt(tally.windowEnd()));
        }
        Map<Long, Integer> sizes = new HashMap<>();
        for (int row = 0; row < known.rows().size(); row++) {
            sizes.merge(TopCut.table(known.rows(), row), 1, Integer::sum);
        }
        TallyRows rows = tally.rows();
        TallyRows pass = new TallyRows(spec.measures().size(), rows.size());
        for (int row = 0; row < rows.size(); row++) {
            int hash = rows.hash(row);
            long table = TopCut.table(rows, row);
            boolean isNew = !known.has(rows, row, hash);
            if (!isNew || sizes.getOrDefault(table, 0) < spec.details().written()) {
                pass.appendFrom(rows, row);
                known.merge(rows, row, hash);
                sizes.merge(table, isNew ? 1 : 0, Integer::sum);
            }
        }
        passed.update(known);
        hand(tally, true, pass, out);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<WindowTally> out)
            throws Exception {
        WindowTally any = null;
        RowChunk all = new RowChunk(new TallyRows(spec.measures().size(), 4));
        for (WindowTally tally : waiting.get()) {
            any = tally;
            TallyRows rows = tally.rows();
            for (int row = 0; row < rows.size(); row++) {
                all.merge(rows, row, rows.hash(row));
            }
        }
        waiting.clear();
        if (any == null) {
            // Its rows have left: this is the timer of what is late.
            passed.clear();
            return;
        }
        TopCut cut = spec.writtenCut();
        cut.add(all.rows());
        TallyRows rows = cut.rows();
        hand(any, false, rows, out);
        if (spec.latenessMillis() > 0) {
            passed.update(new RowChunk(rows.copy()));
            context.timerService().registerEventTimeTimer(forgetAt(any.windowEnd()));
        }
    }

    private static void hand(
            WindowTally like, boolean correction, TallyRows rows, Collector<WindowTally> out) {
        if (rows.size() > 0) {
            out.collect(
                    new WindowTally(
                            like.windowStart(),
                            like.windowEnd(),
                            like.snapshot(),
                            correction,
                            rows));
        }
    }

    /** The first moment at which no correction can come. */
    private long forgetAt(long windowEnd) {
        long end = windowEnd - 1;
        return spec.latenessMillis() > Long.MAX_VALUE - 1 - Math.max(end, 0)
                ? Long.MAX_VALUE
                : end + spec.latenessMillis() + 1;
    }
}
