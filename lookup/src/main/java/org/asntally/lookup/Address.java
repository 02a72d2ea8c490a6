package org.asntally.lookup;

/**
 * An IP address between text and numbers. Reads what {@code inet_pton} reads and writes what {@code
 * inet_ntop} writes (RFC 4291 section 2.2, RFC 5952): no octal, no short forms, no zones.
 *
 * <p>An instance holds the last address that it parsed; one instance per thread. Parsing allocates
 * nothing, never throws on any bytes and reads only within its bounds.
 */
public final class Address {

    /** The longest text of an address: eight groups, the last two as IPv4. */
    public static final int MAX_TEXT = 45;

    private static final byte[] HEX = new byte[256];

    static {
        for (int c = 0; c < 256; c++) {
            HEX[c] = (byte) Character.digit(c < 128 ? c : 0, 16);
        }
    }

    private int v4;
    private long high;
    private long low;
    private boolean mapped;

    /** Nothing parsed yet: 0.0.0.0. */
    public Address() {}

    /**
     * Reads all of {@code text[from, to)} as one address.
     *
     * @return 4 or 6, or 0 when it is no address
     */
    public int parse(byte[] text, int from, int to) {
        int length = to - from;
        if (length < 2 || length > MAX_TEXT) {
            return 0;
        }
        int cursor = from;
        int value = 0;
        for (int octet = 0; ; octet++) {
            int digit = cursor < to ? text[cursor] - '0' : -1;
            if (digit < 0 || digit > 9) {
                return octet == 0 ? parse6(text, from, to) : 0;
            }
            int number = digit;
            cursor++;
            // A leading zero stands alone.
            while (cursor < to && (digit = text[cursor] - '0') >= 0 && digit <= 9) {
                if (number == 0 || number > 255) {
                    return octet == 0 ? parse6(text, from, to) : 0;
                }
                number = number * 10 + digit;
                cursor++;
            }
            if (number > 255) {
                return octet == 0 ? parse6(text, from, to) : 0;
            }
            value = value << 8 | number;
            if (octet == 3) {
                if (cursor != to) {
                    return 0;
                }
                v4 = value;
                return 4;
            }
            if (cursor >= to || text[cursor] != '.') {
                return octet == 0 ? parse6(text, from, to) : 0;
            }
            cursor++;
        }
    }

    private int parse6(byte[] text, int from, int to) {
        long first = 0;
        long second = 0;
        int groups = 0;
        // How many groups stand before the "::", or -1.
        int gap = -1;
        int cursor = from;
        if (text[cursor] == ':') {
            if (text[cursor + 1] != ':') {
                return 0;
            }
            gap = 0;
            cursor += 2;
        }
        while (cursor < to) {
            int start = cursor;
            int group = 0;
            int digit;
            while (cursor < to && (digit = HEX[text[cursor] & 0xff]) >= 0) {
                if (cursor - start == 4) {
                    return 0;
                }
                group = group << 4 | digit;
                cursor++;
            }
            if (cursor < to && text[cursor] == '.') {
                if (groups > 6 || !parse4(text, start, to)) {
                    return 0;
                }
                first = first << 32 | second >>> 32;
                second = second << 32 | (v4 & 0xffffffffL);
                groups += 2;
                cursor = to;
                break;
            }
            if (cursor == start || groups == 8) {
                return 0;
            }
            first = first << 16 | second >>> 48;
            second = second << 16 | group;
            groups++;
            if (cursor == to) {
                break;
            }
            if (text[cursor] != ':') {
                return 0;
            }
            cursor++;
            if (cursor == to) {
                return 0;
            }
            if (text[cursor] == ':') {
                if (gap >= 0) {
                    return 0;
                }
                gap = groups;
                cursor++;
            }
        }
        if (gap < 0) {
            if (groups != 8) {
                return 0;
            }
        } else {
            // "::" stands for one group at least.
            if (groups == 8) {
                return 0;
            }
            int after = 16 * (groups - gap);
            int missing = 16 * (8 - groups);
            long tailHigh = after <= 64 ? 0 : first & mask(after - 64);
            long tailLow = after >= 64 ? second : second & mask(after);
            long headHigh = first;
            long headLow = second;
            if (after >= 64) {
                headHigh = first & ~mask(after - 64);
                headLow = 0;
            } else {
                headLow = second & ~mask(after);
            }
            // The part before the gap moves up by what is missing.
            if (missing >= 128) {
                headHigh = 0;
                headLow = 0;
            } else if (missing >= 64) {
                headHigh = headLow << (missing - 64);
                headLow = 0;
            } else {
                headHigh = headHigh << missing | headLow >>> (64 - missing);
                headLow = headLow << missing;
            }
            first = headHigh | tailHigh;
            second = headLow | tailLow;
        }
        high = first;
        low = second;
        mapped = first == 0 && second >>> 32 == 0xffff;
        if (mapped) {
            v4 = (int) second;
        }
        return 6;
    }

