package org.asntally.sinks;

/**
 * Rows of one window: what {@code window} hands to the sinks. A window's rows come in many of
 * these.
 *
 * @param windowStart first millisecond of the window, since 1970-01-01 UTC; {@link #WHOLE_START}
 *     when one window spans all input
 * @param windowEnd first millisecond after it; {@link #WHOLE_END} when one window spans all input
 * @param snapshot 0 for rows of a window that is over; else the number of the checkpoint at which a
 *     window that goes on was looked at, the same for all rows of that look
 * @param correction whether these rows add to a window whose rows have left before
 * @param rows the rows; counters have none but their own kind
 */
public record WindowTally(
        long windowStart, long windowEnd, long snapshot, boolean correction, TallyRows rows) {

    /** Start of the window that spans all input. */
    public static final long WHOLE_START = Long.MIN_VALUE;

    /** End of the window that spans all input. */
    public static final long WHOLE_END = Long.MAX_VALUE;
}
