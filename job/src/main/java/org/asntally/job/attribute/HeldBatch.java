package org.asntally.job.attribute;

import org.asntally.sources.FlowBatch;

/**
 * A batch that waits for its version.
 *
 * @param source which source of the job, counted from 0
 * @param flows the batch
 * @param from only its flows at or after this time (milliseconds) wait, the others have left;
 *     {@link Long#MIN_VALUE} when all of them do
 * @param before only its flows before this time wait: later ones were from the future and have left
 */
record HeldBatch(int source, FlowBatch flows, long from, long before) {

    /** All of a batch. */
    static HeldBatch all(int source, FlowBatch flows) {
        return new HeldBatch(source, flows, Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
