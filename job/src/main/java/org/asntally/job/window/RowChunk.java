package org.asntally.job.window;

import org.asntally.sinks.TallyRows;

/**
 * Some hundred rows of keyed state, found by key. The index is made when it is first needed and is
 * not stored.
 */
final class RowChunk {

    private final TallyRows rows;
    private int[] index = new int[0];

    RowChunk(TallyRows rows) {
        this.rows = rows;
    }

    TallyRows rows() {
        return rows;
    }

    /** Adds a partial row to the row of its key. Gives 1 when the key is new, else 0. */
    int merge(TallyRows partial, int row, int hash) {
        if (4 * rows.size() >= 3 * index.length) {
            rebuild(rows.size() + 1);
        }
        int mask = index.length - 1;
        int at = (hash >>> 7) & mask;
        while (index[at] != 0) {
            int known = index[at] - 1;
            if (rows.sameKey(known, partial, row)) {
                rows.merge(known, partial, row);
                return 0;
            }
            at = (at + 1) & mask;
        }
        rows.appendFrom(partial, row);
        index[at] = rows.size();
        return 1;
    }

    /** Whether the key of a partial row is here. */
    boolean has(TallyRows partial, int row, int hash) {
        if (4 * rows.size() >= 3 * index.length) {
            rebuild(rows.size() + 1);
        }
        int mask = index.length - 1;
        for (int at = (hash >>> 7) & mask; index[at] != 0; at = (at + 1) & mask) {
            if (rows.sameKey(index[at] - 1, partial, row)) {
                return true;
            }
        }
        return false;
    }

    /** Makes room in the index for so many rows that are to come. */
    void expect(int more) {
        int expected = rows.size() + more;
        if (4 * expected >= 3 * index.length) {
            rebuild(expected);
        }
    }

    private void rebuild(int expected) {
        int length = 64;
        while (length < 2 * expected) {
            length *= 2;
        }
        index = new int[length];
        for (int row = 0; row < rows.size(); row++) {
            int at = (rows.hash(row) >>> 7) & (length - 1);
            while (index[at] != 0) {
                at = (at + 1) & (length - 1);
            }
            index[at] = row + 1;
        }
    }

    RowChunk copy() {
        return new RowChunk(rows.copy());
    }
}
