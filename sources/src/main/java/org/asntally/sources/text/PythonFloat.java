package org.asntally.sources.text;

import java.nio.charset.StandardCharsets;

/**
 * Reads a number as Python's {@code float()} does: underscores between digits, digits of any script
 * in UTF-8, no hexadecimal, no suffix. What is infinite, no number, or above {@link #LIMIT} in
 * either direction is refused: sums have to stay finite.
 */
final class PythonFloat {
    /** The largest number that is taken. */
    static final double LIMIT = 1e300;

    private static final int MAX_DIGITS = 18;
    private static final long EXACT = 1L << 53;

    /** Powers of ten that a double holds exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    private double value;

    /** A number as Java reads it. */
    private byte[] plain = {};

    /** The number that was read last. */
    double value() {
        return value;
    }

    /** Reads all of {@code text[from, to)}, which no blanks surround; false when it is refused. */
    boolean parse(byte[] text, int from, int to) {
        int at = from;
        boolean negative = false;
        if (at < to && (text[at] == '-' || text[at] == '+')) {
            negative = text[at] == '-';
            at++;
        }
        long mantissa = 0;
        int digits = 0;
        int fraction = 0;
        boolean point = false;
        for (; at < to; at++) {
            int c = text[at];
            if (c >= '0' && c <= '9') {
                mantissa = mantissa * 10 + (c - '0');
                fraction += point ? 1 : 0;
                if (++digits > MAX_DIGITS) {
                    return parseSlowly(text, from, to);
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                return parseSlowly(text, from, to);
            }
        }
        if (digits == 0) {
            return false;
        }
        if (mantissa > EXACT || fraction >= POWERS.length) {
            return parseSlowly(text, from, to);
        }
        // Both operands are exact, so the quotient is rounded once, as it should be.
        double number = mantissa / POWERS[fraction];
        value = negative ? -number : number;
        return true;
    }

    /** Everything that is rare: checks the grammar, then leaves the rounding to the JDK. */
    private boolean parseSlowly(byte[] text, int from, int to) {
        if (plain.length < to - from) {
            plain = new byte[2 * (to - from)];
        }
        int length = 0;
        int at = from;
        boolean point = false;
        boolean exponent = false;
        boolean anyDigit = false;
        // What stands before: a digit, an underscore after one, or anything else.
        char before = ' ';
        while (at < to) {
            int c = text[at];
            int digit = -1;
            int size = 1;
            if (c >= '0' && c <= '9') {
                digit = c - '0';
            } else if (c < 0) {
                int codePoint = Utf8.codePoint(text, at, to);
                size = Utf8.length(codePoint);
                digit =
                        Character.getType(codePoint) == Character.DECIMAL_DIGIT_NUMBER
                                ? Character.digit(codePoint, 10)
                                : -1;
            }
            if (digit >= 0) {
                plain[length++] = (byte) ('0' + digit);
                before = '0';
                anyDigit = true;
            } else if (before == '_' || (c == '_' && before != '0')) {
                return false;
            } else if (c == '_') {
                before = '_';
            } else if (c == '.' && !point && !exponent) {
                plain[length++] = '.';
                point = true;
                before = '.';
            } else if ((c | 0x20) == 'e' && anyDigit && !exponent) {
                plain[length++] = 'e';
                exponent = true;
                before = 'e';
            } else if ((c == '-' || c == '+') && (at == from || before == 'e')) {
                plain[length++] = (byte) c;
                before = '-';
            } else {
                return false;
            }
            at += size;
        }
        if (!anyDigit || before == '_' || before == 'e' || before == '-') {
            return false;
        }
        value = Double.parseDouble(new String(plain, 0, length, StandardCharsets.US_ASCII));
        return Math.abs(value) <= LIMIT;
    }
}
