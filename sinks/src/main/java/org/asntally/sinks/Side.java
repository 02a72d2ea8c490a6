package org.asntally.sinks;

/** Which address of a flow a row counts. The ordinal is written: append only. */
public enum Side {
    /** Its source address. */
    SOURCE,
    /** Its destination address. */
    DESTINATION
}
