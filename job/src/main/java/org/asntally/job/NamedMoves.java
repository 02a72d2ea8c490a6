package org.asntally.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.asntally.sinks.RouteMoves;

/**
 * What is told of prefixes that move from one AS to another, with the traffic that a count has of
 * them.
 *
 * @param name of the moves: of their operator, their folder and in their rows; no count's
 * @param all whether prefixes without traffic in the last window are told too
 * @param results where they go, by the names of the sinks
 */
public record NamedMoves(String name, boolean all, Map<String, Sink<RouteMoves>> results) {

    /** An unmodifiable copy in the same order. */
    public NamedMoves {
        results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    }
}
