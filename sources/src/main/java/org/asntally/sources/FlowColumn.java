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
    WEIGHT(6),
    /** Upper-layer protocol, as IANA numbers it. */
    PROTOCOL(7),
    /** Source port; 0 where the protocol has none. */
    SOURCE_PORT(8),
    /** Destination port; 0 where the protocol has none. */
    DESTINATION_PORT(9),
    /** TCP flags as in the header: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128. */
    TCP_FLAGS(10),
    /** Time to live, or hop limit. */
    TTL(11),
    /** Differentiated services code point, 0 to 63. */
    DSCP(12),
    /** Explicit congestion notification, 0 to 3. */
    ECN(13),
    /** 1 for a fragment, the first one too; else 0. */
    FRAGMENT(14),
    /** ifIndex of the interface on which the exporter got it; 0 when unknown. */
    INPUT_INTERFACE(15),
    /** ifIndex of the interface on which the exporter sent it; 0 when unknown. */
    OUTPUT_INTERFACE(16),
    /** 0 ingress, 1 egress, -1 when the exporter does not say. */
    DIRECTION(17),
    /** The exporter: sFlow's agent address, Kafka's sampler address. */
    EXPORTER(18),
    /** What one sample stands for, by which packets and bytes are multiplied; at least 1. */
    SAMPLING_RATE(19),
    /** The exporter's own origin AS of the source, unsigned; 0 when it tells none. */
    EXPORTER_SOURCE_AS(20),
    /** The exporter's own origin AS of the destination, unsigned; 0 when it tells none. */
    EXPORTER_DESTINATION_AS(21),
    /** The exporter's next-hop AS, unsigned; 0 when it tells none. */
    NEXT_HOP_AS(22),
    /** Customer id of bwNetFlow's enricher; 0 when there is none. */
    CUSTOMER(23),
    /** The exporter's words for the input interface. A text. */
    INPUT_DESCRIPTION(24),
    /** The exporter's words for the output interface. A text. */
    OUTPUT_DESCRIPTION(25),
    /** Status of the HTTP response; 0 when the line has none. */
    STATUS(26),
    /** Method of the HTTP request. A text. */
    METHOD(27),
    /** Path of the HTTP request, with its query. A text. */
    PATH(28),
    /** The client's User-Agent. A text. */
    AGENT(29),
    /** The virtual host. A text. */
    VHOST(30);

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

    /** Whether it holds texts (UTF-8 as a rule, as the input has them). */
    public boolean isText() {
        return switch (this) {
            case INPUT_DESCRIPTION, OUTPUT_DESCRIPTION, METHOD, PATH, AGENT, VHOST -> true;
            default -> false;
        };
    }

    /** Whether it holds addresses. */
    public boolean isAddress() {
        return this == SOURCE || this == DESTINATION || this == EXPORTER;
    }
}
