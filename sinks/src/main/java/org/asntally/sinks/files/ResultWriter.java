package org.asntally.sinks.files;

import java.io.IOException;
import org.asntally.sinks.WindowTally;

/** Writes rows into one file. */
public interface ResultWriter {

    /** Writes the rows of a window that is over; of a look at one that goes on nothing. */
    void write(WindowTally tally) throws IOException;

    /** Hands all that was written to the stream. */
    void flush() throws IOException;
}
