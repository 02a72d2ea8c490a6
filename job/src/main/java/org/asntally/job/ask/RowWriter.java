package org.asntally.job.ask;

import java.io.IOException;

/** Writes a row for each question. Text is lent, as typed, {@code text[from, to)}. */
interface RowWriter {

    /** Before the first row. */
    void begin(RowBuffer out);

    /**
     * The row of an address or a prefix.
     *
     * @param route of the table, or {@link org.asntally.lookup.rib.Rib#UNROUTED}
     */
    void network(RowBuffer out, byte[] text, int from, int to, int route) throws IOException;

    /** The row of an AS number. */
    void as(RowBuffer out, byte[] text, int from, int to, AsFacts facts) throws IOException;

    /** A line without a question that can be read, or without any. */
    void none(RowBuffer out, byte[] text, int from, int to) throws IOException;

    /** No question is there now: what is kept back must go. */
    void pause(RowBuffer out) throws IOException;

    /** Behind the last row. */
    default void end(RowBuffer out) throws IOException {
        pause(out);
    }
}
