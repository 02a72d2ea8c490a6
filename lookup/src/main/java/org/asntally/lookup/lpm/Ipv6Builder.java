package org.asntally.lookup.lpm;

import java.util.Arrays;

/** Builds the arrays of an {@link Ipv6Table} from ranges. */
final class Ipv6Builder {

    /** Ranges in a leaf beside the one in force at its start. */
    static final int LEAF = 7;

    /** A smaller node would save nothing: nodes begin at multiples of eight slots. */
    private static final int FEWEST_BITS = 3;

    /** A node takes at most so many bits: its slots then fill a second-level cache. */
    private static final int MOST_BITS = 16;

    /** What fits into an entry; a real table has a tenth of it. */
    private static final int MOST_SLOTS = (1 << 24) - (1 << MOST_BITS);

    private long[] highs;
    private int[] runs;
    private int count;
    private int[] blocks = new int[16];
    private int blockCount;
    private long[] lows = new long[16];
    private int[] tails = new int[16];
    private int lowCount;
    private int[] slots = new int[1024];
    private int slotCount;

    Ipv6Builder(Ranges6 ranges) {
        int n = ranges.count();
        highs = new long[n + 1];
        runs = new int[n + 1];
        split(ranges, n);
        slotCount = Ipv6Table.BLOCK;
        // Not in one statement: node() may replace the array.
        int root = node(64, 0, 0, count);
        slots[0] = root;
    }

    /** Parts ranges that begin at a /64 from those that begin within one. */
    private void split(Ranges6 ranges, int n) {
        int inForce = -1;
        int i = 0;
        while (i < n) {
            long high = ranges.high(i);
            int last = i;
            while (last + 1 < n && ranges.high(last + 1) == high) {
                last++;
            }
            if (last == i && ranges.low(i) == 0) {
                add(high, ranges.route(i));
            } else {
                add(high, -2 - blockCount);
                beginBlock();
                if (ranges.low(i) != 0) {
                    addLow(0, inForce);
                }
                for (int j = i; j <= last; j++) {
                    addLow(ranges.low(j), ranges.route(j));
                }
                boolean gap = last + 1 == n || ranges.high(last + 1) != high + 1;
                if (gap && high != -1L) {
                    add(high + 1, ranges.route(last));
                }
            }
            inForce = ranges.route(last);
            i = last + 1;
        }
        beginBlock();
    }

    private void add(long high, int run) {
        if (count == highs.length) {
            highs = Arrays.copyOf(highs, 2 * count);
            runs = Arrays.copyOf(runs, 2 * count);
        }
        highs[count] = high ^ Long.MIN_VALUE;
        runs[count++] = run;
    }

    private void beginBlock() {
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * blockCount);
        }
        blocks[blockCount++] = lowCount;
    }

    private void addLow(long low, int route) {
        if (lowCount == lows.length) {
            lows = Arrays.copyOf(lows, 2 * lowCount);
            tails = Arrays.copyOf(tails, 2 * lowCount);
        }
        lows[lowCount] = low ^ Long.MIN_VALUE;
        tails[lowCount++] = route;
    }

    /**
     * The entry for the networks that share the bits above {@code shift} with {@code prefix}.
     *
     * @param from the first range that begins there
     * @param to behind the last one
     */
    private int node(int shift, long prefix, int from, int to) {
        // A range that begins with the slot needs no scan.
        boolean atStart = from < to && highs[from] == (prefix ^ Long.MIN_VALUE);
        int begins = to - from - (atStart ? 1 : 0);
        if (begins <= LEAF || shift == 0) {
            int range = atStart ? from : from - 1;
            boolean answered = begins == 0 && runs[range] >= -1;
            return answered ? runs[range] + 1 : Ipv6Table.LEAF + range;
        }
        int bits = Math.min(shift, MOST_BITS);
        while (bits > FEWEST_BITS && 1 << bits > 2 * begins) {
            bits--;
        }
        if (slotCount > MOST_SLOTS) {
            throw new IllegalStateException("its IPv6 prefixes are nested beyond any measure");
        }
        int offset = slotCount;
        slotCount += Math.max(Ipv6Table.BLOCK, 1 << bits);
        if (slotCount > slots.length) {
            slots = Arrays.copyOf(slots, Math.max(slotCount, 2 * slots.length));
        }
        int nextShift = shift - bits;
        int cursor = from;
        for (int slot = 0; slot < 1 << bits; slot++) {
            long start = prefix | (long) slot << nextShift;
            long end = start | (nextShift == 0 ? 0 : -1L >>> (64 - nextShift));
            int first = cursor;
            while (cursor < to && highs[cursor] <= (end ^ Long.MIN_VALUE)) {
                cursor++;
            }
            int entry = node(nextShift, start, first, cursor);
            slots[offset + slot] = entry;
        }
        return ~(((offset / Ipv6Table.BLOCK) << 10) | (nextShift << 4) | (bits - 1));
    }

    int[] slots() {
        return Arrays.copyOf(slots, slotCount);
    }

    long[] highs() {
        long[] padded = Arrays.copyOf(highs, count + Ipv6Table.PADDING);
        Arrays.fill(padded, count, padded.length, Long.MAX_VALUE);
        return padded;
    }

    int[] runs() {
        int[] padded = Arrays.copyOf(runs, count + Ipv6Table.PADDING);
        Arrays.fill(padded, count, padded.length, runs[count - 1]);
        return padded;
    }

    int[] blocks() {
        return Arrays.copyOf(blocks, blockCount);
    }

    long[] lows() {
        return Arrays.copyOf(lows, lowCount);
    }

    int[] tails() {
        return Arrays.copyOf(tails, lowCount);
    }
}
