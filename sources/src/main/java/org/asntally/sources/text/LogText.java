package org.asntally.sources.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the ends of fields in log lines. */
final class LogText {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long QUOTES = '"' * LOW;
    private static final long BACKSLASHES = '\\' * LOW;
    private static final long FEEDS = '\n' * LOW;

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
        int until = to - literal.length;
        int at = quoteOrBackslash(text, from, to);
        while (at <= until) {
            if (text[at] == '\\') {
                at++;
            } else if (standsAt(text, at, to, literal)) {
                return at;
            }
            at = quoteOrBackslash(text, at + 1, to);
        }
        return -1;
    }

    /**
     * Where the next quote that no backslash protects stands, and the line has not ended before it;
     * else -1.
     */
    static int endOfQuoted(byte[] text, int from, int to) {
        int at = from;
        while (at <= to - 8) {
            long word = (long) LONG.get(text, at);
            long found = found(word, QUOTES) | found(word, BACKSLASHES) | found(word, FEEDS);
            if (found == 0) {
                at += 8;
                continue;
            }
            at += firstOf(found);
            if (text[at] != '\\') {
                return text[at] == '"' ? at : -1;
            }
            // A backslash protects no line feed.
            at += at + 1 < to && text[at + 1] == '\n' ? 1 : 2;
        }
        while (at < to && text[at] != '"' && text[at] != '\n') {
            at += text[at] == '\\' && at + 1 < to && text[at + 1] != '\n' ? 2 : 1;
        }
        return at < to && text[at] == '"' ? at : -1;
    }

    /** The place of the first quote or backslash in {@code text[from, to)}, or {@code to}. */
    static int quoteOrBackslash(byte[] text, int from, int to) {
        int at = from;
        for (; at <= to - 8; at += 8) {
            long word = (long) LONG.get(text, at);
            long found = found(word, QUOTES) | found(word, BACKSLASHES);
            if (found != 0) {
                return at + firstOf(found);
            }
        }
        while (at < to && text[at] != '"' && text[at] != '\\') {
            at++;
        }
        return Math.min(at, to);
    }

    /** Marks the bytes that are equal; of those it marks, the lowest is right. */
    private static long found(long text, long wanted) {
        long word = text ^ wanted;
        return (word - LOW) & ~word & HIGH;
    }

    /** The number of the lowest marked byte. */
    private static int firstOf(long found) {
        return (int) ((((found - 1) & LOW) * LOW) >>> 56) - 1;
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
