package org.asntally.sources.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads an IPv4 address where most lines have one: at a known place, from two words of eight bytes,
 * checked by one branch for all of it. Takes only what {@code inet_pton} takes.
 */
public final class DottedQuad {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030303030303030L;
    private static final long LOW_SEVEN = 0x7f7f7f7f7f7f7f7fL;
    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long TO_HIGH = 0x7676767676767676L;

    /** What a dot becomes where digits become numbers. */
    private static final int DOT = '.' ^ '0';

    private DottedQuad() {}

    /**
     * The address that begins at {@code from} and ends with its last digit, not behind {@code to}.
     *
     * @return 0 when there is none, or when it stands too near to the end of the array to be read
     *     here, or when digits go on behind {@code to}; else to be asked with {@link #address} and
     *     {@link #length}
     */
    public static long parse(byte[] text, int from, int to) {
        if (from > text.length - 16) {
            return 0;
        }
        // The first two numbers and their dots take at most eight bytes, and so do the other two
        // with what ends them. Marks are the highest bits of bytes that are no digits.
        long first = (long) LONG.get(text, from) ^ ZEROS;
        long marks = others(first);
        int mark0 = lowest(marks);
        marks &= marks - 1;
        if (marks == 0) {
            return 0;
        }
        int mark1 = lowest(marks);
        int second = (mark1 >>> 3) + 1;
        long rest = (long) LONG.get(text, from + second) ^ ZEROS;
        marks = others(rest);
        int mark2 = lowest(marks);
        marks &= marks - 1;
        int mark3 = lowest(marks);
        int bits0 = mark0 - 7;
        int bits1 = mark1 - mark0 - 8;
        int bits2 = mark2 - 7;
        int bits3 = mark3 - mark2 - 8;
        int length = second + (mark3 >>> 3);
        int lengths =
                (bits0 - 8)
                        | (24 - bits0)
                        | (bits1 - 8)
                        | (24 - bits1)
                        | (bits2 - 8)
                        | (24 - bits2)
                        | (bits3 - 8)
                        | (24 - bits3)
                        | (to - from - length)
                        | (int) (((marks | -marks) >>> 63) - 1);
        if (lengths < 0) {
            return 0;
        }
        int digits0 = (int) first << (32 - bits0);
        int digits1 = (int) (first >>> (mark0 + 1)) << (32 - bits1);
        int digits2 = (int) rest << (32 - bits2);
        int digits3 = (int) (rest >>> (mark2 + 1)) << (32 - bits3);
        long dots =
                ((first >>> bits0) ^ DOT)
                        | ((first >>> (mark1 - 7)) ^ DOT)
                        | ((rest >>> bits2) ^ DOT);
        int ranges =
                range(digits0, bits0)
                        | range(digits1, bits1)
                        | range(digits2, bits2)
                        | range(digits3, bits3);
        if ((ranges | -((int) dots & 0xff)) < 0) {
            return 0;
        }
        int address =
                (octet(digits0) << 24)
                        | (octet(digits1) << 16)
                        | (octet(digits2) << 8)
                        | octet(digits3);
        return ((address & 0xffffffffL) << 8) | length;
    }

    /** The address of a result of {@link #parse}. */
    public static int address(long parsed) {
        return (int) (parsed >>> 8);
    }

    /** How many bytes it took. */
    public static int length(long parsed) {
        return (int) parsed & 0xff;
    }

    /**
     * The place of the lowest mark; 63 too when there is none. The compiler that serves short runs
     * has no instruction for it, and counts zeros in a loop.
     */
    private static int lowest(long marks) {
        return ((int) ((((marks - 1) & LOW) * LOW) >>> 56) << 3) - 1;
    }

    /** The highest bit of each byte that was no digit. */
    private static long others(long digits) {
        return (((digits & LOW_SEVEN) + TO_HIGH) | digits) & HIGH;
    }

    /** The number of up to three digits, the last one in the highest byte, zeros before them. */
    private static int octet(int digits) {
        return (((digits >>> 8) * ((100 << 16) | (10 << 8) | 1)) >>> 16) & 0xff;
    }

    /** Negative above 255, and where a leading zero makes the number too small for its length. */
    private static int range(int digits, int bits) {
        // In this order of bytes, digits compare as the number does.
        int ordered = Integer.reverseBytes(digits);
        int least = (1 << (bits - 8)) & -2;
        return (ordered - least) | (0x020505 - ordered);
    }
}
