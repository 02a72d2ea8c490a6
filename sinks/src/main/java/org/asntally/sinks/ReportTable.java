package org.asntally.sinks;

import java.nio.charset.StandardCharsets;
import org.asntally.lookup.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table of one window, each key once. Text is made for the rows that are shown
 * only.
 */
public final class ReportTable {

    private final KeyKind kind;
    private final Side side;
    private final TallyRows rows;
    private final @Nullable KeyedRows namesBySide;
    private final TallyRows total;

    ReportTable(KeyKind kind, Side side, TallyRows rows, @Nullable KeyedRows namesBySide) {
        this.kind = kind;
        this.side = side;
        this.rows = rows;
        this.namesBySide = namesBySide;
        this.total = total(rows);
    }

    private static TallyRows total(TallyRows rows) {
        TallyRows total = new TallyRows(rows.measures, 1);
        total.append(0, 0, 0, 0, 0, 0);
        for (int m = 0; m < rows.measures; m++) {
            for (int row = 0; row < rows.size; row++) {
                total.add(0, m, rows.sums[m][row]);
            }
            for (int row = 0; rows.exacts[m] != null && row < rows.size; row++) {
                ExactSum exact = rows.exact(row, m);
                if (exact != null) {
                    total.add(0, m, exact);
                }
            }
        }
        return total;
    }

    /** What the rows are counted by. */
    public KeyKind kind() {
        return kind;
    }

    /** Which address is counted. */
    public Side side() {
        return side;
    }

    /** How many rows. */
    public int size() {
        return rows.size;
    }

    /** How many of the rows are of routed traffic. */
    public int routed() {
        for (int row = 0; row < rows.size; row++) {
            if (unrouted(row)) {
                return rows.size - 1;
            }
        }
        return rows.size;
    }

    /** The values: row for row, measure by measure. */
    public TallyRows rows() {
        return rows;
    }

    /** The sums of all rows, exact, as the values of row 0. */
    public TallyRows total() {
        return total;
    }

    /** The sums of all rows but these, as the values of row 0. */
    public TallyRows rest(int[] shown) {
        TallyRows rest = total.copy();
        for (int row : shown) {
            for (int m = 0; m < rows.measures; m++) {
                // The negative of the lowest long is none, but its complement is.
                rest.add(0, m, ~rows.sums[m][row]);
                rest.add(0, m, 1);
                ExactSum exact = rows.exact(row, m);
                if (exact != null) {
                    rest.add(0, m, exact.negative());
                }
            }
        }
        return rest;
    }

    /** Whether a row is that of the addresses that no route covers. */
    public boolean unrouted(int row) {
        return kind == KeyKind.ASN ? rows.asns[row] == 0 : rows.length(row) == TallyRows.UNROUTED;
    }

    /** The origin AS of a row, 0 where there is none. */
    public long asn(int row) {
        return Integer.toUnsignedLong(rows.asns[row]);
    }

    /** The prefix of a row: {@code 192.0.2.0/24}. */
    public String prefix(int row) {
        return Prefix.text(rows.isV6(row), rows.highs[row], rows.lows[row], rows.length(row));
    }

    /** The name of a row's AS, as its table has it: hostile text. Empty if there is none. */
    public String name(int row) {
        byte[] name = rows.name(row);
        if (name == null && namesBySide != null && !unrouted(row)) {
            int named = namesBySide.find(ReportBuilder.asnTag(side), 0, 0, rows.asns[row]);
            name = named < 0 ? null : namesBySide.rows.name(named);
        }
        return name == null ? "" : new String(name, StandardCharsets.UTF_8);
    }

    /**
     * The first rows by value, highest first; ties by first position. Keeps a heap of that many
     * rows: of many rows only the few that come near the top are moved.
     */
    public int[] top(int count, int measure) {
        return new TopRows(rows, measure).first(count);
    }
}
