package org.asntally.sinks.files;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.asntally.sinks.KeyCells;
import org.asntally.sinks.KeyFields;
import org.asntally.sinks.Measure;
import org.asntally.sinks.TableKey;
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
final class ResultRow implements RowCells<WindowTally> {

    static final DateTimeFormatter TIME = DateTimeFormatter.ISO_INSTANT.withZone(ZoneOffset.UTC);

    private final ResultSpec spec;
    private final Gathered gathered;
    private long start = Long.MIN_VALUE;
    private long end = Long.MIN_VALUE;
    private @Nullable String startText;
    private @Nullable String endText;

    ResultRow(ResultSpec spec) {
        this.spec = spec;
        this.gathered = new Gathered(spec.keys());
    }

    /** None of a look at a window that goes on. */
    @Override
    public int size(WindowTally tally) {
        return tally.snapshot() == 0 ? tally.rows().size() : 0;
    }

    @Override
    public boolean shows(WindowTally tally, int row) {
        return spec.shows(tally.rows(), row);
    }

    @Override
    public void write(WindowTally tally, int row, Cells cells) {
        TallyRows rows = tally.rows();
        TableKey key = Objects.requireNonNull(spec.keyOf(rows, row));
        cells.text("name", spec.name());
        cells.text("key", key.label());
        if (spec.sides().size() > 1) {
            cells.text("side", rows.side(row).name().toLowerCase(Locale.ROOT));
        }
        cells.text("window_start", startOf(tally));
        cells.text("window_end", endOf(tally));
        gathered.clear();
        KeyFields.write(key, rows, row, asn -> null, gathered);
        gathered.tell(cells);
        values(spec.measures(), rows, row, cells);
        cells.text("rib", rib(rows.rib(row)));
        cells.truth("correction", tally.correction());
    }

    /** A version of a table as rows show it. */
    static String rib(long version) {
        return String.format("%016x", version);
    }

    /** The values of a row, each under the name of its measure. */
    static void values(List<Measure> measures, TallyRows rows, int row, Cells cells) {
        for (int m = 0; m < measures.size(); m++) {
            value(cells, column(measures.get(m)), rows, row, m);
        }
    }

    private static void value(Cells cells, String column, TallyRows rows, int row, int measure) {
        if (rows.exact(row, measure) == null) {
            cells.number(column, rows.sum(row, measure));
        } else {
            cells.decimal(column, rows.value(row, measure));
        }
    }

    static String column(Measure measure) {
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

    @Override
    public List<String> columns() {
        List<String> names = new ArrayList<>(List.of("name", "key"));
        if (spec.sides().size() > 1) {
            names.add("side");
        }
        names.addAll(List.of("window_start", "window_end"));
        names.addAll(gathered.columns);
        for (Measure measure : spec.measures()) {
            names.add(column(measure));
        }
        names.addAll(List.of("rib", "correction"));
        return names;
    }

    /** The columns of all keys, of which one row has some. */
    private static final class Gathered implements KeyCells {
        private final List<String> columns;
        private final @Nullable Object[] values;

        Gathered(List<TableKey> keys) {
            Set<String> all = new LinkedHashSet<>();
            keys.forEach(key -> all.addAll(key.columns()));
            columns = List.copyOf(all);
            values = new Object[columns.size()];
        }

        void clear() {
            Arrays.fill(values, null);
        }

        @Override
        public void text(String column, @Nullable String value) {
            values[columns.indexOf(column)] = value;
        }

        @Override
        public void number(String column, long value) {
            values[columns.indexOf(column)] = value;
        }

        @Override
        public void none(String column) {
            // As it was cleared.
        }

        void tell(KeyCells cells) {
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                if (value instanceof Long number) {
                    cells.number(columns.get(i), number);
                } else if (value instanceof String text) {
                    cells.text(columns.get(i), text);
                } else {
                    cells.none(columns.get(i));
                }
            }
        }
    }
}
