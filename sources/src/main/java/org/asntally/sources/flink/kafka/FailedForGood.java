package org.asntally.sources.flink.kafka;

import org.apache.flink.api.connector.source.SourceEvent;

/** To a reader: what is required cannot be had, and is asked for no more. */
record FailedForGood() implements SourceEvent {
    private static final long serialVersionUID = 1;
}
