package org.asntally.job.enrich;

import org.asntally.sources.text.ReaderOptions;
import org.jspecify.annotations.Nullable;

/**
 * What {@code enrich} is asked to do with one input, checked as far as that goes without the input.
 *
 * @param format what the rows are
 * @param column where the address is: a number from 1, or a name from the header
 * @param field a path in JSON, or a name from the header
 * @param logFormat a log format by name or text
 * @param delimiter between columns of CSV; 0: told from the first rows
 * @param header whether the first row names columns; null: told from the first rows
 * @param options how addresses and times are read
 * @param strict whether the first row without a readable address ends it
 */
public record EnrichRequest(
        Format format,
        @Nullable String column,
        @Nullable String field,
        @Nullable String logFormat,
        byte delimiter,
        @Nullable Boolean header,
        ReaderOptions options,
        boolean strict) {

    /** The shape of the input. */
    public enum Format {
        AUTO,
        TEXT,
        LOG,
        TCPDUMP,
        CSV,
        TSV,
        JSON
    }
}
