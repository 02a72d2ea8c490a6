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
 * cells  long[]  pairs of 64 bits and the number of set bits before them: 2^18 pairs for 2^24
 *                networks /24, then 4 pairs for each refined /24
 * runs   int[]   answers: a route, -1 for none, or -2 - k for refined /24 number k
 * </pre>
 *
 * <p>Two loads depend on each other, against one in DIR-24-8, but all of it takes some 10 MB for a
 * million routes, not 70, so it stays in the caches and needs no building: it is used where it lies
 * in the file, or from a copy on the heap, which is faster. Immutable; any number of threads.
 */
public final class Ipv4Table {

    /** Words of the first level. */
    static final int FIRST = 1 << 18;

    /** So much is checked at a time; a divisor of the first level's size. */
    static final int PIECE = 1 << 12;

    private final LongBuffer cells;
    private final IntBuffer runs;
    // The same as arrays, where it is on the heap.
    private final long @Nullable [] cellArray;
    private final int @Nullable [] runArray;

    private Ipv4Table(LongBuffer cells, IntBuffer runs) {
        this.cells = cells;
        this.runs = runs;
        this.cellArray = null;
        this.runArray = null;
    }

    private Ipv4Table(long[] cells, int[] runs) {
        this.cells = LongBuffer.wrap(cells);
        this.runs = IntBuffer.wrap(runs);
        this.cellArray = cells;
        this.runArray = runs;
    }

    /** A table over what {@link #cells} and {@link #runs} once gave. */
    public static Ipv4Table over(LongBuffer cells, IntBuffer runs) {
        return new Ipv4Table(cells, runs);
    }

    /** The same table, copied to the heap if it is not there. */
    public Ipv4Table onHeap() {
        if (cellArray != null) {
            return this;
        }
        long[] allCells = new long[cells.limit()];
        cells.get(0, allCells);
        int[] allRuns = new int[runs.limit()];
        runs.get(0, allRuns);
        return new Ipv4Table(allCells, allRuns);
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
        long[] cells = new long[2 * words.length];
        int rank = 0;
        for (int word = 0; word < words.length; word++) {
            cells[2 * word] = words[word];
            cells[2 * word + 1] = rank;
            rank += Long.bitCount(words[word]);
        }
        return new Ipv4Table(cells, runs);
    }

    /** Whether the last run is a refined /24, which says nothing about the /24 behind it. */
    private static boolean needsRestart(int[] runs, int count) {
        return count > 0 && runs[count - 1] < -1;
    }

    /** The index of the route with the longest prefix that holds the address, or -1. */
    public int route(int address) {
        return cellArray != null && runArray != null
                ? route(cellArray, runArray, address)
                : mapped(address);
    }

    private static int route(long[] cells, int[] runs, int address) {
        int slot = address >>> 8;
        int cell = slot >>> 6 << 1;
        int run = runs[(int) cells[cell + 1] + Long.bitCount(cells[cell] << ~slot) - 1];
        return run >= -1 ? run : refined(cells, runs, run, address);
    }

    private static int refined(long[] cells, int[] runs, int run, int address) {
        int cell = 2 * (FIRST + 4 * (-2 - run) + (address >>> 6 & 3));
        return runs[(int) cells[cell + 1] + Long.bitCount(cells[cell] << ~address) - 1];
    }

    private int mapped(int address) {
        int slot = address >>> 8;
        int run = mapped(slot >>> 6 << 1, slot);
        return run >= -1
                ? run
                : mapped(2 * (FIRST + 4 * (-2 - run) + (address >>> 6 & 3)), address);
    }

    private int mapped(int cell, int bit) {
        return runs.get((int) cells.get(cell + 1) + Long.bitCount(cells.get(cell) << ~bit) - 1);
    }

    /** {@link #route} of many addresses. */
    public void routes(int[] addresses, int count, int[] routes) {
        long[] onHeap = cellArray;
        int[] answers = runArray;
        if (onHeap != null && answers != null) {
            for (int i = 0; i < count; i++) {
                routes[i] = route(onHeap, answers, addresses[i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                routes[i] = mapped(addresses[i]);
            }
        }
    }

    /**
     * What could make a lookup fail, in words, or null.
     *
     * @param routes the answers must be below
     */
    public @Nullable String damage(int routes) {
        int n = cells.limit() / 2;
        if (n < FIRST || (n & 3) != 0 || 2 * n != cells.limit()) {
            return "its IPv4 lookup bits are of the wrong size";
        }
        // On copies, a piece at a time: a loop over an array is compiled sooner.
        long[] cell = new long[PIECE];
        long rank = 0;
        long upper = -1;
        for (int at = 0; at < 2 * n; at += PIECE) {
            int count = Math.min(PIECE, 2 * n - at);
            cells.get(at, cell, 0, count);
            if (at == 2 * FIRST) {
                upper = rank;
            }
            rank = ranked(cell, count, at, rank);
            if (rank < 0) {
                return "its IPv4 lookup bits or ranks are wrong";
            }
        }
        if (rank != runs.limit()) {
            return "its IPv4 lookup answers are of the wrong number";
        }
        int lowest = -1 - (n - FIRST) / 4;
        int refinedFrom = (int) (upper < 0 ? rank : upper);
        return answered(0, refinedFrom, lowest, routes)
                        && answered(refinedFrom, (int) rank, -1, routes)
                ? null
                : "an IPv4 lookup answer is no route";
    }

    /** The rank behind these words, or -1 when one is wrong or some addresses have no answer. */
    private static long ranked(long[] cell, int count, int at, long before) {
        long rank = before;
        for (int i = 0; i < count; i += 2) {
            long word = cell[i];
            int index = (at + i) >> 1;
            boolean begins = index == 0 || (index >= FIRST && (index & 3) == 0);
            if (cell[i + 1] != rank || (begins && (word & 1) == 0)) {
                return -1;
            }
            rank += Long.bitCount(word);
        }
        return rank;
    }

    private boolean answered(int from, int to, int lowest, int routes) {
        int[] answers = new int[PIECE];
        for (int at = from; at < to; at += PIECE) {
            int count = Math.min(PIECE, to - at);
            runs.get(at, answers, 0, count);
            if (!within(answers, count, lowest, routes)) {
                return false;
            }
        }
        return true;
    }

    static boolean within(int[] answers, int count, int lowest, int routes) {
        for (int i = 0; i < count; i++) {
            if (answers[i] >= routes || answers[i] < lowest) {
                return false;
            }
        }
        return true;
    }

    /** The bits and ranks, for writing. */
    public LongBuffer cells() {
        return cells.duplicate();
    }

    /** The answers, for writing. */
    public IntBuffer runs() {
        return runs.duplicate();
    }
}
