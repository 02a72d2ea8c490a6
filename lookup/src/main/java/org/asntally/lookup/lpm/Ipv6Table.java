package org.asntally.lookup.lpm;

import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Longest-prefix match for IPv6: sorted ranges of /64 networks under a level-compressed trie (after
 * Nilsson and Karlsson 1999), whose nodes take as many bits as they have ranges and whose leaves
 * are short runs of ranges to scan.
 *
 * <pre>
 * slots   int[]   slot 0 is the root. >= 0: the range in force at the slot's start;
 *                 else ~(offset * 32 + bits): the slots of the next bits
 * highs   long[]  first /64 of each range, with the sign bit flipped so that signed order is right
 * runs    int[]   a route, -1 for none, or -2 - k for the /64 number k, which holds longer prefixes
 * blocks  int[]   where the ranges of /64 number k begin in the next two; one more at the end
 * lows    long[]  first address within the /64, sign bit flipped
 * tails   int[]   a route or -1
 * </pre>
 *
 * <p>Immutable; any number of threads.
 */
public final class Ipv6Table {

    private final IntBuffer slots;
    private final LongBuffer highs;
    private final IntBuffer runs;
    private final IntBuffer blocks;
    private final LongBuffer lows;
    private final IntBuffer tails;
    private final int last;

    private Ipv6Table(
            IntBuffer slots,
            LongBuffer highs,
            IntBuffer runs,
            IntBuffer blocks,
            LongBuffer lows,
            IntBuffer tails) {
        this.slots = slots;
        this.highs = highs;
        this.runs = runs;
        this.blocks = blocks;
        this.lows = lows;
        this.tails = tails;
        this.last = highs.limit() - 1;
    }

    /** A table over arrays that the methods of the same names once gave. */
    public static Ipv6Table over(
            IntBuffer slots,
            LongBuffer highs,
            IntBuffer runs,
            IntBuffer blocks,
            LongBuffer lows,
            IntBuffer tails) {
        return new Ipv6Table(slots, highs, runs, blocks, lows, tails);
    }

    /**
     * The table of these routes.
     *
     * @param high network addresses in ascending unsigned order together with {@code low}, of equal
     *     ones the shorter prefix first, no two equal
     */
    public static Ipv6Table of(long[] high, long[] low, byte[] lengths, int count) {
        Ipv6Builder builder = new Ipv6Builder(Ranges6.of(high, low, lengths, count));
        return new Ipv6Table(
                IntBuffer.wrap(builder.slots()),
                LongBuffer.wrap(builder.highs()),
                IntBuffer.wrap(builder.runs()),
                IntBuffer.wrap(builder.blocks()),
                LongBuffer.wrap(builder.lows()),
                IntBuffer.wrap(builder.tails()));
    }

    /** The index of the route with the longest prefix that holds the address, or -1. */
    public int route(long high, long low) {
        int shift = 64;
        int entry = slots.get(0);
        while (entry < 0) {
            int bits = ~entry & 31;
            shift -= bits;
            entry = slots.get((~entry >>> 5) + ((int) (high >>> shift) & ((1 << bits) - 1)));
        }
        long key = high ^ Long.MIN_VALUE;
        while (entry < last && highs.get(entry + 1) <= key) {
            entry++;
        }
        int run = runs.get(entry);
        return run >= -1 ? run : tail(-2 - run, low ^ Long.MIN_VALUE);
    }

    private int tail(int block, long key) {
        int from = blocks.get(block);
        int to = blocks.get(block + 1);
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            if (lows.get(middle) <= key) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return tails.get(from);
    }

    /** {@link #route} of many addresses. */
    public void routes(long[] high, long[] low, int count, int[] routes) {
        for (int i = 0; i < count; i++) {
            routes[i] = route(high[i], low[i]);
        }
    }

    /**
     * What could make a lookup fail, in words, or null.
     *
     * @param routes the answers must be below
     */
    public @Nullable String damage(int routes) {
        int n = highs.limit();
        if (n == 0 || runs.limit() != n || highs.get(0) != Long.MIN_VALUE) {
            return "its IPv6 lookup ranges are of the wrong size";
        }
        int blockCount = blocks.limit() - 1;
        for (int i = 0; i < n; i++) {
            if (i > 0 && highs.get(i - 1) >= highs.get(i)) {
                return "its IPv6 lookup ranges are out of order";
            }
            int run = runs.get(i);
            if (run >= routes || run < -1 - blockCount) {
                return "an IPv6 lookup answer is no route";
            }
        }
        if (slots.limit() == 0 || trie(64, slots.get(0), 1) != slots.limit()) {
            return "its IPv6 lookup trie is no tree";
        }
        return blocks(blockCount, routes);
    }

    /**
     * Follows the trie in the order in which it is written, which makes it a tree.
     *
     * @return where the next node must begin, or -1 when something is wrong
     */
    private int trie(int shift, int entry, int next) {
        if (entry >= 0) {
            return entry <= last ? next : -1;
        }
        int bits = ~entry & 31;
        int offset = ~entry >>> 5;
        if (bits == 0 || bits > shift || bits > 24 || offset != next) {
            return -1;
        }
        if (1 << bits > slots.limit() - offset) {
            return -1;
        }
        int behind = offset + (1 << bits);
        for (int slot = 0; slot < 1 << bits && behind >= 0; slot++) {
            behind = trie(shift - bits, slots.get(offset + slot), behind);
        }
        return behind;
    }

    private @Nullable String blocks(int count, int routes) {
        if (count < 0 || blocks.get(0) != 0 || blocks.get(count) != lows.limit()) {
            return "its IPv6 lookup blocks are of the wrong size";
        }
        if (tails.limit() != lows.limit()) {
            return "its IPv6 lookup hosts are of the wrong size";
        }
        for (int i = 0; i < count; i++) {
            int from = blocks.get(i);
            int to = blocks.get(i + 1);
            if (from >= to || to > lows.limit() || lows.get(from) != Long.MIN_VALUE) {
                return "its IPv6 lookup blocks are out of order";
            }
            for (int j = from; j < to; j++) {
                if (j > from && lows.get(j - 1) >= lows.get(j)) {
                    return "its IPv6 lookup hosts are out of order";
                }
                if (tails.get(j) >= routes || tails.get(j) < -1) {
                    return "an IPv6 lookup host answer is no route";
                }
            }
        }
        return null;
    }

    /** The trie, for writing. */
    public IntBuffer slots() {
        return slots.duplicate();
    }

    /** The first /64 of each range, for writing. */
    public LongBuffer highs() {
        return highs.duplicate();
    }

    /** The answers of the ranges, for writing. */
    public IntBuffer runs() {
        return runs.duplicate();
    }

    /** Where the refined /64 networks begin, for writing. */
    public IntBuffer blocks() {
        return blocks.duplicate();
    }

    /** The first addresses within refined /64 networks, for writing. */
    public LongBuffer lows() {
        return lows.duplicate();
    }

    /** The answers within refined /64 networks, for writing. */
    public IntBuffer tails() {
        return tails.duplicate();
    }
}
