package org.asntally.sources.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line feeds, eight bytes at a time. */
public final class LineFeed {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long FEEDS = '\n' * LOW;

    private LineFeed() {}

    /** The place of the first line feed in {@code text[from, to)}, or {@code to}. */
    public static int find(byte[] text, int from, int to) {
        int at = from;
        // Four words with one branch: most lines are longer than that.
        while (at <= to - 32
                && (found((long) LONG.get(text, at))
                                | found((long) LONG.get(text, at + 8))
                                | found((long) LONG.get(text, at + 16))
                                | found((long) LONG.get(text, at + 24)))
                        == 0) {
            at += 32;
        }
        for (; at <= to - 8; at += 8) {
            // The lowest set bit is right, those above it may be false: only the first one counts.
            long found = found((long) LONG.get(text, at));
            if (found != 0) {
                return at + (int) ((((found - 1) & LOW) * LOW) >>> 56) - 1;
            }
        }
        while (at < to && text[at] != '\n') {
            at++;
        }
        return at;
    }

    /** The first byte of {@code text[from, to)} that is no line feed, or {@code to}. */
    public static int skip(byte[] text, int from, int to) {
        int at = from;
        while (at <= to - 8 && (long) LONG.get(text, at) == FEEDS) {
            at += 8;
        }
        while (at < to && text[at] == '\n') {
            at++;
        }
        return at;
    }

    private static long found(long text) {
        long word = text ^ FEEDS;
        return (word - LOW) & ~word & HIGH;
    }
}
