package org.asntally.sources.flink;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Tells readers of archives where what no reader has begins: none of them may tell a later time.
 *
 * @param millis event time; the least long: unknown; the greatest: all is with readers
 */
record UnreadFrom(long millis) implements SourceEvent {
    private static final long serialVersionUID = 1;

    /** Nobody has said. */
    static final long UNKNOWN = Long.MIN_VALUE;

    /** Readers have it all. */
    static final long NOTHING = Long.MAX_VALUE;
}
