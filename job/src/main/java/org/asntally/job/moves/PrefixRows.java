package org.asntally.job.moves;

import org.asntally.sinks.ExactSum;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.TallyRows;

/**
 * The traffic of prefixes in one window, by side and prefix, whichever table attributed it. Open
 * addressing over {@link TallyRows}. One thread.
 */
final class PrefixRows {

    private static final int LONGEST = 128;

    private final TallyRows rows;
    private int[] index = new int[8];

    PrefixRows(int measures) {
        rows = new TallyRows(measures, 4);
    }

    /** Whether a row is of a prefix: not unrouted, and none that stands for others. */
    static boolean isPrefix(TallyRows rows, int row) {
        return rows.kind(row) == KeyKind.PREFIX && rows.length(row) <= LONGEST;
    }

    /** How many rows are. */
    static int count(TallyRows rows) {
        int count = 0;
        for (int row = 0; row < rows.size(); row++) {
            count += isPrefix(rows, row) ? 1 : 0;
        }
        return count;
    }

    /** Adds the values of a prefix's row. */
    void add(TallyRows other, int row) {
        int tag = other.tag(row);
        int at = find(tag, other.high(row), other.low(row));
        if (at < 0) {
            at = append(tag, other.high(row), other.low(row));
        }
        for (int m = 0; m < rows.measures(); m++) {
            rows.add(at, m, other.sum(row, m));
            ExactSum exact = other.exact(row, m);
            if (exact != null) {
                rows.add(at, m, exact);
            }
        }
    }

    private int append(int tag, long high, long low) {
        if (2 * (rows.size() + 1) > index.length) {
            index = new int[2 * index.length];
            for (int row = 0; row < rows.size(); row++) {
                place(row);
            }
        }
        int row = rows.append(tag, 0, high, low, 0, 0);
        place(row);
        return row;
    }

    private void place(int row) {
        int at = slot(rows.tag(row), rows.high(row), rows.low(row));
        while (index[at] != 0) {
            at = (at + 1) & (index.length - 1);
        }
        index[at] = row + 1;
    }

    private int slot(int tag, long high, long low) {
        return (TallyRows.hash(tag, 0, high, low, 0) >>> 4) & (index.length - 1);
    }

    /** The row of a prefix, by what {@link TallyRows#tag} gives for it; -1 when it has none. */
    int find(int tag, long high, long low) {
        int at = slot(tag, high, low);
        while (index[at] != 0) {
            int row = index[at] - 1;
            if (rows.low(row) == low && rows.high(row) == high && rows.tag(row) == tag) {
                return row;
            }
            at = (at + 1) & (index.length - 1);
        }
        return -1;
    }

    /** All rows: of no table and no AS. */
    TallyRows rows() {
        return rows;
    }
}
