package org.asntally.lookup.lpm;

/**
 * The IPv6 space cut where the longest match changes, as {@link Ranges4}; an address is two longs.
 */
final class Ranges6 {

    private final long[] highs;
    private final long[] lows;
    private final int[] routes;
    private int count;

    private Ranges6(int most) {
        highs = new long[most];
        lows = new long[most];
        routes = new int[most];
    }

    /**
     * Sweeps over routes, keeping the covering ones on a stack.
     *
     * @param high in ascending unsigned order together with {@code low}, of equal addresses the
     *     shorter prefix first, no two equal
     */
    static Ranges6 of(long[] high, long[] low, byte[] lengths, int count) {
        Ranges6 ranges = new Ranges6(2 * count + 1);
        int[] open = new int[129];
        // Ends are inclusive: the end of the space has no successor.
        long[] endHigh = new long[129];
        long[] endLow = new long[129];
        int depth = 0;
        ranges.begin(0, 0, -1);
        for (int i = 0; i < count; i++) {
            while (depth > 0 && less(endHigh[depth - 1], endLow[depth - 1], high[i], low[i])) {
                depth--;
                ranges.beginAfter(endHigh[depth], endLow[depth], depth > 0 ? open[depth - 1] : -1);
            }
            ranges.begin(high[i], low[i], i);
            int length = lengths[i] & 0xff;
            open[depth] = i;
            endHigh[depth] = length >= 64 ? high[i] : high[i] | -1L >>> length;
            endLow[depth++] =
                    length == 128 ? low[i] : length <= 64 ? -1L : low[i] | -1L >>> (length - 64);
        }
        while (depth > 0) {
            depth--;
            ranges.beginAfter(endHigh[depth], endLow[depth], depth > 0 ? open[depth - 1] : -1);
        }
        return ranges;
    }

    private static boolean less(long highA, long lowA, long highB, long lowB) {
        int byHigh = Long.compareUnsigned(highA, highB);
        return byHigh < 0 || (byHigh == 0 && Long.compareUnsigned(lowA, lowB) < 0);
    }

    private void beginAfter(long high, long low, int route) {
        if (low != -1L) {
            begin(high, low + 1, route);
        } else if (high != -1L) {
            begin(high + 1, 0, route);
        }
    }

    private void begin(long high, long low, int route) {
        if (count > 0 && highs[count - 1] == high && lows[count - 1] == low) {
            count--;
        }
        if (count > 0 && routes[count - 1] == route) {
            return;
        }
        highs[count] = high;
        lows[count] = low;
        routes[count++] = route;
    }

    int count() {
        return count;
    }

    long high(int range) {
        return highs[range];
    }

    long low(int range) {
        return lows[range];
    }

    int route(int range) {
        return routes[range];
    }
}
