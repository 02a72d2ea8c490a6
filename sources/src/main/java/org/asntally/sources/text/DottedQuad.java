package org.asntally.sources.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads an IPv4 address where most lines have one: at a known place, sixteen bytes at once, with
 * one branch for all of it. Takes only what {@code inet_pton} takes.
 */
final class DottedQuad {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_SEVEN = 0x7f7f7f7f7f7f7f7fL;
    private static final long HIGH = 0x8080808080808080L;
    private static final long TO_HIGH = 0x7676767676767676L;
    private static final long GATHER = 0x0102040810204080L;
    private static final int ZEROS = 0x30303030;
    private static final long ZERO_WORD = 0x3030303030303030L;

    private DottedQuad() {}

    /**
     * The address that begins at {@code from} and ends with its last digit before {@code to}.
     *
     * @return 0 when there is none, or when it stands too near to the end of the array to be read
     *     here; else to be asked with {@link #address} and {@link #length}
     */
    static long parse(byte[] text, int from, int to) {
        if (from > text.length - 16) {
            return 0;
        }
        int ends =
                others((long) LONG.get(text, from))
                        | (others((long) LONG.get(text, from + 8)) << 8);
        // What stands behind the line is no part of it.
        int room = to - from;
        if (room < 16) {
            ends |= -1 << room;
        }
        int end0 = Integer.numberOfTrailingZeros(ends);
        ends &= ends - 1;
        int end1 = Integer.numberOfTrailingZeros(ends);
        ends &= ends - 1;
        int end2 = Integer.numberOfTrailingZeros(ends);
        ends &= ends - 1;
        int end3 = Integer.numberOfTrailingZeros(ends);
        int length1 = end1 - end0 - 1;
        int length2 = end2 - end1 - 1;
        int length3 = end3 - end2 - 1;
        int lengths =
                end0 - 1
                        | 3 - end0
                        | length1 - 1
                        | 3 - length1
                        | length2 - 1
                        | 3 - length2
                        | length3 - 1
                        | 3 - length3;
        if (lengths < 0 || end3 > room) {
            return 0;
        }
        int text0 = (int) INT.get(text, from);
        int text1 = (int) INT.get(text, from + end0 + 1);
        int text2 = (int) INT.get(text, from + end1 + 1);
        int text3 = (int) INT.get(text, from + end2 + 1);
        int octet0 = octet(text0, end0);
        int octet1 = octet(text1, length1);
        int octet2 = octet(text2, length2);
        int octet3 = octet(text3, length3);
        int dots =
                (((text0 >>> (8 * end0)) & 0xff) ^ '.')
                        | (((text1 >>> (8 * length1)) & 0xff) ^ '.')
                        | (((text2 >>> (8 * length2)) & 0xff) ^ '.');
        int ranges =
                range(octet0, end0)
                        | range(octet1, length1)
                        | range(octet2, length2)
                        | range(octet3, length3);
        if ((ranges | -dots) < 0) {
            return 0;
        }
        int address = (octet0 << 24) | (octet1 << 16) | (octet2 << 8) | octet3;
        return ((address & 0xffffffffL) << 8) | end3;
    }

    /** The address of a result of {@link #parse}. */
    static int address(long parsed) {
        return (int) (parsed >>> 8);
    }

    /** How many bytes it took. */
    static int length(long parsed) {
        return (int) parsed & 0xff;
    }

    /** Bit i: byte i of the word is no digit. */
    private static int others(long word) {
        long digits = word ^ ZERO_WORD;
        long others = (((digits & LOW_SEVEN) + TO_HIGH) | digits) & HIGH;
        return (int) (((others >>> 7) * GATHER) >>> 56);
    }

    /** The number that the first one to three bytes of the word show. */
    private static int octet(int word, int length) {
        int digits = (word ^ ZEROS) << (32 - 8 * length);
        return ((digits >>> 8) & 0xff) * 100 + ((digits >>> 16) & 0xff) * 10 + (digits >>> 24);
    }

    /** Negative above 255, and where a leading zero makes the number too small for its length. */
    private static int range(int octet, int length) {
        int least = (0x640a00 >>> (8 * length - 8)) & 0xff;
        return (255 - octet) | (octet - least);
    }
}
