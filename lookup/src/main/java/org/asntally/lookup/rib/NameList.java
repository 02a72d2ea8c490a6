package org.asntally.lookup.rib;

import java.util.Arrays;

/** AS names while a table is built; a later name of an AS replaces the earlier one. */
final class NameList {

    /** Eight times as many as ASes are in use. */
    static final int MOST = 1 << 20;

    /** Bytes of all names, replaced ones too. */
    private static final int MOST_TEXT = 1 << 26;

    private int[] asns = new int[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private byte[] text = new byte[1024];
    private int count;
    private int used;
    private boolean full;

    /** Places in the above, plus 1; 0 is free. */
    private int[] slots = new int[256];

    void add(int asn, byte[] utf8, int from, int to) {
        int slot = slot(asn);
        int at = slots[slot] - 1;
        boolean known = at >= 0;
        if (known && Arrays.equals(text, starts[at], ends[at], utf8, from, to)) {
            return;
        }
        int length = to - from;
        if (used + length > MOST_TEXT || (!known && count == MOST)) {
            full = true;
            return;
        }
        if (used + length > text.length) {
            text = Arrays.copyOf(text, Math.max(used + length, 2 * text.length));
        }
        if (!known) {
            at = newName(asn, slot);
        }
        System.arraycopy(utf8, from, text, used, length);
        starts[at] = used;
        used += length;
        ends[at] = used;
    }

    private int newName(int asn, int slot) {
        if (count == asns.length) {
            asns = Arrays.copyOf(asns, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        asns[count] = asn;
        slots[slot] = ++count;
        if (2 * count > slots.length) {
            slots = new int[2 * slots.length];
            for (int i = 0; i < count; i++) {
                slots[slot(asns[i])] = i + 1;
            }
        }
        return count - 1;
    }

    /** Where an AS stands, or may stand. */
    private int slot(int asn) {
        int slot = (asn * 0x9e3779b1) >>> 7;
        while (true) {
            slot &= slots.length - 1;
            int at = slots[slot] - 1;
            if (at < 0 || asns[at] == asn) {
                return slot;
            }
            slot++;
        }
    }

    /** Whether names were left out. */
    boolean isFull() {
        return full;
    }

    Sorted sorted() {
        long[] keys = new long[count];
        int length = 0;
        for (int i = 0; i < count; i++) {
            keys[i] = (asns[i] ^ Integer.MIN_VALUE) * (1L << 32) | i;
            length += ends[i] - starts[i];
        }
        Arrays.sort(keys);
        int[] sortedAsns = new int[count];
        int[] sortedStarts = new int[count + 1];
        byte[] sortedText = new byte[length];
        for (int i = 0; i < count; i++) {
            int at = (int) keys[i];
            int size = ends[at] - starts[at];
            sortedAsns[i] = asns[at];
            System.arraycopy(text, starts[at], sortedText, sortedStarts[i], size);
            sortedStarts[i + 1] = sortedStarts[i] + size;
        }
        return new Sorted(sortedAsns, sortedStarts, sortedText);
    }

    /** The names, ascending by number. */
    static final class Sorted {

        final int[] asns;

        /** One more than there are names. */
        final int[] starts;

        final byte[] text;

        Sorted(int[] asns, int[] starts, byte[] text) {
            this.asns = asns;
            this.starts = starts;
            this.text = text;
        }
    }
}
