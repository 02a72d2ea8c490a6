package org.asntally.sinks;

/**
 * Prefixes that moved from one origin AS to another at one moment, with the traffic of each in the
 * last window that was over by then. The moves of a moment come in many of these.
 *
 * @param movedAt when the second table took the place of the first, milliseconds since 1970-01-01
 *     UTC
 * @param fromRib version of the table before, as {@link TallyRows#rib} has it
 * @param toRib version of the table after
 * @param windowStart first millisecond of that window
 * @param windowEnd first millisecond after it; not later than the moment
 * @param rows a row of {@link KeyKind#PREFIX} for each, with its traffic; its AS is the origin
 *     before, 0 where the prefix is new
 * @param toAsns the origin after, unsigned, for each row; 0 where the prefix is gone
 */
@SuppressWarnings("ArrayRecordComponent") // travels, and is compared by nobody
public record RouteMoves(
        long movedAt,
        long fromRib,
        long toRib,
        long windowStart,
        long windowEnd,
        TallyRows rows,
        int[] toAsns) {

    /** Copies no array. */
    public RouteMoves {
        if (toAsns.length != rows.size()) {
            throw new IllegalArgumentException(
                    toAsns.length + " origins of " + rows.size() + " prefixes");
        }
    }
}
