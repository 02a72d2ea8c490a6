package org.asntally.sources.packet;

import java.util.Arrays;

/** The interfaces of a section, and what they say of their packets. */
final class PcapngInterfaces {

    /** What {@link #millis} gives of a time outside of the years 1 to 9999. */
    static final long NO_TIME = Long.MIN_VALUE;

    /** More interfaces than any machine has; packets of others are skipped. */
    private static final int MOST = 1 << 16;

    private static final int TIME_RESOLUTION = 9;
    private static final int TIME_OFFSET = 14;
    private static final int MICROS = 6;
    private static final int BINARY = 0x80;
    private static final long FIRST_MILLIS = -62_135_596_800_000L;
    private static final long LAST_MILLIS = 253_402_300_799_999L;
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    /** The logarithm of how many are kept together: what there is is never copied. */
    private static final int PAGE = 8;

    private static final int ON_PAGE = (1 << PAGE) - 1;
    private static final int[] NO_KINDS = {};
    private static final long[] NO_OFFSETS = {};

    private int count;

    /** The link layer of each, in the upper bits, and the resolution of its times. */
    private final int[][] kinds = new int[MOST >>> PAGE][];

    /** No offsets where none on the page has one. */
    private final long[][] offsets = new long[MOST >>> PAGE][];

    /** That of the first one, which alone has packets that do not tell their own. */
    private long firstSnapLength;

    PcapngInterfaces() {
        Arrays.fill(kinds, NO_KINDS);
        Arrays.fill(offsets, NO_OFFSETS);
    }

    void clear() {
        count = 0;
    }

    /** Adds what the body of an interface block, {@code bytes[at, to)}, says. */
    void add(byte[] bytes, int at, int to, boolean swapped) {
        if (count == MOST) {
            return;
        }
        if (count == 0) {
            long snapLength = Integer.toUnsignedLong(Bytes.int32(bytes, at + 4, swapped));
            firstSnapLength = snapLength == 0 ? Long.MAX_VALUE : snapLength;
        }
        int resolution = MICROS;
        offset(0);
        for (int option = at + 8; to - option >= 4; ) {
            int code = int16(bytes, option, swapped);
            int length = int16(bytes, option + 2, swapped);
            int value = option + 4;
            if (code == 0 || length > to - value) {
                break;
            }
            if (code == TIME_RESOLUTION && length >= 1) {
                resolution = bytes[value] & 0xff;
            } else if (code == TIME_OFFSET && length >= 8) {
                long offset = Bytes.int64(bytes, value);
                offset(swapped ? Long.reverseBytes(offset) : offset);
            }
            option = value + (length + 3) / 4 * 4;
        }
        if (kinds[count >>> PAGE] == NO_KINDS) {
            kinds[count >>> PAGE] = new int[ON_PAGE + 1];
        }
        kinds[count >>> PAGE][count & ON_PAGE] = int16(bytes, at, swapped) << 8 | resolution;
        count++;
    }

    private void offset(long seconds) {
        int page = count >>> PAGE;
        if (offsets[page] == NO_OFFSETS && seconds != 0) {
            offsets[page] = new long[ON_PAGE + 1];
        }
        if (offsets[page] != NO_OFFSETS) {
            offsets[page][count & ON_PAGE] = seconds;
        }
    }

    /** Whether there is an interface of this number, unsigned. */
    boolean has(int number) {
        return number >= 0 && number < count;
    }

    int link(int number) {
        return kinds[number >>> PAGE][number & ON_PAGE] >>> 8;
    }

    /** As much of a simple packet was captured at most; without interface all of it. */
    long snapLength() {
        return count > 0 ? firstSnapLength : Long.MAX_VALUE;
    }

    /** A packet's time, milliseconds since 1970-01-01 UTC, or {@link #NO_TIME}. */
    long millis(int number, long units) {
        int resolution = kinds[number >>> PAGE][number & ON_PAGE] & 0xff;
        long[] page = offsets[number >>> PAGE];
        long offset = page == NO_OFFSETS ? 0 : page[number & ON_PAGE];
        long millis =
                (resolution & BINARY) == 0
                        ? decimal(units, resolution)
                        : binary(units, resolution & 0x7f);
        if (millis > LAST_MILLIS
                || millis < 0
                || offset > LAST_MILLIS / 1_000
                || offset < FIRST_MILLIS / 1_000) {
            return NO_TIME;
        }
        millis += 1_000 * offset;
        return millis >= FIRST_MILLIS && millis <= LAST_MILLIS ? millis : NO_TIME;
    }

    private static long decimal(long units, int digits) {
        if (digits < 3) {
            long most = LAST_MILLIS / POWERS[3 - digits];
            return units < 0 || units > most ? NO_TIME : units * POWERS[3 - digits];
        }
        int more = digits - 3;
        return more >= POWERS.length ? 0 : Long.divideUnsigned(units, POWERS[more]);
    }

    private static long binary(long units, int bits) {
        if (bits >= Long.SIZE) {
            return 0;
        }
        long seconds = units >>> bits;
        if (seconds < 0 || seconds > LAST_MILLIS / 1_000) {
            return NO_TIME;
        }
        long fraction = bits == 0 ? 0 : units & (-1L >>> (Long.SIZE - bits));
        // Ten bits of room for the thousand.
        int cut = Math.max(0, bits - 53);
        return 1_000 * seconds + (((fraction >>> cut) * 1_000) >>> (bits - cut));
    }

    private static int int16(byte[] bytes, int at, boolean swapped) {
        int value = Bytes.int16(bytes, at);
        return swapped ? Short.toUnsignedInt(Short.reverseBytes((short) value)) : value;
    }
}
