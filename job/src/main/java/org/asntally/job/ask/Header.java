package org.asntally.job.ask;

/**
 * Tells a header by its first line: words, where a question would be. What looks like an address,
 * though it cannot be read as one, is none: it must not vanish in silence.
 */
final class Header {

    private static final int LONGEST = 200;

    private Header() {}

    /** Whether {@code text[from, to)} is a header: it has a letter that no address has. */
    static boolean isOne(byte[] text, int from, int to) {
        if (to - from > LONGEST || Questions.asn(text, from, trimmed(text, from, to)) >= 0) {
            return false;
        }
        boolean word = false;
        boolean digitsFirst = false;
        for (int i = from; i < to; i++) {
            int c = text[i];
            if (c == '#' && !word) {
                return false;
            }
            if (c == ':' || c == '.') {
                return false;
            }
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!word && c >= '0' && c <= '9') {
                digitsFirst = true;
            }
            word |= letter || c < 0;
        }
        return word && !digitsFirst;
    }

    private static int trimmed(byte[] text, int from, int to) {
        int end = to;
        while (end > from && text[end - 1] >= 0 && text[end - 1] <= ' ') {
            end--;
        }
        return end;
    }
}
