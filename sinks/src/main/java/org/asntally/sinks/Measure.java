package org.asntally.sinks;

/** What is added up. The ordinal is written: append only. */
public enum Measure {
    /** Flows: one each. */
    HITS,
    /** Packets. */
    PACKETS,
    /** Bytes. */
    BYTES,
    /** The number of the user's choice (a tuple's number, seconds of request time), exact. */
    WEIGHT,
    /** That number, each one rounded half to even before it is added. */
    ROUNDED_WEIGHT
}
