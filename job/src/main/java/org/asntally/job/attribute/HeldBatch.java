package org.asntally.job.attribute;

import org.asntally.sources.FlowBatch;

/**
 * A batch that waits for its version.
 *
 * @param source which source of the job, counted from 0
 * @param flows the batch
 * @param from only its flows at or after this time (milliseconds) wait, the others have left;
 *     {@link Long#MIN_VALUE} when all of them do
 */
record HeldBatch(int source, FlowBatch flows, long from) {}
