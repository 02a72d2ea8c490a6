package org.asntally.sinks;

import org.jspecify.annotations.Nullable;

/**
 * Leaves out rows by prefix that no report will show: of those which it is given, the first ones in
 * the report's order stay, and the others are added up in one row ({@link TallyRows#REST}) with
 * their number beside it ({@link TallyRows#REST_KEYS}). Rows of other kinds all stay. What is shown
 * of the first {@code most} rows does not change, as long as all rows of a key come to one cut: a
 * row that is among the first of all is among the first of any part.
 *
 * <p>For whole numbers in one measure. One thread; for one set of rows.
 */
public final class TopCut {

    private final int most;
    private final TallyRows out;
    private final @Nullable Top[] tops = new Top[Side.values().length];

    /**
     * A cut.
     *
     * @param most rows by prefix that stay, of each side
     * @param measures how many values each row has; the first one orders them
     */
    public TopCut(int most, int measures) {
        this.most = most;
        this.out = new TallyRows(measures, 64);
    }

    /** Looks at rows; they must not change until {@link #rows} was called. */
    public void add(TallyRows rows) {
        for (int row = 0; row < rows.size; row++) {
            if (rows.kind(row) != KeyKind.PREFIX) {
                out.appendFrom(rows, row);
                continue;
            }
            int side = rows.side(row).ordinal();
            Top top = tops[side];
            if (top == null) {
                top = new Top(most, rows.measures, rows.side(row));
                tops[side] = top;
            }
            top.offer(rows, row);
        }
    }

    /** What stays, and the rest. */
    public TallyRows rows() {
        for (Top top : tops) {
            if (top != null) {
                top.copyTo(out);
            }
        }
        return out;
    }

    /** A heap of rows where they lie, the last one in the report's order at its root. */
    private static final class Top {
        private final Side side;
        private final TallyRows[] rows;
        private final int[] at;
        private final TallyRows rest;
        private int size;
        private long restKeys;

        Top(int most, int measures, Side side) {
            this.side = side;
            this.rows = new TallyRows[most];
            this.at = new int[most];
            this.rest = new TallyRows(measures, 1);
            rest.append(0, 0, 0, 0, 0, 0);
        }

        void offer(TallyRows from, int row) {
            if (size < rows.length) {
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

        private static boolean above(TallyRows rowsA, int a, TallyRows rowsB, int b) {
            if (rowsA.exact(a, 0) == null && rowsB.exact(b, 0) == null) {
                if (rowsA.sums[0][a] != rowsB.sums[0][b]) {
                    return rowsA.sums[0][a] > rowsB.sums[0][b];
                }
            } else if (rowsA.value(a, 0) != rowsB.value(b, 0)) {
                return rowsA.value(a, 0) > rowsB.value(b, 0);
            }
            return RowOrder.firstOfEqual(rowsA, a, rowsB, b);
        }

        void copyTo(TallyRows out) {
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
    }
}
