package org.asntally.lookup.rib;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Ranges of one family while a table is built, and what remains of each where they overlap: the
 * narrower one wins, of equal ones the later.
 */
final class RangeList {

    /** Takes a piece of a range; pieces come in order and do not overlap. */
    interface Pieces {
        void piece(long firstHigh, long firstLow, long lastHigh, long lastLow, int range);
    }

    int count;
    long[] firstHigh = new long[64];
    long[] firstLow = new long[64];
    long[] lastHigh = new long[64];
    long[] lastLow = new long[64];
    int[] asns = new int[64];
    int[] lines = new int[64];
    short[] files = new short[64];
    short[] countries = new short[64];

    void add(
            long firstHigh,
            long firstLow,
            long lastHigh,
            long lastLow,
            int asn,
            int country,
            int line,
            int file) {
        if (count == asns.length) {
            grow(count + (count >> 1));
        }
        this.firstHigh[count] = firstHigh;
        this.firstLow[count] = firstLow;
        this.lastHigh[count] = lastHigh;
        this.lastLow[count] = lastLow;
        asns[count] = asn;
        countries[count] = (short) country;
        lines[count] = line;
        files[count++] = (short) file;
    }

    private void grow(int capacity) {
        firstHigh = Arrays.copyOf(firstHigh, capacity);
        firstLow = Arrays.copyOf(firstLow, capacity);
        lastHigh = Arrays.copyOf(lastHigh, capacity);
        lastLow = Arrays.copyOf(lastLow, capacity);
        asns = Arrays.copyOf(asns, capacity);
        lines = Arrays.copyOf(lines, capacity);
        files = Arrays.copyOf(files, capacity);
        countries = Arrays.copyOf(countries, capacity);
    }

    static int compare(long highA, long lowA, long highB, long lowB) {
        int order = Long.compareUnsigned(highA, highB);
        return order != 0 ? order : Long.compareUnsigned(lowA, lowB);
    }

    /** The indexes by first address. */
    private int[] sorted() {
        return IndexSort.sorted(
                count, (a, b) -> compare(firstHigh[a], firstLow[a], firstHigh[b], firstLow[b]));
    }

    /** The narrower first, of equal ones the later. */
    private int byWidth(int a, int b) {
        long lowA = lastLow[a] - firstLow[a];
        long lowB = lastLow[b] - firstLow[b];
        long highA =
                lastHigh[a]
                        - firstHigh[a]
                        - (Long.compareUnsigned(lastLow[a], firstLow[a]) < 0 ? 1 : 0);
        long highB =
                lastHigh[b]
                        - firstHigh[b]
                        - (Long.compareUnsigned(lastLow[b], firstLow[b]) < 0 ? 1 : 0);
        int order = compare(highA, lowA, highB, lowB);
        return order != 0 ? order : b - a;
    }

    /** Gives out what remains of the ranges. */
    void pieces(Pieces pieces) {
        new Sweep(pieces).run(sorted());
    }

    /** Goes from left to right with the ranges that hold the current address. */
    private final class Sweep {

        private final Pieces pieces;
        private final PriorityQueue<Integer> open = new PriorityQueue<>(RangeList.this::byWidth);
        private long high;
        private long low;
        // The piece that may go on: from (fromHigh, fromLow) to before (high, low).
        private int current = -1;
        private long fromHigh;
        private long fromLow;

        Sweep(Pieces pieces) {
            this.pieces = pieces;
        }

        void run(int[] order) {
            int next = 0;
            while (next < order.length || !open.isEmpty()) {
                if (open.isEmpty()) {
                    flush();
                    high = firstHigh[order[next]];
                    low = firstLow[order[next]];
                }
                while (next < order.length && isAt(order[next])) {
                    open.add(order[next++]);
                }
                Integer narrowest = open.peek();
                if (narrowest == null) {
                    continue;
                }
                int range = narrowest;
                if (compare(lastHigh[range], lastLow[range], high, low) < 0) {
                    open.poll();
                    continue;
                }
                if (range != current) {
                    flush();
                    current = range;
                    fromHigh = high;
                    fromLow = low;
                }
                boolean cut =
                        next < order.length
                                && compare(
                                                firstHigh[order[next]],
                                                firstLow[order[next]],
                                                lastHigh[range],
                                                lastLow[range])
                                        <= 0;
                if (cut) {
                    high = firstHigh[order[next]];
                    low = firstLow[order[next]];
                    continue;
                }
                low = lastLow[range] + 1;
                high = lastHigh[range] + (low == 0 ? 1 : 0);
                open.poll();
                if (high == 0 && low == 0) {
                    break;
                }
            }
            flush();
        }

        private boolean isAt(int range) {
            return firstHigh[range] == high && firstLow[range] == low;
        }

        private void flush() {
            if (current >= 0) {
                pieces.piece(fromHigh, fromLow, low == 0 ? high - 1 : high, low - 1, current);
                current = -1;
            }
        }
    }
}