    private static long mask(int bits) {
        return bits >= 64 ? -1L : (1L << bits) - 1;
    }

    private boolean parse4(byte[] text, int from, int to) {
        int cursor = from;
        int value = 0;
        for (int octet = 0; octet < 4; octet++) {
            int start = cursor;
            int number = 0;
            while (cursor < to && text[cursor] >= '0' && text[cursor] <= '9') {
                if ((cursor > start && number == 0) || number > 255) {
                    return false;
                }
                number = number * 10 + text[cursor] - '0';
                cursor++;
            }
            if (cursor == start || number > 255) {
                return false;
            }
            value = value << 8 | number;
            if (octet < 3) {
                if (cursor >= to || text[cursor] != '.') {
                    return false;
                }
                cursor++;
            }
        }
        v4 = value;
        return cursor == to;
    }

    /** The last IPv4 address, or the one that the last IPv6 address carried when it was mapped. */
    public int v4() {
        return v4;
    }

    /** The upper 64 bits of the last IPv6 address. */
    public long high() {
        return high;
    }

    /** The lower 64 bits of the last IPv6 address. */
    public long low() {
        return low;
    }

    /**
     * Whether the last IPv6 address was an IPv4 one in disguise, {@code ::ffff:192.0.2.1}; says
     * nothing after an IPv4 address.
     */
    public boolean isMapped() {
        return mapped;
    }

    /** {@code 192.0.2.1}. */
    public static String text4(int address) {
        byte[] text = new byte[15];
        return latin1(text, write4(address, text, 0));
    }

    /**
     * {@code 2001:db8::1}: lower case, the first longest run of at least two zero groups as {@code
     * ::}, IPv4 at the end of mapped and compatible addresses.
     */
    public static String text6(long high, long low) {
        byte[] text = new byte[MAX_TEXT];
        return latin1(text, write6(high, low, text, 0));
    }

    @SuppressWarnings("deprecation") // The bytes are ASCII, and this is the cheapest constructor.
    private static String latin1(byte[] text, int length) {
        return new String(text, 0, 0, length);
    }

    /**
     * Writes an IPv4 address as ASCII; takes at most 15 bytes.
     *
     * @return the offset behind it
     */
    public static int write4(int address, byte[] text, int at) {
        int cursor = at;
        for (int shift = 24; shift >= 0; shift -= 8) {
            cursor = writeOctet(address >>> shift & 0xff, text, cursor);
            if (shift > 0) {
                text[cursor++] = '.';
            }
        }
        return cursor;
    }

    private static int writeOctet(int octet, byte[] text, int at) {
        int cursor = at;
        if (octet >= 100) {
            text[cursor++] = (byte) ('0' + octet / 100);
        }
        if (octet >= 10) {
            text[cursor++] = (byte) ('0' + octet / 10 % 10);
        }
        text[cursor++] = (byte) ('0' + octet % 10);
        return cursor;
    }

    /**
     * Writes an IPv6 address as ASCII; takes at most {@link #MAX_TEXT} bytes.
     *
     * @return the offset behind it
     */
    public static int write6(long high, long low, byte[] text, int at) {
        int bestStart = -1;
        int bestLength = 1;
        int runStart = -1;
        for (int i = 0; i < 8; i++) {
            if (group(high, low, i) != 0) {
                runStart = -1;
                continue;
            }
            if (runStart < 0) {
                runStart = i;
            }
            if (i + 1 - runStart > bestLength) {
                bestStart = runStart;
                bestLength = i + 1 - runStart;
            }
        }
        boolean carriesV4 =
                bestStart == 0
                        && (bestLength == 6 || (bestLength == 5 && group(high, low, 5) == 0xffff));
        int cursor = at;
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                text[cursor++] = ':';
                i += bestLength - 1;
                if (i == 7) {
                    text[cursor++] = ':';
                }
                continue;
            }
            if (i > 0) {
                text[cursor++] = ':';
            }
            if (i == 6 && carriesV4) {
                return write4((int) low, text, cursor);
            }
            cursor = writeGroup(group(high, low, i), text, cursor);
        }
        return cursor;
    }

    private static int group(long high, long low, int index) {
        return (int) ((index < 4 ? high : low) >>> (48 - 16 * (index & 3))) & 0xffff;
    }

    private static int writeGroup(int group, byte[] text, int at) {
        int cursor = at;
        for (int shift = group > 0xfff ? 12 : group > 0xff ? 8 : group > 0xf ? 4 : 0;
                shift >= 0;
                shift -= 4) {
            int digit = group >>> shift & 0xf;
            text[cursor++] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
        return cursor;
    }
}
