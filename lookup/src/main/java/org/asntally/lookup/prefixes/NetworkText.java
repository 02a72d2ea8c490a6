package org.asntally.lookup.prefixes;

import org.asntally.lookup.Address;
import org.asntally.lookup.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * Reads one entry of a list of networks.
 *
 * <pre>
 * 192.0.2.7                      an address
 * 192.0.2.0/24  2001:db8::/32    a prefix
 * 192.0.2.9-192.0.2.20           a range, both ends included; blanks beside the dash
 * [2001:db8::1]                  brackets are taken off
 * ::ffff:192.0.2.0/120           the IPv4 network that it carries
 * </pre>
 *
 * <p>An instance holds what it read last; one instance per thread. Allocates nothing, never throws
 * on any bytes.
 */
public final class NetworkText {

    private static final int MAPPED = 96;

    private final Address address = new Address();
    private boolean v6;
    private boolean mapped;
    private long high;
    private long low;
    private long firstHigh;
    private long firstLow;

    /** Nothing read yet. */
    public NetworkText() {}

    /**
     * Reads all of {@code text[from, to)} but blanks at its ends.
     *
     * @return what is wrong with it, or null. Not {@linkplain NetworkFault#isFatal fatal}: it was
     *     read all the same
     */
    public @Nullable NetworkFault read(byte[] text, int from, int to) {
        int start = skip(text, from, to);
        int end = skipBack(text, start, to);
        int slash = find(text, start, end, '/');
        if (slash < end) {
            return prefix(text, start, slash, end);
        }
        int dash = find(text, start, end, '-');
        NetworkFault fault = address(text, start, skipBack(text, start, dash));
        firstHigh = high;
        firstLow = low;
        if (fault != null || dash == end) {
            return fault;
        }
        boolean firstV6 = v6;
        fault = address(text, skip(text, dash + 1, end), end);
        if (fault != null) {
            return fault;
        }
        if (firstV6 != v6) {
            return NetworkFault.MIXED_FAMILIES;
        }
        if (AddressRange.compare(firstHigh, firstLow, high, low) > 0) {
            return NetworkFault.BACKWARDS;
        }
        boolean all = v6 ? (high & low) == -1 : low == AddressRange.LAST_V4;
        return all && firstHigh == 0 && firstLow == 0 ? NetworkFault.WHOLE_FAMILY : null;
    }

    private @Nullable NetworkFault prefix(byte[] text, int from, int slash, int to) {
        NetworkFault fault = address(text, from, slash);
        if (fault != null) {
            return fault;
        }
        int length = 0;
        int cursor = slash + 1;
        while (cursor < to && text[cursor] >= '0' && text[cursor] <= '9' && length <= 128) {
            length = length * 10 + text[cursor++] - '0';
        }
        if (mapped) {
            length -= MAPPED;
        }
        boolean leadingZero = to - slash > 2 && text[slash + 1] == '0';
        if (cursor != to
                || to == slash + 1
                || leadingZero
                || length < 0
                || length > (v6 ? 128 : 32)) {
            return NetworkFault.BAD_LENGTH;
        }
        if (length == 0) {
            return NetworkFault.DEFAULT_ROUTE;
        }
        firstHigh = v6 ? high & Prefix.maskHigh(length) : 0;
        firstLow =
                v6
                        ? low & Prefix.maskLow(length)
                        : low & Prefix.mask4(length) & AddressRange.LAST_V4;
        boolean hostBits = firstHigh != high || firstLow != low;
        high = AddressRange.lastHigh(v6, firstHigh, length);
        low = AddressRange.lastLow(v6, firstLow, length);
        return hostBits ? NetworkFault.HOST_BITS : null;
    }

    private @Nullable NetworkFault address(byte[] text, int from, int to) {
        int start = from;
        int end = to;
        if (end - start > 2 && text[start] == '[' && text[end - 1] == ']') {
            start++;
            end--;
        }
        int family = address.parse(text, start, end);
        if (family == 0) {
            int zone = find(text, start, end, '%');
            return zone < end && address.parse(text, start, zone) == 6
                    ? NetworkFault.ZONE
                    : NetworkFault.BAD_ADDRESS;
        }
        mapped = family == 6 && address.isMapped();
        v6 = family == 6 && !mapped;
        high = v6 ? address.high() : 0;
        low = v6 ? address.low() : address.v4() & AddressRange.LAST_V4;
        return null;
    }

    private static int find(byte[] text, int from, int to, char wanted) {
        int cursor = from;
        while (cursor < to && text[cursor] != wanted) {
            cursor++;
        }
        return cursor;
    }

    private static int skip(byte[] text, int from, int to) {
        int cursor = from;
        while (cursor < to && isBlank(text[cursor])) {
            cursor++;
        }
        return cursor;
    }

    private static int skipBack(byte[] text, int from, int to) {
        int cursor = to;
        while (cursor > from && isBlank(text[cursor - 1])) {
            cursor--;
        }
        return cursor;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    /** The family of what was read last; IPv4 also of addresses that IPv6 only carried. */
    public boolean isV6() {
        return v6;
    }

    /** The upper half of the first address; 0 of IPv4. */
    public long firstHigh() {
        return firstHigh;
    }

    /** The lower half of the first address. */
    public long firstLow() {
        return firstLow;
    }

    /** The upper half of the last address; 0 of IPv4. */
    public long lastHigh() {
        return high;
    }

    /** The lower half of the last address. */
    public long lastLow() {
        return low;
    }
}
