package org.asntally.lookup.lpm;

import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Longest-prefix match for IPv6: sorted ranges of /64 networks under a level-compressed trie (after
 * Nilsson and Karlsson 1999), whose nodes take as many bits as they have ranges and whose leaves
 * are at most seven ranges, searched without a branch.
 *
 * <pre>
 * slots   int[]   slot 0 is the root. 0 to 2^30 - 1: the answer, plus one;
 *                 2^30 and more: a leaf, 2^30 plus the range in force at the slot's start;
 *                 negative: ~(block &lt;&lt; 10 | shift &lt;&lt; 4 | bits - 1): the slots of the next bits begin
 *                 at 8 * block, and shift bits of the /64 are left behind them
 * highs   long[]  first /64 of each range, with the sign bit flipped so that signed order is right;
 *                 then eight times the largest
 * runs    int[]   a route, -1 for none, or -2 - k for the /64 number k, which holds longer prefixes;
 *                 then eight times the last
 * blocks  int[]   where the ranges of /64 number k begin in the next two; one more at the end
 * lows    long[]  first address within the /64, sign bit flipped
 * tails   int[]   a route or -1
 * </pre>
 *
 * <p>Each step needs what the one before found, so a batch takes one step for many addresses at a
 * time: the loads of different addresses overlap. Used where it lies in the file, or from a copy on
 * the heap, which is faster. Immutable; any number of threads.
 */
public final class Ipv6Table {

    /** Behind the last range, for the search in a leaf. */
    static final int PADDING = 8;

    /** The bit that tells a leaf from an answer. */
    static final int LEAF = 1 << 30;

    /** Slots of nodes begin at multiples of this. */
    static final int BLOCK = 8;

    /** Addresses that go through the trie together. */
    private static final int TOGETHER = 128;

    private final IntBuffer slots;
    private final LongBuffer highs;
    private final IntBuffer runs;
    private final IntBuffer blocks;
    private final LongBuffer lows;
    private final IntBuffer tails;
    private final @Nullable Arrays6 heap;

    /** The large ones as arrays, where they are on the heap. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Arrays6(int[] slots, long[] highs, int[] runs) {}

    private Ipv6Table(
            IntBuffer slots,
            LongBuffer highs,
            IntBuffer runs,
            IntBuffer blocks,
            LongBuffer lows,
            IntBuffer tails,
            @Nullable Arrays6 heap) {
        this.slots = slots;
        this.highs = highs;
        this.runs = runs;
        this.blocks = blocks;
        this.lows = lows;
        this.tails = tails;
        this.heap = heap;
    }

    /** A table over what the methods of the same names once gave. */
    public static Ipv6Table over(
            IntBuffer slots,
            LongBuffer highs,
            IntBuffer runs,
            IntBuffer blocks,
            LongBuffer lows,
            IntBuffer tails) {
        return new Ipv6Table(slots, highs, runs, blocks, lows, tails, null);
    }

    /** The same table, copied to the heap if it is not there. */
    public Ipv6Table onHeap() {
        if (heap != null) {
            return this;
        }
        int[] allSlots = new int[slots.limit()];
        slots.get(0, allSlots);
        long[] allHighs = new long[highs.limit()];
        highs.get(0, allHighs);
        int[] allRuns = new int[runs.limit()];
        runs.get(0, allRuns);
        Arrays6 arrays = new Arrays6(allSlots, allHighs, allRuns);
        return new Ipv6Table(slots, highs, runs, blocks, lows, tails, arrays);
    }

    /**
     * The table of these routes.
     *
     * @param high network addresses in ascending unsigned order together with {@code low}, of equal
     *     ones the shorter prefix first, no two equal
     * @throws IllegalStateException when they are nested so that the trie would take 16 M slots
     */
    public static Ipv6Table of(long[] high, long[] low, byte[] lengths, int count) {
        Ipv6Builder builder = new Ipv6Builder(Ranges6.of(high, low, lengths, count));
        Arrays6 arrays = new Arrays6(builder.slots(), builder.highs(), builder.runs());
        return new Ipv6Table(
                IntBuffer.wrap(arrays.slots),
                LongBuffer.wrap(arrays.highs),
                IntBuffer.wrap(arrays.runs),
                IntBuffer.wrap(builder.blocks()),
                LongBuffer.wrap(builder.lows()),
                IntBuffer.wrap(builder.tails()),
                arrays);
    }

    /** The index of the route with the longest prefix that holds the address, or -1. */
    public int route(long high, long low) {
        Arrays6 arrays = heap;
        int run;
        if (arrays == null) {
            run = mapped(high);
        } else {
            int[] trie = arrays.slots;
            int entry = trie[0];
            while (entry < 0) {
                entry = trie[slot(~entry, high)];
            }
            run =
                    entry < LEAF
                            ? entry - 1
                            : leaf(arrays.highs, arrays.runs, entry, high ^ Long.MIN_VALUE);
        }
        return run >= -1 ? run : tail(-2 - run, low ^ Long.MIN_VALUE);
    }

    /** Where a node has the slot of this address. */
    private static int slot(int node, long high) {
        return (node >>> 10) * BLOCK + ((int) (high >>> (node >>> 4)) & ((2 << (node & 15)) - 1));
    }

    private static int leaf(long[] highs, int[] runs, int entry, long key) {
        int range = entry - LEAF;
        range += highs[range + 4] <= key ? 4 : 0;
        range += highs[range + 2] <= key ? 2 : 0;
        range += highs[range + 1] <= key ? 1 : 0;
        return runs[range];
    }

