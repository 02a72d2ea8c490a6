package org.asntally.sinks.files;

import java.io.IOException;

/**
 * Writes rows into one file.
 *
 * @param <T> the records that they come in
 */
public interface ResultWriter<T> {

    /** Writes the rows of a record that are shown. */
    void write(T record) throws IOException;

    /** Hands all that was written to the stream. */
    void flush() throws IOException;
}
