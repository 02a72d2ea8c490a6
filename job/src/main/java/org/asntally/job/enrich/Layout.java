package org.asntally.job.enrich;

import org.asntally.sources.text.LineReader;

/**
 * What the rows of an input look like.
 *
 * @param label for messages
 * @param medium how columns are added
 * @param delimiter between columns
 * @param quoted whether a quote at the start of a column protects what is in it
 * @param header whether the first row names columns
 * @param reader finds the address in a row
 * @param timed whether it finds a time too
 */
record Layout(
        String label,
        Medium medium,
        byte delimiter,
        boolean quoted,
        boolean header,
        LineReader reader,
        boolean timed) {

    /** How columns are added. */
    enum Medium {
        /** At the end of the row, each behind a delimiter. */
        COLUMNS,
        /** As keys before the brace that ends the row's object. */
        JSON
    }

    static Layout lines(String label, LineReader reader, boolean header, boolean timed) {
        return new Layout(label, Medium.COLUMNS, (byte) '\t', false, header, reader, timed);
    }

    static Layout csv(byte delimiter, boolean quoted, boolean header, LineReader reader) {
        return new Layout(
                delimiter == '\t' && !quoted ? "tsv" : "csv",
                Medium.COLUMNS,
                delimiter,
                quoted,
                header,
                reader,
                false);
    }

    static Layout json(JsonRow reader) {
        return new Layout("json", Medium.JSON, (byte) ',', false, false, reader, false);
    }
}
