package org.asntally.sinks;

import java.util.Arrays;

/**
 * Rows of which each key is there once: the versions of the table that attributed them are no part
 * of it. No object per row.
 */
final class KeyedRows {

    final TallyRows rows;
    private int[] slots;

    KeyedRows(int measures) {
        rows = new TallyRows(measures, 64);
        slots = empty(128);
    }

    private static int[] empty(int size) {
        int[] slots = new int[size];
        Arrays.fill(slots, -1);
        return slots;
    }

    /** Adds a row's values to those of its key. */
    void add(int tag, long high, long low, int asn, TallyRows from, int fromRow) {
        int slot = slot(tag, high, low, asn);
        int row = slots[slot];
        if (row < 0) {
            row = rows.append(tag, 0, high, low, asn, from.firsts[fromRow]);
            slots[slot] = row;
            if (2 * rows.size > slots.length) {
                rehash();
            }
        }
        byte[] name = from.name(fromRow);
        byte[] known = rows.name(row);
        rows.merge(row, from, fromRow);
        // Two tables may name an AS differently; the order in which they come must not matter.
        if (name != null && known != null && Arrays.compareUnsigned(name, known) < 0) {
            rows.name(row, name);
        }
    }

    /** The row of a key, or -1. */
    int find(int tag, long high, long low, int asn) {
        return slots[slot(tag, high, low, asn)];
    }

    private int slot(int tag, long high, long low, int asn) {
        int mask = slots.length - 1;
        int slot = TallyRows.hash(tag, 0, high, low, asn) & mask;
        for (int row = slots[slot]; row >= 0; row = slots[slot]) {
            if (rows.lows[row] == low
                    && rows.highs[row] == high
                    && rows.tags[row] == tag
                    && rows.asns[row] == asn) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void rehash() {
        slots = empty(4 * slots.length);
        int mask = slots.length - 1;
        for (int row = 0; row < rows.size; row++) {
            int slot = rows.hash(row) & mask;
            while (slots[slot] >= 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = row;
        }
    }
}
