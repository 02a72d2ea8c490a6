package org.asntally.lookup.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.asntally.lookup.unpack.DamagedException;

/**
 * Cuts a stream into lines, which stay in one buffer: {@code text[from, to)}, without the newline.
 * A line longer than the limit is passed over and told as such; a last line without newline counts.
 */
final class TableLines {

    private static final int BLOCK = 1 << 18;

    /** Characters of a bad line that are shown. */
    static final int EXCERPT = 60;

    private final InputStream in;
    private final String name;
    private final int limit;
    private final TableFaults faults;
    private final byte[] buffer;
    private int filled;
    private int next;
    private boolean ended;
    private int from;
    private int to;
    private int number;

    TableLines(InputStream in, String name, int limit, TableFaults faults) {
        this.in = in;
        this.name = name;
        this.limit = limit;
        this.faults = faults;
        this.buffer = new byte[Math.max(BLOCK, 2 * limit)];
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws IOException {
        while (true) {
            int end = newline(next);
            if (end < 0 && !ended) {
                fill();
                continue;
            }
            if (end < 0) {
                if (next == filled) {
                    return false;
                }
                end = filled;
            }
            from = next;
            to = end;
            next = Math.min(end + 1, filled);
            number++;
            if (to - from <= limit) {
                return true;
            }
            fault(LineFault.TOO_LONG);
        }
    }

    private int newline(int start) {
        for (int i = start; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void fill() throws IOException {
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, filled - next);
            filled -= next;
            next = 0;
        }
        if (filled == buffer.length) {
            passOver();
            return;
        }
        int read = read(filled);
        if (read < 0) {
            ended = true;
        } else {
            filled += read;
        }
    }

    /** Reads behind {@code at}; where the file is cut off, what there is of a line is none. */
    private int read(int at) throws IOException {
        try {
            return in.read(buffer, at, buffer.length - at);
        } catch (DamagedException e) {
            if (!e.soundBefore()) {
                throw e;
            }
            filled = next;
            faults.skipped(name, number + 1L, LineFault.CUT_OFF, String.valueOf(e.getMessage()));
            return -1;
        }
    }

    /** The line fills the buffer: drops its middle, so that what remains is still too long. */
    private void passOver() throws IOException {
        while (true) {
            int read = read(limit + 1);
            if (read < 0) {
                ended = true;
                filled = limit + 1;
                return;
            }
            filled = limit + 1 + read;
            if (newline(limit + 1) >= 0) {
                return;
            }
        }
    }

    byte[] text() {
        return buffer;
    }

    int from() {
        return from;
    }

    /** The end of the line, a carriage return before the newline left out. */
    int to() {
        return to > from && buffer[to - 1] == '\r' ? to - 1 : to;
    }

    /** The end of the line with its carriage return. */
    int rawTo() {
        return to;
    }

    /** Counted from 1; stays at the largest number when there are more. */
    int number() {
        return Math.max(number, 0);
    }

    void fault(LineFault fault) {
        String excerpt =
                new String(buffer, from, Math.min(to - from, EXCERPT), StandardCharsets.UTF_8);
        faults.skipped(name, number, fault, excerpt);
    }
}
