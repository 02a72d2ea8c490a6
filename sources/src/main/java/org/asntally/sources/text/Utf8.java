package org.asntally.sources.text;

/** Reads UTF-8 one character at a time. */
final class Utf8 {
    private Utf8() {}

    /**
     * The character that begins at {@code text[at]}; U+FFFD where there is none before {@code to}.
     */
    static int codePoint(byte[] text, int at, int to) {
        int first = text[at] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first >= 0xf5 || at + length > to) {
            return 0xfffd;
        }
        int codePoint = first & (0xff >>> (length + 1));
        for (int i = 1; i < length; i++) {
            if ((text[at + i] & 0xc0) != 0x80) {
                return 0xfffd;
            }
            codePoint = (codePoint << 6) | (text[at + i] & 0x3f);
        }
        boolean valid =
                length(codePoint) == length
                        && codePoint <= 0x10ffff
                        && (codePoint < 0xd800 || codePoint > 0xdfff);
        return valid ? codePoint : 0xfffd;
    }

    /** How many bytes a character takes. */
    static int length(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }
}
