package org.asntally.sources.text;

import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;

/** The time of flows whose lines tell none. */
final class Clock {
    private Clock() {}

    /** Sets the moment of reading. */
    static void tell(FlowBatchBuilder flows) {
        if (flows.wants(FlowColumn.TIME)) {
            flows.time(System.currentTimeMillis());
        }
    }
}
