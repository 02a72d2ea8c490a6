package org.asntally.sources.flowrecord;

/** Which messages there are. */
public enum FlowSchema {
    /** Told record by record. */
    AUTO,
    /** Protobuf of goflow2 v2 and later. */
    GOFLOW2,
    /** Protobuf of bwNetFlow, and of goflow1, where it comes from. */
    BWNETFLOW,
    /** Protobuf of flowpipeline: as bwNetFlow, with more fields. */
    ENRICHEDFLOW,
    /** JSON of goflow2. */
    JSON
}
