package org.asntally.sinks;

/** What the rows of a table are counted by. The ordinal is written: append only. */
public enum KeyKind {
    /** Not traffic: what was read, skipped, lost and so on; see {@link CounterWord}. */
    COUNTER,
    /** Origin AS. */
    ASN,
    /** The route that matched. */
    PREFIX,
    /** The fields of a {@link TableKey}, as bytes in the row's name. */
    FIELDS
}
