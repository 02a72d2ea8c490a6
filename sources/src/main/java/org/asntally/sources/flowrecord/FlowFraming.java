package org.asntally.sources.flowrecord;

/** Whether a protobuf message has its length before it. */
public enum FlowFraming {
    /** Told record by record. */
    AUTO,
    /** It has, as a varint. */
    DELIMITED,
    /** It has not. */
    BARE
}
