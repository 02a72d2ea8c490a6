package org.asntally.job.moves;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.asntally.job.CountSpec;
import org.asntally.job.Windows;
import org.asntally.job.attribute.RibMessage;
import org.asntally.job.attribute.RibTimeline;
import org.asntally.lookup.Address;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibBuilder;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.RouteMoves;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.WindowTally;
import org.asntally.sinks.flink.RouteMovesSerializer;
import org.jspecify.annotations.Nullable;

/** One {@code moves}, of windows of a hundred milliseconds, whose output is read as text. */
final class MovesHarness
        extends TwoInputStreamOperatorTestHarness<WindowTally, RibMessage, RouteMoves> {

    static final long WINDOW = 100;

    private static final int MOST_STATE = 64 << 20;

    final MovesOperator moves;

    MovesHarness(MovesOperator moves, @Nullable OperatorSubtaskState state) throws Exception {
        super(moves, 1, 1, 0);
        this.moves = moves;
        setCheckpointStorage(new JobManagerCheckpointStorage(MOST_STATE));
        setup(new RouteMovesSerializer());
        if (state != null) {
            initializeState(state);
        }
        open();
    }

    static MovesHarness begin() throws Exception {
        return begin(new RibTimeline(), false, null);
    }

    static MovesHarness begin(
            RibTimeline bootstrap, boolean all, @Nullable OperatorSubtaskState state)
            throws Exception {
        return new MovesHarness(new MovesOperator(spec(Side.SOURCE), bootstrap, all), state);
    }

    static CountSpec spec(Side... sides) {
        return new CountSpec(
                "nets",
                Set.of(KeyKind.ASN, KeyKind.PREFIX),
                List.of(sides),
                List.of(Measure.HITS, Measure.BYTES),
                Windows.tumbling(WINDOW),
                false,
                1_000);
    }

    /** A table of texts {@code 192.0.2.0/24 64496}. */
    static Rib table(String... routes) {
        RibBuilder builder = new RibBuilder();
        builder.file("test");
        int line = 1;
        for (String route : routes) {
            String[] words = route.split("[/ ]", -1);
            Address address = new Address();
            byte[] text = words[0].getBytes(StandardCharsets.UTF_8);
            int length = Integer.parseInt(words[1]);
            int asn = Integer.parseInt(words[2]);
            if (address.parse(text, 0, text.length) == 6) {
                builder.route6(address.high(), address.low(), length, asn, line++);
            } else {
                builder.route4(address.v4(), length, asn, line++);
            }
        }
        return builder.build();
    }

    /** Rows of the window that begins then: texts {@code 192.0.2.0/24 HITS BYTES}. */
    static WindowTally tally(long start, boolean correction, String... prefixes) {
        return tally(start, correction, Side.SOURCE, prefixes);
    }

    static WindowTally tally(long start, boolean correction, Side side, String... prefixes) {
        TallyRows rows = new TallyRows(2, 4);
        int position = 0;
        for (String prefix : prefixes) {
            String[] words = prefix.split("[/ ]", -1);
            Address address = new Address();
            byte[] text = words[0].getBytes(StandardCharsets.UTF_8);
            boolean v6 = address.parse(text, 0, text.length) == 6;
            int row =
                    rows.append(
                            TallyRows.tag(KeyKind.PREFIX, side, v6, Integer.parseInt(words[1])),
                            1 + position % 2,
                            v6 ? address.high() : 0,
                            v6 ? address.low() : Integer.toUnsignedLong(address.v4()),
                            64496 + position,
                            position++);
            rows.add(row, 0, Long.parseLong(words[2]));
            rows.add(row, 1, Long.parseLong(words[3]));
        }
        // What else a window has.
        rows.add(rows.append(TallyRows.tag(KeyKind.ASN, side, false, 0), 1, 0, 0, 64496, 0), 0, 99);
        rows.add(
                rows.append(
                        TallyRows.tag(KeyKind.PREFIX, side, false, TallyRows.UNROUTED),
                        1,
                        0,
                        0,
                        0,
                        0),
                0,
                98);
        return new WindowTally(start, start + WINDOW, 0, correction, rows);
    }

    void rows(long start, String... prefixes) throws Exception {
        processElement1(new StreamRecord<>(tally(start, false, prefixes)));
    }

    void correct(long start, String... prefixes) throws Exception {
        processElement1(new StreamRecord<>(tally(start, true, prefixes)));
    }

    void time(long time) throws Exception {
        processWatermark1(new Watermark(time));
    }

    void rib(RibMessage... messages) throws Exception {
        for (RibMessage message : messages) {
            processElement2(new StreamRecord<>(message));
        }
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

    /**
     * What has come out since the last call, a line each; tables by the digits of their version.
     */
    List<String> told() {
        List<String> lines = new ArrayList<>();
        for (Object event : getOutput()) {
            if (event instanceof StreamRecord<?> record
                    && record.getValue() instanceof RouteMoves moves) {
                add(moves, lines);
            }
        }
        getOutput().clear();
        return lines;
    }

    private static void add(RouteMoves moves, List<String> lines) {
        TallyRows rows = moves.rows();
        for (int row = 0; row < rows.size(); row++) {
            lines.add(
                    moves.movedAt()
                            + (rows.side(row) == Side.SOURCE ? " " : " to ")
                            + Prefix.text(
                                    rows.isV6(row), rows.high(row), rows.low(row), rows.length(row))
                            + " "
                            + rows.asn(row)
                            + ">"
                            + moves.toAsns()[row]
                            + " "
                            + moves.windowStart()
                            + ": "
                            + rows.sum(row, 0)
                            + " "
                            + rows.sum(row, 1));
        }
    }
}
