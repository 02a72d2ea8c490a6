package org.asntally.sinks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Leaves out rows that nobody will see: of those which it is given, the first ones in the order of
 * a report stay. What is shown of the first {@code most} rows does not change, as long as all rows
 * of a key come to one cut: a row that is among the first of all is among the first of any part.
 *
 * <p>One cut is {@link #TopCut(int, int) for reports}, of rows by prefix; the other is {@link
 * #ofTables for results}, of all tables. One thread; for one set of rows.
 */
public final class TopCut {

    /** Room is made as rows come: the most may be very many. */
    private static final int ROOM = 64;

    private final int most;
    private final int by;
    private final boolean isOfTables;
    private final TallyRows out;
    private final Map<Long, Top> tops = new LinkedHashMap<>();

    /**
     * A cut of rows by prefix: the others are added up in one row ({@link TallyRows#REST}) with
     * their number beside it ({@link TallyRows#REST_KEYS}). Rows of other kinds all stay.
     *
     * @param most rows by prefix that stay, of each side
     * @param measures how many values each row has; the first one, whole numbers, orders them
     */
    public TopCut(int most, int measures) {
        this(most, measures, 0, false);
    }

    private TopCut(int most, int measures, int by, boolean isOfTables) {
        this.most = most;
        this.by = by;
        this.isOfTables = isOfTables;
        this.out = new TallyRows(measures, ROOM);
    }

    /**
     * A cut of each table and side, highest first; counters all stay. Nothing stands for the rest.
     *
     * @param by the measure that orders rows
     */
    public static TopCut ofTables(int most, int measures, int by) {
        return new TopCut(most, measures, by, true);
    }

    /** Looks at rows; they must not change until {@link #rows} was called. */
    public void add(TallyRows rows) {
        // Most rows are of the table of the one before them.
        long table = 0;
        Top top = null;
        for (int row = 0; row < rows.size; row++) {
            if (!isCut(rows.kind(row))) {
                out.appendFrom(rows, row);
                continue;
            }
            long its = table(rows, row);
            if (top == null || its != table) {
                Side side = rows.side(row);
                table = its;
                top =
                        tops.computeIfAbsent(
                                its, of -> new Top(most, rows.measures, side, by, isOfTables));
            }
            top.offer(rows, row);
        }
    }

    private boolean isCut(KeyKind kind) {
        return isOfTables ? kind != KeyKind.COUNTER : kind == KeyKind.PREFIX;
    }

    /** The table and the side that a row belongs to, as one number. */
    public static long table(TallyRows rows, int row) {
        KeyKind kind = rows.kind(row);
        long key = kind == KeyKind.FIELDS ? Integer.toUnsignedLong(rows.asn(row)) : 0;
        return key << 16 | kind.ordinal() << 8 | rows.side(row).ordinal();
    }

    /** What stays, and the rest. */
    public TallyRows rows() {
        tops.values().forEach(top -> top.copyTo(out));
        return out;
    }

    /** A heap of rows where they lie, the last one in the report's order at its root. */
    private static final class Top {
        private final int most;
        private final Side side;
        private final int by;
        private final boolean isSorted;
        private final TallyRows rest;
        private TallyRows[] rows;
        private int[] at;
        private int size;
        private long restKeys;

        Top(int most, int measures, Side side, int by, boolean isSorted) {
            this.most = most;
            this.side = side;
            this.by = by;
            this.isSorted = isSorted;
            this.rows = new TallyRows[Math.min(most, ROOM)];
            this.at = new int[rows.length];
            this.rest = new TallyRows(measures, 1);
            rest.append(0, 0, 0, 0, 0, 0);
        }

        void offer(TallyRows from, int row) {
            if (size == rows.length && size < most) {
                int room = (int) Math.min(most, 2L * size);
                rows = Arrays.copyOf(rows, room);
                at = Arrays.copyOf(at, room);
            }
            if (size < most) {
                int child = size++;
                while (child > 0 && above(rows[(child - 1) / 2], at[(child - 1) / 2], from, row)) {
                    rows[child] = rows[(child - 1) / 2];
                    at[child] = at[(child - 1) / 2];
                    child = (child - 1) / 2;
                }
                rows[child] = from;
                at[child] = row;
            } else if (size > 0 && above(from, row, rows[0], at[0])) {
                leave(rows[0], at[0]);
                sink(from, row);
            } else {
                leave(from, row);
            }
        }

        private void leave(TallyRows from, int row) {
            restKeys++;
            rest.merge(0, from, row);
        }

        private void sink(TallyRows from, int row) {
            int place = 0;
            for (int child = 1; child < size; child = 2 * place + 1) {
                if (child + 1 < size
                        && above(rows[child], at[child], rows[child + 1], at[child + 1])) {
                    child++;
                }
                if (!above(from, row, rows[child], at[child])) {
                    break;
                }
                rows[place] = rows[child];
                at[place] = at[child];
                place = child;
            }
            rows[place] = from;
            at[place] = row;
        }

        private boolean above(TallyRows rowsA, int a, TallyRows rowsB, int b) {
            if (rowsA.exact(a, by) == null && rowsB.exact(b, by) == null) {
                if (rowsA.sums[by][a] != rowsB.sums[by][b]) {
                    return rowsA.sums[by][a] > rowsB.sums[by][b];
                }
            } else if (rowsA.value(a, by) != rowsB.value(b, by)) {
                return rowsA.value(a, by) > rowsB.value(b, by);
            }
            return RowOrder.firstOfEqual(rowsA, a, rowsB, b);
        }

        void copyTo(TallyRows out) {
            if (isSorted) {
                copySorted(out);
                return;
            }
            for (int i = 0; i < size; i++) {
                out.appendFrom(rows[i], at[i]);
            }
            if (restKeys > 0) {
                int tag = TallyRows.tag(KeyKind.PREFIX, side, false, TallyRows.REST);
                out.merge(out.append(tag, 0, 0, 0, 0, Long.MAX_VALUE), rest, 0);
                int keys = TallyRows.tag(KeyKind.PREFIX, side, false, TallyRows.REST_KEYS);
                out.add(out.append(keys, 0, 0, 0, 0, Long.MAX_VALUE), 0, restKeys);
            }
        }

        private void copySorted(TallyRows out) {
            Integer[] order = new Integer[size];
            Arrays.setAll(order, place -> place);
            // No two rows are equal in this order: their keys differ.
            Arrays.sort(
                    order,
                    (a, b) -> a.equals(b) ? 0 : above(rows[a], at[a], rows[b], at[b]) ? -1 : 1);
            for (int place : order) {
                out.appendFrom(rows[place], at[place]);
            }
        }
    }
}
