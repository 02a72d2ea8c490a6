package org.asntally.sources.text;

/** What Unicode calls white space (as Python's {@code str.strip} has it), in UTF-8. */
final class Blanks {
    private Blanks() {}

    /** The first byte of {@code text[from, to)} that is no blank, or {@code to}. */
    static int skip(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            int length = at(text, at, to);
            if (length == 0) {
                break;
            }
            at += length;
        }
        return at;
    }

    /** The end of {@code text[from, to)} without the blanks that end it. */
    static int trim(byte[] text, int from, int to) {
        int end = to;
        while (end > from) {
            if (text[end - 1] >= 0) {
                if (at(text, end - 1, end) == 0) {
                    break;
                }
                end--;
            } else if (end - 2 >= from && at(text, end - 2, end) == 2) {
                end -= 2;
            } else if (end - 3 >= from && at(text, end - 3, end) == 3) {
                end -= 3;
            } else {
                break;
            }
        }
        return end;
    }

    /** The next blank in {@code text[from, to)}, or {@code to}. */
    static int find(byte[] text, int from, int to) {
        int at = from;
        while (at < to && at(text, at, to) == 0) {
            at++;
        }
        return at;
    }

    /** How many bytes the blank at this place takes; 0 when there is none. */
    private static int at(byte[] text, int at, int to) {
        int first = text[at];
        if (first >= 0) {
            return first == ' '
                            || (first >= '\t' && first <= '\r')
                            || (first >= 0x1c && first <= 0x1f)
                    ? 1
                    : 0;
        }
        int second = at + 1 < to ? text[at + 1] & 0xff : 0;
        int third = at + 2 < to ? text[at + 2] & 0xff : 0;
        return switch (first & 0xff) {
            case 0xc2 -> second == 0x85 || second == 0xa0 ? 2 : 0;
            case 0xe1 -> second == 0x9a && third == 0x80 ? 3 : 0;
            case 0xe2 ->
                    (second == 0x80 && general(third)) || (second == 0x81 && third == 0x9f) ? 3 : 0;
            case 0xe3 -> second == 0x80 && third == 0x80 ? 3 : 0;
            default -> 0;
        };
    }

    /** U+2000 to U+200A, the separators U+2028 and U+2029, U+202F. */
    private static boolean general(int third) {
        return (third >= 0x80 && third <= 0x8a) || third == 0xa8 || third == 0xa9 || third == 0xaf;
    }
}
