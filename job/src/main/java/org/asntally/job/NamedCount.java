package org.asntally.job;

import java.util.List;

/**
 * A count of the job.
 *
 * @param spec what is counted
 * @param results where its rows go; each gets all of them
 */
public record NamedCount(CountSpec spec, List<NamedSink> results) {

    /** An unmodifiable copy. */
    public NamedCount {
        results = List.copyOf(results);
    }
}
