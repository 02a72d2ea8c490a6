package org.asntally.sinks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of which each key is there once: the version of the table that attributed them is no part of
 * it. Rows lie in pages, so that growing copies none; no object per row. Half a million rows take
 * some 40 MB.
 */
final class KeyedRows {

    private static final int BITS = 12;
    private static final int PAGE = 1 << BITS;

    private final int measures;
    private final List<TallyRows> pages = new ArrayList<>();
    private TallyRows last;
    private int size;
    // Hash in the upper, row number in the lower half: most probes need no look at the rows.
    private long[] slots;

    KeyedRows(int measures) {
        this.measures = measures;
        last = new TallyRows(measures, 64);
        pages.add(last);
        slots = empty(256);
    }

    private static long[] empty(int size) {
        long[] slots = new long[size];
        Arrays.fill(slots, -1);
        return slots;
    }

    int size() {
        return size;
    }

    int measures() {
        return measures;
    }

    /** The page that a row lies on. */
    TallyRows page(int row) {
        return pages.get(row >>> BITS);
    }

    /** The number of a row on its page. */
    static int at(int row) {
        return row & (PAGE - 1);
    }

    /** All pages in order. */
    List<TallyRows> pages() {
        return pages;
    }

    /** Adds a row's values to those of its key. */
    void add(int tag, long high, long low, int asn, TallyRows from, int fromRow) {
        int hash = TallyRows.hash(tag, 0, high, low, asn);
        byte[] fields = TallyRows.isNameOfKey(tag) ? from.name(fromRow) : null;
        int slot = slot(hash, tag, high, low, asn, fields);
        long entry = slots[slot];
        if (entry == -1) {
            slots[slot] = (long) hash << 32 | size;
            append(tag, high, low, asn, from, fromRow);
            if (8L * size > 5L * slots.length) {
                rehash();
            }
        } else {
            merge(page((int) entry), at((int) entry), from, fromRow);
        }
    }

    private void append(int tag, long high, long low, int asn, TallyRows from, int fromRow) {
        TallyRows page = last;
        if (page.size == PAGE) {
            page = new TallyRows(measures, PAGE);
            pages.add(page);
            last = page;
        }
        int row = page.append(tag, 0, high, low, asn, from.firsts[fromRow]);
        for (int m = 0; m < measures; m++) {
            page.sums[m][row] = from.sums[m][fromRow];
            ExactSum exact = from.exact(fromRow, m);
            if (exact != null) {
                page.add(row, m, exact);
            }
        }
        if (from.names != null) {
            page.name(row, from.names[fromRow]);
        }
        size++;
    }

    private static void merge(TallyRows page, int row, TallyRows from, int fromRow) {
        byte[] name = from.name(fromRow);
        byte[] known = page.name(row);
        page.merge(row, from, fromRow);
        // Two tables may name an AS differently; the order in which they come must not matter.
        if (name != null && known != null && Arrays.compareUnsigned(name, known) < 0) {
            page.name(row, name);
        }
    }

    /** Adds all rows of another one. */
    void addAll(KeyedRows other) {
        for (TallyRows page : other.pages) {
            for (int row = 0; row < page.size; row++) {
                add(page.tags[row], page.highs[row], page.lows[row], page.asns[row], page, row);
            }
        }
    }

    /** The name of a key, null if it has none or is not there. */
    byte @Nullable [] name(int tag, long high, long low, int asn) {
        int hash = TallyRows.hash(tag, 0, high, low, asn);
        long entry = slots[slot(hash, tag, high, low, asn, null)];
        return entry == -1 ? null : page((int) entry).name(at((int) entry));
    }

    private int slot(int hash, int tag, long high, long low, int asn, byte @Nullable [] fields) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        for (long entry = slots[slot]; entry != -1; entry = slots[slot]) {
            if ((int) (entry >>> 32) == hash && isAt((int) entry, tag, high, low, asn, fields)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean isAt(int row, int tag, long high, long low, int asn, byte @Nullable [] fields) {
        TallyRows page = page(row);
        int at = at(row);
        return page.lows[at] == low
                && page.highs[at] == high
                && page.tags[at] == tag
                && page.asns[at] == asn
                && (!TallyRows.isNameOfKey(tag) || Arrays.equals(page.name(at), fields));
    }

    private void rehash() {
        long[] old = slots;
        long[] wide = empty(old.length < 1 << 20 ? 4 * old.length : 2 * old.length);
        int mask = wide.length - 1;
        for (long entry : old) {
            if (entry != -1) {
                int slot = (int) (entry >>> 32) & mask;
                while (wide[slot] != -1) {
                    slot = (slot + 1) & mask;
                }
                wide[slot] = entry;
            }
        }
        slots = wide;
    }
}
