package org.asntally.sources.flink;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Counts line feeds, eight bytes at a time: only messages need line numbers. */
final class LineCount {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FEEDS = '\n' * 0x0101010101010101L;
    private static final long SEVEN_BITS = 0x7f7f7f7f7f7f7f7fL;

    private LineCount() {}

    /** How many there are in {@code text[from, to)}. */
    static long feeds(byte[] text, int from, int to) {
        long count = 0;
        int at = from;
        for (; at <= to - 8; at += 8) {
            long word = (long) LONG.get(text, at) ^ FEEDS;
            // A high bit for each byte that is not zero: exact, no carry leaves its byte.
            long other = ((word & SEVEN_BITS) + SEVEN_BITS) | word | SEVEN_BITS;
            count += 64 - Long.bitCount(other);
        }
        for (; at < to; at++) {
            count += text[at] == '\n' ? 1 : 0;
        }
        return count;
    }

    /** How many there are in the first {@code length} bytes. */
    static long feeds(InputStream in, long length) throws IOException {
        byte[] block = new byte[1 << 16];
        long count = 0;
        long left = length;
        while (left > 0) {
            int n = in.read(block, 0, (int) Math.min(left, block.length));
            if (n < 0) {
                break;
            }
            count += feeds(block, 0, n);
            left -= n;
        }
        return count;
    }
}