    private int mapped(long high) {
        int entry = slots.get(0);
        while (entry < 0) {
            entry = slots.get(slot(~entry, high));
        }
        if (entry < LEAF) {
            return entry - 1;
        }
        long key = high ^ Long.MIN_VALUE;
        int range = entry - LEAF;
        range += highs.get(range + 4) <= key ? 4 : 0;
        range += highs.get(range + 2) <= key ? 2 : 0;
        range += highs.get(range + 1) <= key ? 1 : 0;
        return runs.get(range);
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

    /**
     * {@link #route} of many addresses.
     *
     * @param base is added to each route found
     */
    public void routes(long[] high, long[] low, int count, int[] routes, int base) {
        Arrays6 arrays = heap;
        if (arrays == null) {
            for (int i = 0; i < count; i++) {
                int route = route(high[i], low[i]);
                routes[i] = route < 0 ? -1 : route + base;
            }
            return;
        }
        int[] pending = new int[TOGETHER];
        for (int from = 0; from < count; from += TOGETHER) {
            int to = Math.min(from + TOGETHER, count);
            descend(arrays.slots, high, from, to, routes, pending);
            int leaves = 0;
            for (int i = from; i < to; i++) {
                pending[leaves] = i;
                leaves += routes[i] >>> 30;
            }
            for (int j = 0; j < leaves; j++) {
                int i = pending[j];
                long key = high[i] ^ Long.MIN_VALUE;
                routes[i] = 1 + leaf(arrays.highs, arrays.runs, routes[i], key);
            }
            for (int i = from; i < to; i++) {
                int run = routes[i] - 1;
                run = run >= -1 ? run : tail(-2 - run, low[i] ^ Long.MIN_VALUE);
                routes[i] = run < 0 ? -1 : run + base;
            }
        }
    }

    /** Brings addresses {@code [from, to)} to their leaves, a level at a time. */
    private static void descend(
            int[] trie, long[] high, int from, int to, int[] entries, int[] pending) {
        int root = trie[0];
        int left = 0;
        for (int i = from; i < to; i++) {
            int entry = root < 0 ? trie[slot(~root, high[i])] : root;
            entries[i] = entry;
            pending[left] = i;
            left += entry >>> 31;
        }
        while (left > 0) {
            int stay = 0;
            for (int j = 0; j < left; j++) {
                int i = pending[j];
                int entry = trie[slot(~entries[i], high[i])];
                entries[i] = entry;
                pending[stay] = i;
                stay += entry >>> 31;
            }
            left = stay;
        }
    }

    /**
     * What could make a lookup fail, in words, or null.
     *
     * @param routes the answers must be below
     */
    public @Nullable String damage(int routes) {
        int n = highs.limit() - PADDING;
        if (n <= 0 || runs.limit() != n + PADDING || highs.get(0) != Long.MIN_VALUE) {
            return "its IPv6 lookup ranges are of the wrong size";
        }
        int blockCount = blocks.limit() - 1;
        // On copies, a piece at a time: a loop over an array is compiled sooner.
        long[] starts = new long[Ipv4Table.PIECE];
        int[] answers = new int[Ipv4Table.PIECE];
        long before = Long.MIN_VALUE;
        for (int at = 1; at < n; at += starts.length) {
            int count = Math.min(starts.length, n - at);
            highs.get(at, starts, 0, count);
            for (int i = 0; i < count; i++) {
                if (starts[i] <= before) {
                    return "its IPv6 lookup ranges are out of order";
                }
                before = starts[i];
            }
        }
        for (int at = 0; at < n; at += answers.length) {
            int count = Math.min(answers.length, n - at);
            runs.get(at, answers, 0, count);
            if (!Ipv4Table.within(answers, count, -1 - blockCount, routes)) {
                return "an IPv6 lookup answer is no route";
            }
        }
        for (int i = n; i < n + PADDING; i++) {
            if (highs.get(i) != Long.MAX_VALUE || runs.get(i) != runs.get(n - 1)) {
                return "its IPv6 lookup ranges end wrongly";
            }
        }
        int size = slots.limit();
        if (size < BLOCK || trie(64, slots.get(0), BLOCK, routes) != size) {
            return "its IPv6 lookup trie is no tree";
        }
        return blocks(blockCount, routes);
    }

    /**
     * Follows the trie in the order in which it is written, which makes it a tree.
     *
     * @return where the next node must begin, or -1 when something is wrong
     */
    private int trie(int shift, int entry, int next, int routes) {
        if (entry >= 0) {
            boolean answer = entry < LEAF && entry - 1 < routes;
            boolean leaf = entry >= LEAF && entry - LEAF < highs.limit() - PADDING;
            return answer || leaf ? next : -1;
        }
        int node = ~entry;
        int bits = (node & 15) + 1;
        long offset = (long) (node >>> 10) * BLOCK;
        int left = node >>> 4 & 63;
        if (bits > shift || left != shift - bits || offset != next) {
            return -1;
        }
        int size = Math.max(BLOCK, 1 << bits);
        if (size > slots.limit() - offset) {
            return -1;
        }
        int behind = next + size;
        for (int slot = 0; slot < 1 << bits && behind >= 0; slot++) {
            behind = trie(left, slots.get(next + slot), behind, routes);
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
