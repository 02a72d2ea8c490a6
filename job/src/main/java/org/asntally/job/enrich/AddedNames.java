package org.asntally.job.enrich;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The names of the added columns, and which of them a header or an object has already: then {@code
 * asn} is added as {@code asn_2}, or with the next number that is free.
 *
 * <p>The choice of one row is a number: six bits for each name (0: as it is; else the number behind
 * the underscore), and a bit for an object that has no key at all.
 */
final class AddedNames {

    /** The columns in their order. */
    static final List<String> NAMES = List.of("prefix", "asn", "as_name", "country", "rib_version");

    /** The bit of an object without keys. */
    static final int EMPTY = 1 << 30;

    private static final int BITS = 6;
    private static final int LAST = (1 << BITS) - 1;

    private static final byte[][] BYTES =
            NAMES.stream()
                    .map(name -> name.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);

    /** By name, a bit for each number that is taken; bit 0: the name itself. */
    private final long[] taken = new long[NAMES.size()];

    private boolean any;

    /** Another row. */
    void begin() {
        if (any) {
            Arrays.fill(taken, 0);
            any = false;
        }
    }

    /** A key as it stands in its quotes. */
    void see(byte[] text, int from, int to, boolean escaped) {
        if (escaped) {
            see(Escapes.text(text, from, to));
            return;
        }
        int first = from < to ? text[from] : 0;
        if (first == 'p' || first == 'a' || first == 'c' || first == 'r') {
            for (int i = 0; i < BYTES.length; i++) {
                see(i, text, from, to);
            }
        }
    }

    /** A key or a column's title. */
    void see(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < BYTES.length; i++) {
            see(i, text, 0, text.length);
        }
    }

    private void see(int name, byte[] text, int from, int to) {
        byte[] known = BYTES[name];
        int length = to - from;
        if (length < known.length) {
            return;
        }
        for (int i = 0; i < known.length; i++) {
            if (text[from + i] != known[i]) {
                return;
            }
        }
        int number = 0;
        if (length > known.length) {
            int digits = length - known.length - 1;
            if (text[from + known.length] != '_' || digits < 1 || digits > 2) {
                return;
            }
            for (int at = to - digits; at < to; at++) {
                int digit = text[at] - '0';
                if (digit < 0 || digit > 9) {
                    return;
                }
                number = number * 10 + digit;
            }
            if (text[to - digits] == '0' || number > LAST) {
                return;
            }
        }
        taken[name] |= 1L << number;
        any = true;
    }

    /**
     * The choice for the row; 0: all names as they are. -1: more numbers are taken than there are.
     */
    int code(boolean empty) {
        if (!any) {
            return empty ? EMPTY : 0;
        }
        int code = 0;
        for (int i = 0; i < taken.length; i++) {
            int number = 0;
            if ((taken[i] & 1) != 0) {
                // Number 1 is none of ours.
                number = Long.numberOfTrailingZeros(~(taken[i] | 3));
                if (number > LAST) {
                    return -1;
                }
            }
            code |= number << (BITS * i);
        }
        return code;
    }

    /** A name as the choice has it. */
    static String name(int column, int code) {
        int number = (code >> (BITS * column)) & LAST;
        return number == 0 ? NAMES.get(column) : NAMES.get(column) + '_' + number;
    }
}
