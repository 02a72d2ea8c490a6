package org.asntally.job.tally;

import java.util.Arrays;

/**
 * Sums by the bytes of a key: each different key has a number, in the order of first sight, under
 * which {@link #sums} has it. One window, one version of the table, one side, one key. One thread.
 *
 * <p>Keys may be chosen by an enemy, so their hash is seeded.
 */
final class KeyTally {

    /** More keys than any table holds before it is emptied. */
    private static final int MOST = 1 << 21;

    private static final long SEED = System.nanoTime() | 1;

    private final RouteTally sums;
    private int[] slots = new int[256];
    private int[] hashes = new int[64];
    private int[] ends = new int[64];
    private byte[] bytes = new byte[1024];
    private int size;

    KeyTally(int measures, int generosity) {
        sums = new RouteTally(MOST, measures, generosity);
    }

    RouteTally sums() {
        return sums;
    }

    /** The number of a key; a new one when it was not seen before. */
    int number(byte[] key, int length) {
        int hash = (int) hash(SEED, key, 0, length);
        int mask = slots.length - 1;
        int at = hash & mask;
        for (int entry = slots[at]; entry != 0; entry = slots[at]) {
            int known = entry - 1;
            if (hashes[known] == hash
                    && Arrays.equals(bytes, start(known), ends[known], key, 0, length)) {
                return known;
            }
            at = (at + 1) & mask;
        }
        add(key, length, hash);
        slots[at] = size;
        if (2 * size > slots.length) {
            widen();
        }
        return size - 1;
    }

    private void add(byte[] key, int length, int hash) {
        int begin = size == 0 ? 0 : ends[size - 1];
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        if (begin + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, begin + length));
        }
        System.arraycopy(key, 0, bytes, begin, length);
        hashes[size] = hash;
        ends[size++] = begin + length;
    }

    private void widen() {
        int[] wide = new int[4 * slots.length];
        for (int known = 0; known < size; known++) {
            int at = hashes[known] & (wide.length - 1);
            while (wide[at] != 0) {
                at = (at + 1) & (wide.length - 1);
            }
            wide[at] = known + 1;
        }
        slots = wide;
    }

    private int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    /** The bytes of a key. */
    byte[] key(int number) {
        return Arrays.copyOfRange(bytes, start(number), ends[number]);
    }

    /** Forgets all keys, keeps its memory. */
    void clear() {
        sums.clear();
        Arrays.fill(slots, 0);
        size = 0;
    }

    /** Of a seed and bytes; the same on every machine and in every release. */
    static long hash(long seed, byte[] key, int from, int to) {
        long hash = seed ^ (to - from) * 0x9E3779B97F4A7C15L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ (key[i] & 0xff)) * 0xC2B2AE3D27D4EB4FL;
            hash ^= hash >>> 29;
        }
        hash *= 0x165667B19E3779F9L;
        return hash ^ hash >>> 32;
    }
}
