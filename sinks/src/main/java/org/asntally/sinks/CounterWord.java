package org.asntally.sinks;

/**
 * The words under which everything that is not a counted flow is told. The ordinal is written:
 * append only.
 */
public enum CounterWord {
    /** Lines, packets or records that a source looked at. */
    READ,
    /** Flows that were counted. */
    COUNTED,
    /** Of these, flows that no route covers. */
    UNROUTED,
    /** Blank lines and comments. */
    BLANK,
    /** Refused by a rule of the user's. */
    REJECTED,
    /** Input that cannot be read. */
    SKIPPED,
    /** Left out because we were overloaded. */
    DROPPED,
    /** Known to exist, never arrived. */
    LOST,
    /** Counted, but not as promised: attributed by another table than the one in force, say. */
    NOTED
}
