package org.asntally.sinks.files;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.asntally.lookup.Prefix;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.WindowTally;
import org.jspecify.annotations.Nullable;

/**
 * One result row, cell by cell, as every format of files, topics and tables has it: {@code name},
 * {@code key}, {@code side} (where both are counted), {@code window_start}, {@code window_end}, the
 * key's columns, the values that the sources know, {@code rib}, {@code correction}.
 *
 * <p>Adding up all rows of a window and key gives the truth, those with {@code correction} too.
 */
final class ResultRow {

    /** What takes the cells. Each row gives the same columns in the same order. */
    interface Cells {
        void text(String column, @Nullable String value);

        void number(String column, long value);

        void none(String column);

        /** A number with a fraction, or beyond a long. */
        void decimal(String column, double value);

        void truth(String column, boolean value);
    }

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ISO_INSTANT.withZone(ZoneOffset.UTC);

    private final ResultSpec spec;
    private final boolean byPrefix;
    private long start = Long.MIN_VALUE;
    private long end = Long.MIN_VALUE;
    private @Nullable String startText;
    private @Nullable String endText;

    ResultRow(ResultSpec spec) {
        this.spec = spec;
        this.byPrefix = spec.kinds().contains(KeyKind.PREFIX);
    }

    void write(WindowTally tally, int row, Cells cells) {
        TallyRows rows = tally.rows();
        KeyKind kind = rows.kind(row);
        cells.text("name", spec.name());
        cells.text("key", kind.name().toLowerCase(Locale.ROOT));
        if (spec.sides().size() > 1) {
            cells.text("side", rows.side(row).name().toLowerCase(Locale.ROOT));
        }
        cells.text("window_start", startOf(tally));
        cells.text("window_end", endOf(tally));
        if (byPrefix) {
            cells.text("prefix", kind == KeyKind.PREFIX ? prefix(rows, row) : null);
        }
        boolean unrouted = rows.asn(row) == 0;
        if (unrouted) {
            cells.none("asn");
        } else {
            cells.number("asn", Integer.toUnsignedLong(rows.asn(row)));
        }
        byte[] name = unrouted ? null : rows.name(row);
        cells.text("as_name", name == null ? null : new String(name, StandardCharsets.UTF_8));
        for (int m = 0; m < spec.measures().size(); m++) {
            value(cells, column(spec.measures().get(m)), rows, row, m);
        }
        cells.text("rib", String.format("%016x", rows.rib(row)));
        cells.truth("correction", tally.correction());
    }

    private static void value(Cells cells, String column, TallyRows rows, int row, int measure) {
        if (rows.exact(row, measure) == null) {
            cells.number(column, rows.sum(row, measure));
        } else {
            cells.decimal(column, rows.value(row, measure));
        }
    }

    private static @Nullable String prefix(TallyRows rows, int row) {
        return rows.length(row) == TallyRows.UNROUTED
                ? null
                : Prefix.text(rows.isV6(row), rows.high(row), rows.low(row), rows.length(row));
    }

    private static String column(Measure measure) {
        return measure.name().toLowerCase(Locale.ROOT);
    }

    private @Nullable String startOf(WindowTally tally) {
        if (tally.windowStart() != start) {
            start = tally.windowStart();
            startText =
                    start == WindowTally.WHOLE_START
                            ? null
                            : TIME.format(Instant.ofEpochMilli(start));
        }
        return startText;
    }

    private @Nullable String endOf(WindowTally tally) {
        if (tally.windowEnd() != end) {
            end = tally.windowEnd();
            endText = end == WindowTally.WHOLE_END ? null : TIME.format(Instant.ofEpochMilli(end));
        }
        return endText;
    }

    /** The columns of every row, in order. */
    List<String> columns() {
        List<String> names = new ArrayList<>();
        TallyRows one = new TallyRows(spec.measures().size(), 1);
        one.append(TallyRows.tag(spec.kinds().get(0), Side.SOURCE, false, 0), 0, 0, 0, 0, 0);
        write(
                new WindowTally(0, 0, 0, false, one),
                0,
                new Cells() {
                    @Override
                    public void text(String column, @Nullable String value) {
                        names.add(column);
                    }

                    @Override
                    public void number(String column, long value) {
                        names.add(column);
                    }

                    @Override
                    public void none(String column) {
                        names.add(column);
                    }

                    @Override
                    public void decimal(String column, double value) {
                        names.add(column);
                    }

                    @Override
                    public void truth(String column, boolean value) {
                        names.add(column);
                    }
                });
        return names;
    }
}
