package org.asntally.lookup.prefixes;

import org.asntally.lookup.Prefix;

/**
 * A range of addresses, both ends included: arithmetic on 128 bits, and the fewest prefixes that
 * make it up. No instances, since ranges travel as numbers; an IPv4 address is the lower half, an
 * unsigned number.
 */
public final class AddressRange {

    static final long LAST_V4 = 0xffffffffL;

    private AddressRange() {}

    /** The order of two addresses: negative, 0 or positive. */
    static int compare(long high, long low, long otherHigh, long otherLow) {
        int order = Long.compareUnsigned(high, otherHigh);
        return order != 0 ? order : Long.compareUnsigned(low, otherLow);
    }

    /** The upper half of the last address of a prefix. */
    static long lastHigh(boolean v6, long high, int length) {
        return v6 ? high | ~Prefix.maskHigh(length) : 0;
    }

    /** The lower half of the last address of a prefix. */
    static long lastLow(boolean v6, long low, int length) {
        return v6 ? low | ~Prefix.maskLow(length) : low | (~Prefix.mask4(length) & LAST_V4);
    }

    /**
     * Cuts a range into prefixes, the largest that fit, by address: there are no fewer that make it
     * up. At most 62 of an IPv4 range, 254 of an IPv6 one.
     *
     * @return their number
     */
    public static int prefixes(
            boolean v6,
            long firstHigh,
            long firstLow,
            long lastHigh,
            long lastLow,
            PrefixSink sink) {
        int bits = v6 ? 128 : 32;
        long high = firstHigh;
        long low = firstLow;
        int count = 0;
        while (compare(high, low, lastHigh, lastLow) <= 0) {
            // The alignment of the address, then down to what does not reach beyond the range.
            int free = low != 0 ? Long.numberOfTrailingZeros(low) : 64 + trailing(high);
            int length = bits - Math.min(free, bits);
            long endHigh = lastHigh(v6, high, length);
            long endLow = lastLow(v6, low, length);
            while (compare(endHigh, endLow, lastHigh, lastLow) > 0) {
                length++;
                endHigh = lastHigh(v6, high, length);
                endLow = lastLow(v6, low, length);
            }
            sink.prefix(v6, high, low, length);
            count++;
            low = endLow + 1;
            high = low == 0 ? endHigh + 1 : endHigh;
            if (high == 0 && low == 0) {
                break;
            }
        }
        return count;
    }

    private static int trailing(long high) {
        return Long.numberOfTrailingZeros(high);
    }
}
