package org.asntally.job.filter;

import java.io.Serializable;
import java.util.Arrays;
import org.asntally.lookup.prefixes.PrefixSet;

/**
 * A set of addresses that can travel to where flows are: ranges that do not touch, by family; of
 * IPv4 with an index by the upper 16 bits where there are many. Immutable; any number of threads.
 */
final class NetworkSet implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int MANY = 32;
    private static final long LAST_V4 = 0xffffffffL;

    // Unsigned, in longs.
    private final long[] firsts4;
    private final long[] lasts4;
    private final int[] index;
    private final long[] firstHighs;
    private final long[] firstLows;
    private final long[] lastHighs;
    private final long[] lastLows;

    private NetworkSet(Builder of) {
        firsts4 = Arrays.copyOf(of.first4, of.count4);
        lasts4 = Arrays.copyOf(of.last4, of.count4);
        firstHighs = Arrays.copyOf(of.firstHigh, of.count6);
        firstLows = Arrays.copyOf(of.firstLow, of.count6);
        lastHighs = Arrays.copyOf(of.lastHigh, of.count6);
        lastLows = Arrays.copyOf(of.lastLow, of.count6);
        index = of.count4 > MANY ? new int[(1 << 16) + 1] : new int[0];
        int range = 0;
        for (int top = 0; top < index.length; top++) {
            while (range < of.count4 && lasts4[range] < (long) top << 16) {
                range++;
            }
            index[top] = range;
        }
    }

    static NetworkSet of(PrefixSet set) {
        Builder builder = new Builder();
        // The fewest prefixes come in the order of their addresses; neighbours become one range.
        set.prefixes(builder::add);
        return new NetworkSet(builder);
    }

    /** Collects prefixes in the order of their addresses. */
    private static final class Builder {
        long[] first4 = new long[8];
        long[] last4 = new long[8];
        int count4;
        long[] firstHigh = new long[8];
        long[] firstLow = new long[8];
        long[] lastHigh = new long[8];
        long[] lastLow = new long[8];
        int count6;

        void add(boolean v6, long high, long low, int length) {
            if (v6) {
                add6(high, low, length);
                return;
            }
            long last = low | (length == 0 ? LAST_V4 : LAST_V4 >>> length);
            if (count4 > 0 && last4[count4 - 1] + 1 == low) {
                last4[count4 - 1] = last;
                return;
            }
            if (count4 == first4.length) {
                first4 = Arrays.copyOf(first4, 2 * count4);
                last4 = Arrays.copyOf(last4, 2 * count4);
            }
            first4[count4] = low;
            last4[count4++] = last;
        }

        private void add6(long high, long low, int length) {
            if (count6 == firstHigh.length) {
                firstHigh = Arrays.copyOf(firstHigh, 2 * count6);
                firstLow = Arrays.copyOf(firstLow, 2 * count6);
                lastHigh = Arrays.copyOf(lastHigh, 2 * count6);
                lastLow = Arrays.copyOf(lastLow, 2 * count6);
            }
            firstHigh[count6] = high;
            firstLow[count6] = low;
            lastHigh[count6] = length >= 64 ? high : high | -1L >>> length;
            lastLow[count6++] =
                    length <= 64 ? -1L : length == 128 ? low : low | -1L >>> (length - 64);
        }
    }

    boolean contains4(int address) {
        long wanted = address & LAST_V4;
        int low = 0;
        int high = firsts4.length - 1;
        if (index.length > 0) {
            int top = address >>> 16;
            low = index[top];
            high = Math.min(high, index[top + 1]);
        }
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (wanted < firsts4[middle]) {
                high = middle - 1;
            } else if (wanted > lasts4[middle]) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    boolean contains6(long wantedHigh, long wantedLow) {
        int low = 0;
        int high = firstHighs.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (isBelow(wantedHigh, wantedLow, firstHighs[middle], firstLows[middle])) {
                high = middle - 1;
            } else if (isBelow(lastHighs[middle], lastLows[middle], wantedHigh, wantedLow)) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    private static boolean isBelow(long high, long low, long otherHigh, long otherLow) {
        int order = Long.compareUnsigned(high, otherHigh);
        return order < 0 || (order == 0 && Long.compareUnsigned(low, otherLow) < 0);
    }

    boolean isEmpty4() {
        return firsts4.length == 0;
    }

    boolean isEmpty6() {
        return firstHighs.length == 0;
    }
}
