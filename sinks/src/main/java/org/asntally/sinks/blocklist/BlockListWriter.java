package org.asntally.sinks.blocklist;

import java.io.IOException;

/** One program's language. */
interface BlockListWriter {

    /** How a line of comment begins. */
    default String comment() {
        return "# ";
    }

    /** Writes all of a list, header included. */
    void write(BlockList list, ListText text) throws IOException;
}
