package org.asntally.sinks;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of one window, or of all input. */
public final class ReportWindow {

    private static final int KINDS = KeyKind.values().length;
    private static final int SIDES = Side.values().length;

    private final long start;
    private final long end;
    private final int measures;
    private final @Nullable KeyedRows[] keyed = new KeyedRows[KINDS * SIDES];
    // Of prefixes that were left out, by side.
    private final @Nullable KeyedRows[] rests = new KeyedRows[SIDES];

    // Of tables of other keys, by table and side.
    private final Map<Long, KeyedRows> fields = new HashMap<>();

    ReportWindow(long start, long end, int measures) {
        this.start = start;
        this.end = end;
        this.measures = measures;
    }

    /** Its first millisecond, or {@link WindowTally#WHOLE_START}. */
    public long start() {
        return start;
    }

    /** The first millisecond after it, or {@link WindowTally#WHOLE_END}. */
    public long end() {
        return end;
    }

    /** Whether it spans all input. */
    public boolean whole() {
        return start == WindowTally.WHOLE_START;
    }

    /** The rows of a table; none if nothing was counted. */
    public ReportTable table(TableKey key, Side side) {
        KeyKind kind = key.kind();
        if (kind != KeyKind.FIELDS) {
            return table(kind, side);
        }
        KeyedRows rows = fields.get(field(key.id(), side));
        return new ReportTable(
                key,
                side,
                rows == null ? new KeyedRows(measures) : rows,
                null,
                keyed[index(KeyKind.ASN, side)]);
    }

    /** The rows of a table; none if nothing was counted. */
    public ReportTable table(KeyKind kind, Side side) {
        KeyedRows rows = keyed[index(kind, side)];
        return new ReportTable(
                kind == KeyKind.PREFIX ? TableKey.PREFIX : TableKey.ASN,
                side,
                rows == null ? new KeyedRows(measures) : rows,
                kind == KeyKind.PREFIX ? rests[side.ordinal()] : null,
                keyed[index(KeyKind.ASN, side)]);
    }

    /**
     * The exact sums of a side's flows as values of row 0: by AS, or by prefix where that is all.
     */
    public TallyRows total(Side side) {
        boolean byAsn = keyed[index(KeyKind.ASN, side)] != null;
        return table(byAsn ? KeyKind.ASN : KeyKind.PREFIX, side).total();
    }

    KeyedRows keyed(KeyKind kind, Side side) {
        int at = index(kind, side);
        KeyedRows rows = keyed[at];
        if (rows == null) {
            rows = new KeyedRows(measures);
            keyed[at] = rows;
        }
        return rows;
    }

    KeyedRows ofFields(int table, Side side) {
        return fields.computeIfAbsent(field(table, side), fresh -> new KeyedRows(measures));
    }

    private static long field(int table, Side side) {
        return (long) side.ordinal() << 32 | Integer.toUnsignedLong(table);
    }

    KeyedRows rest(Side side) {
        KeyedRows rows = rests[side.ordinal()];
        if (rows == null) {
            rows = new KeyedRows(measures);
            rests[side.ordinal()] = rows;
        }
        return rows;
    }

    void addAll(ReportWindow other) {
        other.fields.forEach(
                (table, from) ->
                        fields.computeIfAbsent(table, fresh -> new KeyedRows(measures))
                                .addAll(from));
        for (Side side : Side.values()) {
            KeyedRows from = other.rests[side.ordinal()];
            if (from != null) {
                rest(side).addAll(from);
            }
        }
        for (int at = 0; at < keyed.length; at++) {
            KeyedRows from = other.keyed[at];
            if (from != null) {
                KeyedRows to = keyed[at];
                if (to == null) {
                    to = new KeyedRows(measures);
                    keyed[at] = to;
                }
                to.addAll(from);
            }
        }
    }

    private static int index(KeyKind kind, Side side) {
        return kind.ordinal() * SIDES + side.ordinal();
    }
}
