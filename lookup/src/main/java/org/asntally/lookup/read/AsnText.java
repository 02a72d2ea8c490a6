package org.asntally.lookup.read;

/** AS numbers as text: {@code 64496} or {@code AS64496}. */
final class AsnText {

    private AsnText() {}

    /** The unsigned number in {@code text[from, to)}, or 0 when it is none or AS 0. */
    static int parse(byte[] text, int from, int to) {
        long asn = 0;
        int cursor = from;
        while (cursor < to && text[cursor] >= '0' && text[cursor] <= '9' && asn >>> 32 == 0) {
            asn = asn * 10 + text[cursor++] - '0';
        }
        return cursor == to && asn >>> 32 == 0 ? (int) asn : 0;
    }

    /** As {@link #parse}, with or without {@code AS} before it, in any case. */
    static int parseNamed(byte[] text, int from, int to) {
        return parse(text, isNamed(text, from, to) ? from + 2 : from, to);
    }

    /** Whether it begins with {@code AS}, in any case. */
    static boolean isNamed(byte[] text, int from, int to) {
        return to - from > 2 && (text[from] | 0x20) == 'a' && (text[from + 1] | 0x20) == 's';
    }
}
