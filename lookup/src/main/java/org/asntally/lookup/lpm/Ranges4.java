package org.asntally.lookup.lpm;

/**
 * The IPv4 space cut where the longest match changes: range {@code i} begins at {@link
 * #start(int)}, ends before the next one, and belongs to route {@link #route(int)}, or to none
 * (-1). The first range begins at 0.0.0.0; neighbours differ.
 */
final class Ranges4 {

    private static final long END = 1L << 32;

    private int[] starts = new int[0];
    private int[] routes = new int[0];
    private int count;

    /**
     * Sweeps over routes, keeping the covering ones on a stack.
     *
     * @param addresses in ascending unsigned order, of equal ones the shorter first, no two equal
     */
    static Ranges4 of(int[] addresses, byte[] lengths, int count) {
        Ranges4 ranges = new Ranges4();
        ranges.starts = new int[2 * count + 1];
        ranges.routes = new int[2 * count + 1];
        int[] open = new int[33];
        long[] ends = new long[33];
        int depth = 0;
        ranges.begin(0, -1);
        for (int i = 0; i < count; i++) {
            long start = addresses[i] & 0xffffffffL;
            while (depth > 0 && ends[depth - 1] <= start) {
                depth--;
                ranges.begin(ends[depth], depth > 0 ? open[depth - 1] : -1);
            }
            ranges.begin(start, i);
            open[depth] = i;
            ends[depth++] = start + (1L << (32 - lengths[i]));
        }
        while (depth > 0) {
            depth--;
            ranges.begin(ends[depth], depth > 0 ? open[depth - 1] : -1);
        }
        return ranges;
    }

    private void begin(long start, int route) {
        if (start == END) {
            return;
        }
        if (count > 0 && starts[count - 1] == (int) start) {
            count--;
        }
        if (count > 0 && routes[count - 1] == route) {
            return;
        }
        starts[count] = (int) start;
        routes[count++] = route;
    }

    int count() {
        return count;
    }

    long start(int range) {
        return starts[range] & 0xffffffffL;
    }

    int route(int range) {
        return routes[range];
    }
}
