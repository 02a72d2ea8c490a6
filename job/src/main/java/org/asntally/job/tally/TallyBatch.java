package org.asntally.job.tally;

import org.asntally.sinks.TallyRows;

/**
 * Partial rows of one window and one key group, on their way to {@code window}.
 *
 * @param key the key of the group, see {@link KeyGroups}
 * @param windowStart first millisecond of the window, {@code WindowTally.WHOLE_START} for all input
 * @param rows partial rows; never changed once sent
 */
public record TallyBatch(int key, long windowStart, TallyRows rows) {}
