package org.asntally.sources;

/**
 * What can be known of a flow. A batch says which of these it has; a source fills those that were
 * asked for.
 *
 * <p>The id is what is written, so it never changes its meaning; readers skip ids that they do not
 * know.
 */
public enum FlowColumn {
    /** Event time, milliseconds since 1970-01-01 UTC. */
    TIME(1),
    /** Source address, either family. */
    SOURCE(2),
    /** Destination address, either family, of the same family as the source. */
    DESTINATION(3),
    /** Packets, unscaled. */
    PACKETS(4),
    /** Bytes on the wire, or of the response in a log; unscaled. */
    BYTES(5),
    /**
     * One number of the user's choice: a tuple's number, a log's request time in seconds. A double.
     */
    WEIGHT(6);

    private static final FlowColumn[] BY_ID = new FlowColumn[64];

    static {
        for (FlowColumn column : values()) {
            BY_ID[column.id] = column;
        }
    }

    private final int id;

    FlowColumn(int id) {
        this.id = id;
    }

    /** The number under which this column is written: 1 to 63. */
    public int id() {
        return id;
    }
}
