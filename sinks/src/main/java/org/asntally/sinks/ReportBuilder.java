package org.asntally.sinks;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gathers result rows into a {@link Report}. Rows of one key are added up, whatever chunk, table
 * version or correction they come in; their order does not matter. One thread.
 */
public final class ReportBuilder {

    private final int measures;
    private final TreeMap<Long, ReportWindow> windows = new TreeMap<>();
    private final KeyedRows counters;
    private @Nullable ReportWindow last;

    /** For rows of so many measures. */
    public ReportBuilder(int measures) {
        this.measures = measures;
        this.counters = new KeyedRows(measures);
    }

    /** Adds rows; they are copied. */
    public void add(WindowTally tally) {
        TallyRows rows = tally.rows();
        KeyedRows target = null;
        int group = -1;
        int table = 0;
        for (int row = 0; row < rows.size; row++) {
            int tag = rows.tags[row];
            KeyKind kind = rows.kind(row);
            long high = rows.highs[row];
            long low = rows.lows[row];
            int asn = rows.asns[row];
            // What is told once in a report has one key.
            if (kind == KeyKind.ASN) {
                tag &= TallyRows.KIND_AND_SIDE;
                high = 0;
                low = 0;
            } else if (kind == KeyKind.PREFIX && rows.length(row) == TallyRows.UNROUTED) {
                tag = (tag & TallyRows.KIND_AND_SIDE) | TallyRows.UNROUTED;
                high = 0;
                low = 0;
                asn = 0;
            }
            if (target == null
                    || (tag & TallyRows.KIND_AND_SIDE) != group
                    || (kind == KeyKind.FIELDS && asn != table)) {
                group = tag & TallyRows.KIND_AND_SIDE;
                table = asn;
                target =
                        switch (kind) {
                            case COUNTER -> counters;
                            case FIELDS -> window(tally).ofFields(table, rows.side(row));
                            case ASN, PREFIX -> window(tally).keyed(kind, rows.side(row));
                        };
            }
            if (kind == KeyKind.PREFIX && isRest(rows.length(row))) {
                window(tally).rest(rows.side(row)).add(tag, high, low, asn, rows, row);
                continue;
            }
            target.add(tag, high, low, asn, rows, row);
        }
    }

    private static boolean isRest(int length) {
        return length == TallyRows.REST || length == TallyRows.REST_KEYS;
    }

    private ReportWindow window(WindowTally tally) {
        ReportWindow window = last;
        if (window == null || window.start() != tally.windowStart()) {
            window = windows.get(tally.windowStart());
            if (window == null) {
                window = new ReportWindow(tally.windowStart(), tally.windowEnd(), measures);
                windows.put(tally.windowStart(), window);
            }
            last = window;
        }
        return window;
    }

    /** Adds all that another one has gathered. */
    public void addAll(ReportBuilder other) {
        for (ReportWindow from : other.windows.values()) {
            ReportWindow to = windows.get(from.start());
            if (to == null) {
                to = new ReportWindow(from.start(), from.end(), measures);
                windows.put(from.start(), to);
            }
            to.addAll(from);
        }
        counters.addAll(other.counters);
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return windows.isEmpty() && counters.size() == 0;
    }

    /** The report of what was added so far. It shares the rows: add nothing more. */
    public Report build() {
        List<ReportWindow> list = new ArrayList<>(windows.values());
        return new Report(list, counters, measures);
    }

    static int asnTag(Side side) {
        return TallyRows.tag(KeyKind.ASN, side, false, 0);
    }
}
