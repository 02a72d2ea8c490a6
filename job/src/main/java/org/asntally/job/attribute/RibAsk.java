package org.asntally.job.attribute;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The RIB reader asks what is new.
 *
 * @param all whether it has heard nothing yet: it is told all
 */
record RibAsk(boolean all) implements SourceEvent {

    private static final long serialVersionUID = 1;
}
