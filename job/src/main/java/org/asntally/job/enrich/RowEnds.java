package org.asntally.job.enrich;

import org.asntally.sources.text.LineFeed;

/**
 * Finds where rows end: at a line feed, in CSV at one that no quotes protect. Remembers how far it
 * has looked, so that a long row is looked through once, however small the pieces in which it
 * comes.
 */
final class RowEnds {

    private enum State {
        /** A quote here begins a quoted column. */
        COLUMN,
        PLAIN,
        QUOTED,
        /** Behind a quote in a quoted column: its end, or the first of two. */
        QUOTE
    }

    private final boolean quoted;
    private final byte delimiter;
    private State state = State.COLUMN;
    private int looked;

    RowEnds(boolean quoted, byte delimiter) {
        this.quoted = quoted;
        this.delimiter = delimiter;
    }

    /**
     * Looks on for the end of the row that begins at {@code from}.
     *
     * @return the place of its line feed, or -1 when that is not in {@code text[from, to)}
     */
    int find(byte[] text, int from, int to) {
        int at = quoted ? findQuoted(text, from + looked, to) : plain(text, from + looked, to);
        if (at < 0) {
            looked = to - from;
        } else {
            begin();
        }
        return at;
    }

    /** The first {@code bytes} of the row have left, the rest is still to be looked for. */
    void dropped(int bytes) {
        looked -= bytes;
    }

    /** Whether what was looked through so far ended within quotes. */
    boolean isOpen() {
        return state == State.QUOTED;
    }

    /** The next row begins. */
    void begin() {
        looked = 0;
        state = State.COLUMN;
    }

    private static int plain(byte[] text, int from, int to) {
        int at = LineFeed.find(text, from, to);
        return at < to ? at : -1;
    }

    private int findQuoted(byte[] text, int from, int to) {
        State now = state;
        for (int at = from; at < to; at++) {
            byte c = text[at];
            if (now == State.QUOTED) {
                now = c == '"' ? State.QUOTE : now;
            } else if (c == '\n') {
                return at;
            } else if (c == delimiter) {
                now = State.COLUMN;
            } else if (c == '"' && now != State.PLAIN) {
                now = State.QUOTED;
            } else {
                now = State.PLAIN;
            }
        }
        state = now;
        return -1;
    }
}
