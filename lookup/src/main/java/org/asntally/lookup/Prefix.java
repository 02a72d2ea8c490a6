package org.asntally.lookup;

/**
 * A CIDR prefix: an address of which only the first {@code length} bits count. Arithmetic and text;
 * no instances, since prefixes travel as numbers.
 */
public final class Prefix {

    /** The longest text of a prefix. */
    public static final int MAX_TEXT = Address.MAX_TEXT + 4;

    private Prefix() {}

    /**
     * {@code 192.0.2.0/24} or {@code 2001:db8::/32}.
     *
     * @param v6 the family
     * @param high the upper 64 bits of a v6 address, else 0
     * @param low the lower 64 bits, or the v4 address as an unsigned number
     */
    public static String text(boolean v6, long high, long low, int length) {
        return (v6 ? Address.text6(high, low) : Address.text4((int) low)) + '/' + length;
    }

    /**
     * Writes a prefix as ASCII; takes at most {@link #MAX_TEXT} bytes.
     *
     * @return the offset behind it
     */
    public static int write(boolean v6, long high, long low, int length, byte[] text, int at) {
        int cursor = v6 ? Address.write6(high, low, text, at) : Address.write4((int) low, text, at);
        text[cursor++] = '/';
        if (length >= 100) {
            text[cursor++] = (byte) ('0' + length / 100);
        }
        if (length >= 10) {
            text[cursor++] = (byte) ('0' + length / 10 % 10);
        }
        text[cursor++] = (byte) ('0' + length % 10);
        return cursor;
    }

    /** The network bits of an IPv4 prefix of this length: 24 gives 255.255.255.0. */
    public static int mask4(int length) {
        return length == 0 ? 0 : -1 << (32 - length);
    }

    /** The upper half of an IPv6 prefix's network bits. */
    public static long maskHigh(int length) {
        return length == 0 ? 0 : length >= 64 ? -1L : -1L << (64 - length);
    }

    /** The lower half of an IPv6 prefix's network bits. */
    public static long maskLow(int length) {
        return length <= 64 ? 0 : -1L << (128 - length);
    }
}
