package org.asntally.sources.text;

/** What lines of the simple formats may carry beside their values. */
final class Comments {
    /** Bytes of a byte order mark. */
    static final int MARK = 3;

    private Comments() {}

    /** The first {@code #} in {@code text[from, to)}, or {@code to}. */
    static int cut(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != '#') {
            at++;
        }
        return at;
    }

    /** Whether UTF-8's byte order mark stands there, as at the start of files from Windows. */
    static boolean startsWithMark(byte[] text, int from, int to) {
        return to - from >= MARK
                && text[from] == (byte) 0xef
                && text[from + 1] == (byte) 0xbb
                && text[from + 2] == (byte) 0xbf;
    }
}
