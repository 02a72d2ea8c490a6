package org.asntally.sources.text;

/** Finds the ends of fields in log lines. */
final class LogText {
    private LogText() {}

    /** Whether the literal stands in {@code text[at, to)}. */
    static boolean standsAt(byte[] text, int at, int to, byte[] literal) {
        if (to - at < literal.length) {
            return false;
        }
        for (int i = 0; i < literal.length; i++) {
            if (text[at + i] != literal[i]) {
                return false;
            }
        }
        return true;
    }

    /** Where the literal first stands in {@code text[from, to)}, or -1. */
    static int find(byte[] text, int from, int to, byte[] literal) {
        byte first = literal[0];
        int until = to - literal.length;
        for (int at = from; at <= until; at++) {
            if (text[at] == first && standsAt(text, at, to, literal)) {
                return at;
            }
        }
        return -1;
    }

    /** The same, but a backslash protects what follows it. */
    static int findQuoted(byte[] text, int from, int to, byte[] literal) {
        byte first = literal[0];
        int until = to - literal.length;
        for (int at = from; at <= until; at++) {
            byte c = text[at];
            if (c == first && standsAt(text, at, to, literal)) {
                return at;
            }
            if (c == '\\') {
                at++;
            }
        }
        return -1;
    }

    /** The same, but not right behind a comma. */
    static int findBehindList(byte[] text, int from, int to, byte[] literal) {
        int at = find(text, from, to, literal);
        while (at > from && text[at - 1] == ',') {
            at = find(text, at + 1, to, literal);
        }
        return at;
    }

    /** Where the last of a list begins, the parts of which commas and blanks separate. */
    static int lastOfList(byte[] text, int from, int to) {
        int at = to;
        while (at > from && text[at - 1] != ',') {
            at--;
        }
        while (at < to && text[at] == ' ') {
            at++;
        }
        return at;
    }

    /** A number of up to 18 digits, or -1. */
    static long wholeNumber(byte[] text, int from, int to) {
        if (from >= to || to - from > 18) {
            return -1;
        }
        long number = 0;
        for (int at = from; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
