package org.asntally.lookup.lpm;

import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Longest-prefix match for IPv4: one bit for each /24, set where the answer differs from the /24
 * before; the number of set bits up to an address is the index of its answer. A /24 that holds
 * longer prefixes has four more words, one bit for each address.
 *
 * <pre>
 * words  long[]  bits: 2^18 words for 2^24 networks /24, then 4 words for each refined /24
 * ranks  int[]   set bits before each word
 * runs   int[]   answers: a route, -1 for none, or -2 - k for refined /24 number k
 * </pre>
 *
 * <p>Two loads depend on each other, against one in DIR-24-8, but all of it takes some 10 MB for a
 * million routes, not 70, so it stays in the caches and needs no building: it is used where it lies
 * in the file. Immutable; any number of threads.
 */
public final class Ipv4Table {

    /** Words of the first level. */
    static final int FIRST = 1 << 18;

    private final LongBuffer words;
    private final IntBuffer ranks;
    private final IntBuffer runs;

    private Ipv4Table(LongBuffer words, IntBuffer ranks, IntBuffer runs) {
        this.words = words;
        this.ranks = ranks;
        this.runs = runs;
    }

    /** A table over arrays that {@link #words}, {@link #ranks} and {@link #runs} once gave. */
    public static Ipv4Table over(LongBuffer words, IntBuffer ranks, IntBuffer runs) {
        return new Ipv4Table(words, ranks, runs);
    }

    /**
     * The table of these routes.
     *
     * @param addresses network addresses in ascending unsigned order, of equal ones the shorter
     *     prefix first, no two equal
     */
    public static Ipv4Table of(int[] addresses, byte[] lengths, int count) {
        Ranges4 ranges = Ranges4.of(addresses, lengths, count);
        int n = ranges.count();
        int refined = 0;
        long lastRefined = -1;
        for (int i = 0; i < n; i++) {
            long slot = ranges.start(i) >>> 8;
            if ((ranges.start(i) & 0xff) != 0 && slot != lastRefined) {
                lastRefined = slot;
                refined++;
            }
        }
        long[] words = new long[FIRST + 4 * refined];
        // A refined /24 adds itself, its first address and the /24 behind it.
        int[] upper = new int[n + refined + 2];
        int[] lower = new int[n + refined + 2];
        int uppers = 0;
        int lowers = 0;
        int block = 0;
        int inForce = -1;
        long next = 0;
        int i = 0;
        while (i < n) {
            long slot = ranges.start(i) >>> 8;
            if (slot > next && needsRestart(upper, uppers)) {
                words[(int) (next >>> 6)] |= 1L << next;
                upper[uppers++] = inForce;
            }
            int last = i;
            while (last + 1 < n && ranges.start(last + 1) >>> 8 == slot) {
                last++;
            }
            words[(int) (slot >>> 6)] |= 1L << slot;
            if (last == i && (ranges.start(i) & 0xff) == 0) {
                upper[uppers++] = ranges.route(i);
            } else {
                upper[uppers++] = -2 - block;
                int first = FIRST + 4 * block;
                if ((ranges.start(i) & 0xff) != 0) {
                    words[first] |= 1;
                    lower[lowers++] = inForce;
                }
                for (int j = i; j <= last; j++) {
                    int address = (int) ranges.start(j) & 0xff;
                    words[first + (address >>> 6)] |= 1L << address;
                    lower[lowers++] = ranges.route(j);
                }
                block++;
            }
            inForce = ranges.route(last);
            next = slot + 1;
            i = last + 1;
        }
        if (next < 1 << 24 && needsRestart(upper, uppers)) {
            words[(int) (next >>> 6)] |= 1L << next;
            upper[uppers++] = inForce;
        }
        int[] runs = Arrays.copyOf(upper, uppers + lowers);
        System.arraycopy(lower, 0, runs, uppers, lowers);
        int[] ranks = new int[words.length];
        int rank = 0;
        for (int word = 0; word < words.length; word++) {
            ranks[word] = rank;
            rank += Long.bitCount(words[word]);
        }
        return new Ipv4Table(LongBuffer.wrap(words), IntBuffer.wrap(ranks), IntBuffer.wrap(runs));
    }

    /** Whether the last run is a refined /24, which says nothing about the /24 behind it. */
    private static boolean needsRestart(int[] runs, int count) {
        return count > 0 && runs[count - 1] < -1;
    }

    /** The index of the route with the longest prefix that holds the address, or -1. */
    public int route(int address) {
        int slot = address >>> 8;
        int word = slot >>> 6;
        int run = runs.get(ranks.get(word) + Long.bitCount(words.get(word) << ~slot) - 1);
        return run >= -1 ? run : refined(run, address);
    }

    private int refined(int run, int address) {
        int word = FIRST + 4 * (-2 - run) + (address >>> 6 & 3);
        return runs.get(ranks.get(word) + Long.bitCount(words.get(word) << ~address) - 1);
    }

    /** {@link #route} of many addresses. */
    public void routes(int[] addresses, int count, int[] routes) {
        for (int i = 0; i < count; i++) {
            routes[i] = route(addresses[i]);
        }
    }

    /**
     * What could make a lookup fail, in words, or null.
     *
     * @param routes the answers must be below
     */
    public @Nullable String damage(int routes) {
        int n = words.limit();
        if (n < FIRST || (n & 3) != 0 || ranks.limit() != n) {
            return "its IPv4 lookup bits are of the wrong size";
        }
        long rank = 0;
        int upper = 0;
        for (int i = 0; i < n; i++) {
            if (i == FIRST) {
                upper = (int) rank;
            }
            long word = words.get(i);
            if (ranks.get(i) != rank) {
                return "its IPv4 lookup ranks are wrong";
            }
            if ((i == 0 || (i >= FIRST && (i & 3) == 0)) && (word & 1) == 0) {
                return "its IPv4 lookup has no answer for some addresses";
            }
            rank += Long.bitCount(word);
        }
        if (n == FIRST) {
            upper = (int) rank;
        }
        if (rank != runs.limit()) {
            return "its IPv4 lookup answers are of the wrong number";
        }
        int lowest = -1 - (n - FIRST) / 4;
        for (int i = 0; i < rank; i++) {
            int run = runs.get(i);
            if (run >= routes || run < (i < upper ? lowest : -1)) {
                return "an IPv4 lookup answer is no route";
            }
        }
        return null;
    }

    /** The bits, for writing; positioned at the first. */
    public LongBuffer words() {
        return words.duplicate();
    }

    /** The set bits before each word, for writing. */
    public IntBuffer ranks() {
        return ranks.duplicate();
    }

    /** The answers, for writing. */
    public IntBuffer runs() {
        return runs.duplicate();
    }
}
