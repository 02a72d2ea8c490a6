package org.asntally.job.ask;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rows on their way out, as bytes. Grows with the longest row; passed on when it is full or asked
 * to.
 */
final class RowBuffer {

    private static final int FULL = 1 << 16;

    private final OutputStream out;
    byte[] bytes = new byte[FULL + (1 << 14)];
    int at;

    RowBuffer(OutputStream out) {
        this.out = out;
    }

    /** Makes room for so many bytes at {@link #at}. */
    void room(int more) {
        if (bytes.length - at < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + more));
        }
    }

    void add(byte[] text, int from, int to) {
        room(to - from);
        System.arraycopy(text, from, bytes, at, to - from);
        at += to - from;
    }

    void add(byte[] text) {
        add(text, 0, text.length);
    }

    void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    void add(char ascii) {
        room(1);
        bytes[at++] = (byte) ascii;
    }

    /** A number of 32 bits without sign. */
    void addUnsigned(int number) {
        room(10);
        long rest = number & 0xffffffffL;
        int digits = 1;
        for (long bound = 10; rest >= bound; bound *= 10) {
            digits++;
        }
        for (int i = at + digits - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        at += digits;
    }

    /** The end of a row: passes on when there is much. */
    void endRow() throws IOException {
        if (at >= FULL) {
            flush();
        }
    }

    void flush() throws IOException {
        if (at > 0) {
            int length = at;
            at = 0;
            out.write(bytes, 0, length);
            out.flush();
        }
    }
}
