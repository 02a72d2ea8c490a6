package org.asntally.sinks.files;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.asntally.lookup.Prefix;
import org.asntally.sinks.Measure;
import org.asntally.sinks.RouteMoves;
import org.asntally.sinks.TallyRows;

/**
 * One prefix that moved: {@code name}, {@code moved_at}, {@code prefix}, {@code side} (where both
 * are counted), {@code from_asn} (none: it is new), {@code to_asn} (none: it is gone), {@code
 * from_rib}, {@code to_rib}, {@code window_start}, {@code window_end}, and the traffic in it.
 */
final class MoveRow implements RowCells<RouteMoves> {

    private final MoveSpec spec;
    private long lastMoment = Long.MIN_VALUE;
    private String movedAt = "";
    private String fromRib = "";
    private String toRib = "";
    private String start = "";
    private String end = "";

    MoveRow(MoveSpec spec) {
        this.spec = spec;
    }

    @Override
    public List<String> columns() {
        List<String> names = new ArrayList<>(List.of("name", "moved_at", "prefix"));
        if (spec.sides().size() > 1) {
            names.add("side");
        }
        names.addAll(
                List.of("from_asn", "to_asn", "from_rib", "to_rib", "window_start", "window_end"));
        for (Measure measure : spec.measures()) {
            names.add(ResultRow.column(measure));
        }
        return names;
    }

    @Override
    public int size(RouteMoves moves) {
        return moves.rows().size();
    }

    @Override
    public boolean shows(RouteMoves moves, int row) {
        return true;
    }

    @Override
    public void write(RouteMoves moves, int row, Cells cells) {
        if (moves.movedAt() != lastMoment) {
            // All that is of one moment is of the same tables and window.
            lastMoment = moves.movedAt();
            movedAt = time(moves.movedAt());
            fromRib = ResultRow.rib(moves.fromRib());
            toRib = ResultRow.rib(moves.toRib());
            start = time(moves.windowStart());
            end = time(moves.windowEnd());
        }
        TallyRows rows = moves.rows();
        cells.text("name", spec.name());
        cells.text("moved_at", movedAt);
        cells.text(
                "prefix",
                Prefix.text(rows.isV6(row), rows.high(row), rows.low(row), rows.length(row)));
        if (spec.sides().size() > 1) {
            cells.text("side", rows.side(row).name().toLowerCase(Locale.ROOT));
        }
        asn("from_asn", rows.asn(row), cells);
        asn("to_asn", moves.toAsns()[row], cells);
        cells.text("from_rib", fromRib);
        cells.text("to_rib", toRib);
        cells.text("window_start", start);
        cells.text("window_end", end);
        ResultRow.values(spec.measures(), rows, row, cells);
    }

    private static String time(long millis) {
        return ResultRow.TIME.format(Instant.ofEpochMilli(millis));
    }

    private static void asn(String column, int asn, Cells cells) {
        if (asn == 0) {
            cells.none(column);
        } else {
            cells.number(column, Integer.toUnsignedLong(asn));
        }
    }
}
