package org.asntally.job.attribute;

import org.asntally.sources.FlowBatch;

/**
 * A batch that waits for its version.
 *
 * @param source which source of the job, counted from 0
 * @param flows the batch
 */
record HeldBatch(int source, FlowBatch flows) {}
