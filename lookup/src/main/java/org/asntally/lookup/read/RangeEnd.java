package org.asntally.lookup.read;

import org.asntally.lookup.Address;
import org.jspecify.annotations.Nullable;

/** One end of a range of addresses: an address, or a decimal number (below 2^32 it is IPv4). */
final class RangeEnd {

    private final Address address = new Address();
    private boolean v6;
    private long high;
    private long low;

    /** Reads {@code text[from, to)}; false when it is neither. */
    boolean parse(byte[] text, int from, int to) {
        int family = address.parse(text, from, to);
        if (family != 0) {
            v6 = family == 6;
            high = v6 ? address.high() : 0;
            low = v6 ? address.low() : address.v4() & 0xffffffffL;
            return true;
        }
        if (from == to || to - from > 39) {
            return false;
        }
        long upper = 0;
        long lower = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            // 128 bits times ten plus a digit.
            long carry = Math.multiplyHigh(lower, 10) + (lower < 0 ? 10 : 0);
            if (Long.compareUnsigned(upper, 0x1999_9999_9999_9999L) > 0) {
                return false;
            }
            long sum = lower * 10 + digit;
            carry += Long.compareUnsigned(sum, lower * 10) < 0 ? 1 : 0;
            long nextUpper = upper * 10 + carry;
            if (Long.compareUnsigned(nextUpper, carry) < 0) {
                return false;
            }
            upper = nextUpper;
            lower = sum;
        }
        high = upper;
        low = lower;
        v6 = upper != 0 || lower >>> 32 != 0;
        return true;
    }

    boolean v6() {
        return v6;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /** What is wrong with a range from {@code first} to {@code last}, or null. */
    static @Nullable LineFault fault(RangeEnd first, RangeEnd last) {
        int order = Long.compareUnsigned(first.high, last.high);
        order = order != 0 ? order : Long.compareUnsigned(first.low, last.low);
        if (first.v6 != last.v6 || order > 0) {
            return LineFault.BAD_RANGE;
        }
        boolean all =
                first.high == 0
                        && first.low == 0
                        && (first.v6 ? (last.high & last.low) == -1L : last.low == 0xffffffffL);
        return all ? LineFault.DEFAULT_ROUTE : null;
    }
}
