package org.asntally.sources.flink;

import java.util.List;

/**
 * What has not been given to any reader.
 *
 * @param ordinal the input that is next
 * @param offset where its next part begins
 * @param returned parts that came back from readers that failed
 */
public record RangesLeft(int ordinal, long offset, List<FileSplit> returned) {

    /** All of them. */
    static final RangesLeft ALL = new RangesLeft(0, 0, List.of());
}
