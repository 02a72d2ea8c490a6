package org.asntally.job.config;

/**
 * Where something stands in a job file.
 *
 * @param file as the user named it
 * @param line from 1
 * @param column from 1, in characters
 */
public record Place(String file, int line, int column) {

    /** {@code file:line:column}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }

    Place right(int columns) {
        return new Place(file, line, column + columns);
    }
}
