package org.asntally.lookup.read;

/** Is told of each line of a table that could not be read. */
@FunctionalInterface
public interface TableFaults {

    /**
     * A line was skipped.
     *
     * @param file as it was given to the reader
     * @param line counted from 1
     * @param excerpt its first characters; text from outside
     */
    void skipped(String file, long line, LineFault fault, String excerpt);
}
