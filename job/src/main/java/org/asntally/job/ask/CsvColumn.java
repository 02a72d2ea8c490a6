package org.asntally.job.ask;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One column of rows as RFC 4180 has them, with any delimiter of one byte. Rows end at a line feed,
 * a carriage return or both; empty ones are passed over. Bounded whatever the rows hold: of a
 * column the first {@value #LONGEST} bytes are kept.
 */
final class CsvColumn {

    /** Bytes of a column that are kept; no address is as long. */
    static final int LONGEST = 300;

    /** Takes the rows. */
    interface Rows {
        /**
         * A row.
         *
         * @param line on which it begins, from 1
         * @param value without blanks around it, or null when the row has no such column
         */
        void row(long line, @Nullable String value);
    }

    private enum State {
        BEGIN,
        PLAIN,
        QUOTED,
        QUOTE
    }

    private final byte delimiter;
    private final int wanted;
    private final Rows rows;
    private final ByteArrayOutputStream value = new ByteArrayOutputStream(LONGEST);
    private State state = State.BEGIN;
    private int column = 1;
    private boolean any;
    private long line = 1;
    private long begun = 1;
    private int last;

    /**
     * @param wanted the column's number, from 1
     */
    CsvColumn(byte delimiter, int wanted, Rows rows) {
        this.delimiter = delimiter;
        this.wanted = wanted;
        this.rows = rows;
    }

    /** Goes through more of the text. */
    void read(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            step(text[i]);
        }
    }

    /** The text has ended. */
    void end() {
        endRow();
    }

    private void step(byte c) {
        if (state == State.QUOTED) {
            if (c == '"') {
                state = State.QUOTE;
            } else {
                keep(c);
                line += c == '\n' ? 1 : 0;
            }
        } else if (c == '\n' || c == '\r') {
            if (c == '\n' && last == '\r' && !any) {
                // The second half of one end; it has been counted.
                begun = line;
            } else {
                endRow();
                line++;
                begun = line;
            }
        } else if (c == delimiter) {
            any = true;
            column++;
            state = State.BEGIN;
        } else if (c == '"' && state == State.BEGIN) {
            any = true;
            state = State.QUOTED;
        } else if (c == '"' && state == State.QUOTE) {
            keep(c);
            state = State.QUOTED;
        } else {
            any = true;
            keep(c);
            state = State.PLAIN;
        }
        last = c;
    }

    private void keep(byte c) {
        if (column == wanted && value.size() < LONGEST) {
            value.write(c);
        }
    }

    private void endRow() {
        if (any) {
            rows.row(
                    begun, column < wanted ? null : value.toString(StandardCharsets.UTF_8).strip());
        }
        value.reset();
        any = false;
        column = 1;
        state = State.BEGIN;
    }
}
