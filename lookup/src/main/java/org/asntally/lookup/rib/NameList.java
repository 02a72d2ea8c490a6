package org.asntally.lookup.rib;

import java.util.Arrays;

/** AS names while a table is built; a later name of an AS replaces the earlier one. */
final class NameList {

    private int[] asns = new int[64];
    private int[] starts = new int[65];
    private byte[] text = new byte[1024];
    private int count;

    void add(int asn, byte[] utf8, int from, int to) {
        int length = to - from;
        if (count == asns.length) {
            asns = Arrays.copyOf(asns, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count + 1);
        }
        int start = starts[count];
        if (start + length > text.length) {
            text = Arrays.copyOf(text, Math.max(start + length, 2 * text.length));
        }
        System.arraycopy(utf8, from, text, start, length);
        asns[count++] = asn;
        starts[count] = start + length;
    }

    /** One name for each AS, ascending by number. */
    NameList sorted() {
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = (asns[i] ^ Integer.MIN_VALUE) * (1L << 32) | i;
        }
        Arrays.sort(keys);
        NameList sorted = new NameList();
        for (int i = 0; i < count; i++) {
            if (i + 1 < count && keys[i] >> 32 == keys[i + 1] >> 32) {
                continue;
            }
            int at = (int) keys[i];
            sorted.add(asns[at], text, starts[at], starts[at + 1]);
        }
        return sorted;
    }

    int count() {
        return count;
    }

    int[] asns() {
        return Arrays.copyOf(asns, count);
    }

    int[] starts() {
        return Arrays.copyOf(starts, count + 1);
    }

    byte[] text() {
        return Arrays.copyOf(text, starts[count]);
    }
}
