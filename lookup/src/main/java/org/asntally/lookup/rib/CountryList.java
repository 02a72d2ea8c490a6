package org.asntally.lookup.rib;

/** Countries of address ranges of one family, and the country of a prefix. */
final class CountryList {

    private final RangeList ranges = new RangeList();
    private int count;
    private long[] firstHigh = {};
    private long[] firstLow = {};
    private long[] lastHigh = {};
    private long[] lastLow = {};
    private short[] countries = {};

    void add(long firstHigh, long firstLow, long lastHigh, long lastLow, int country, int line) {
        ranges.add(firstHigh, firstLow, lastHigh, lastLow, 0, country, line, 0);
    }

    boolean isEmpty() {
        return ranges.count == 0;
    }

    /** No more are added: parts those that overlap. */
    void close() {
        int most = 2 * ranges.count;
        firstHigh = new long[most];
        firstLow = new long[most];
        lastHigh = new long[most];
        lastLow = new long[most];
        countries = new short[most];
        ranges.pieces(
                (high, low, toHigh, toLow, range) -> {
                    firstHigh[count] = high;
                    firstLow[count] = low;
                    lastHigh[count] = toHigh;
                    lastLow[count] = toLow;
                    countries[count++] = ranges.countries[range];
                });
    }

    /** The country of the range that holds the most of these addresses, or 0. */
    int of(long high, long low, long endHigh, long endLow) {
        int at = lastNotAfter(high, low);
        if (at < 0 || RangeList.compare(lastHigh[at], lastLow[at], high, low) < 0) {
            at++;
        }
        int best = 0;
        double most = 0;
        for (; at < count; at++) {
            if (RangeList.compare(firstHigh[at], firstLow[at], endHigh, endLow) > 0) {
                break;
            }
            boolean fromStart = RangeList.compare(firstHigh[at], firstLow[at], high, low) <= 0;
            boolean toEnd = RangeList.compare(lastHigh[at], lastLow[at], endHigh, endLow) >= 0;
            double size =
                    distance(
                            fromStart ? high : firstHigh[at],
                            fromStart ? low : firstLow[at],
                            toEnd ? endHigh : lastHigh[at],
                            toEnd ? endLow : lastLow[at]);
            if (size > most) {
                most = size;
                best = countries[at] & 0xffff;
            }
        }
        return best;
    }

    private static double distance(long high, long low, long endHigh, long endLow) {
        double byHigh = (double) (endHigh - high) * 0x1p64;
        double byLow = (endLow >>> 1) - (double) (low >>> 1);
        return byHigh + 2 * byLow + 1;
    }

    private int lastNotAfter(long high, long low) {
        int from = -1;
        int to = count;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            if (RangeList.compare(firstHigh[middle], firstLow[middle], high, low) <= 0) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
