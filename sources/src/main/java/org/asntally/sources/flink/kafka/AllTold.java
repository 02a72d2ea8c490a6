package org.asntally.sources.flink.kafka;

import org.apache.flink.api.connector.source.SourceEvent;

/** To a reader: it is known which partitions there are, and those that are its own it has. */
record AllTold() implements SourceEvent {
    private static final long serialVersionUID = 1;
}
