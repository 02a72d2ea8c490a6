package org.asntally.sinks;

import java.nio.charset.StandardCharsets;
import org.asntally.lookup.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table of one window, each key once. Text is made for the rows that are shown
 * only.
 */
public final class ReportTable {

    private final TableKey key;
    private final KeyKind kind;
    private final Side side;
    private final KeyedRows rows;
    private final @Nullable KeyedRows names;
    private final TallyRows total;
    private final long leftOut;

    ReportTable(
            TableKey key,
            Side side,
            KeyedRows rows,
            @Nullable KeyedRows rest,
            @Nullable KeyedRows names) {
        this.key = key;
        this.kind = key.kind();
        this.side = side;
        this.rows = rows;
        this.names = names;
        this.total = total(rows);
        this.leftOut = rest == null ? 0 : addRest(rest, total);
    }

    /** Adds the values of rows that were left out to the total; gives their number. */
    private static long addRest(KeyedRows rest, TallyRows total) {
        long keys = 0;
        for (TallyRows page : rest.pages()) {
            for (int row = 0; row < page.size; row++) {
                if (page.length(row) == TallyRows.REST) {
                    total.merge(0, page, row);
                } else {
                    keys += page.sums[0][row];
                }
            }
        }
        return keys;
    }

    private static TallyRows total(KeyedRows rows) {
        TallyRows total = new TallyRows(rows.measures(), 1);
        total.append(0, 0, 0, 0, 0, 0);
        for (TallyRows page : rows.pages()) {
            for (int m = 0; m < rows.measures(); m++) {
                for (int row = 0; row < page.size; row++) {
                    total.add(0, m, page.sums[m][row]);
                    ExactSum exact = page.exact(row, m);
                    if (exact != null) {
                        total.add(0, m, exact);
                    }
                }
            }
        }
        return total;
    }

    /** What the table is counted by. */
    public TableKey key() {
        return key;
    }

    /** What the rows are counted by. */
    public KeyKind kind() {
        return kind;
    }

    /** Which address is counted. */
    public Side side() {
        return side;
    }

    /** How many keys beyond the first {@code shown} there are, among them what was left out. */
    public long others(int shown) {
        return rows.size() - shown + leftOut;
    }

    /** How many rows are here; their numbers are below that. */
    public int size() {
        return rows.size();
    }

    /** How many of the rows are of routed traffic. */
    public int routed() {
        for (int row = 0; row < rows.size(); row++) {
            if (unrouted(row)) {
                return rows.size() - 1;
            }
        }
        return rows.size();
    }

    /** The rows among which a row lies, for its values; {@link #at} is its number there. */
    public TallyRows rows(int row) {
        return rows.page(row);
    }

    /** The number of a row in {@link #rows}. */
    public int at(int row) {
        return KeyedRows.at(row);
    }

    /** A row's value, correctly rounded. */
    public double value(int row, int measure) {
        return rows(row).value(at(row), measure);
    }

    /** The sums of all rows, exact, as the values of row 0. */
    public TallyRows total() {
        return total;
    }

    /** The sums of all rows but these, as the values of row 0. */
    public TallyRows rest(int[] shown) {
        TallyRows rest = total.copy();
        for (int row : shown) {
            for (int m = 0; m < rows.measures(); m++) {
                // The lowest long has no negative, but a complement.
                rest.add(0, m, ~rows(row).sums[m][at(row)]);
                rest.add(0, m, 1);
                ExactSum exact = rows(row).exact(at(row), m);
                if (exact != null) {
                    rest.add(0, m, exact.negative());
                }
            }
        }
        return rest;
    }

    /**
     * A row's key, column by column.
     *
     * @param withNames whether columns of AS names are filled
     */
    public void cells(int row, boolean withNames, KeyCells cells) {
        KeyFields.write(
                key,
                rows(row),
                at(row),
                asn ->
                        !withNames || names == null
                                ? null
                                : names.name(ReportBuilder.asnTag(side), 0, 0, asn),
                cells);
    }

    /** Whether a row stands for all keys beyond the most that are kept. */
    public boolean isOther(int row) {
        return kind == KeyKind.FIELDS && rows(row).length(at(row)) == TallyRows.OTHER;
    }

    /** Whether a row is that of the addresses that no route covers. */
    public boolean unrouted(int row) {
        return kind == KeyKind.ASN
                ? asn(row) == 0
                : kind == KeyKind.PREFIX && rows(row).length(at(row)) == TallyRows.UNROUTED;
    }

    /** The origin AS of a row, 0 where there is none. */
    public long asn(int row) {
        return Integer.toUnsignedLong(rows(row).asns[at(row)]);
    }

    /** The prefix of a row: {@code 192.0.2.0/24}. */
    public String prefix(int row) {
        TallyRows page = rows(row);
        int at = at(row);
        return Prefix.text(page.isV6(at), page.highs[at], page.lows[at], page.length(at));
    }

    /** The name of a row's AS, as its table has it: hostile text. Empty if there is none. */
    public String name(int row) {
        byte[] name = rows(row).name(at(row));
        if (name == null && names != null && !unrouted(row)) {
            name = names.name(ReportBuilder.asnTag(side), 0, 0, rows(row).asns[at(row)]);
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
