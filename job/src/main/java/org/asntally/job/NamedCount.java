package org.asntally.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A count of the job.
 *
 * @param spec what is counted
 * @param results where its rows go; each gets all of them
 * @param moves what is told of prefixes that move, with its traffic; null: nothing. Only of a count
 *     by prefix that has windows
 */
public record NamedCount(CountSpec spec, List<NamedSink> results, @Nullable NamedMoves moves) {

    /** One that tells no moves. */
    public NamedCount(CountSpec spec, List<NamedSink> results) {
        this(spec, results, null);
    }

    /** An unmodifiable copy. */
    public NamedCount {
        results = List.copyOf(results);
    }
}
