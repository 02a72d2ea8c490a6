package org.asntally.sources.text;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the user said about the fields of logs.
 *
 * @param clientFrom the field with the clients that proxies have seen: a header's name, or a
 *     field's; null: the peer is the client
 * @param trusted the proxies that are believed
 * @param weight the field whose number is a flow's weight; null: the request time; empty: none
 * @param prefixes whether what syslog and journald write before a line is passed over
 */
public record LogReading(
        @Nullable String clientFrom,
        TrustedProxies trusted,
        @Nullable String weight,
        boolean prefixes)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** The peer, the request time, prefixes passed over. */
    public static final LogReading USUAL = new LogReading(null, TrustedProxies.OWN, null, true);

    /** The same, of clients that proxies tell in a field. */
    public LogReading withClientFrom(@Nullable String field, TrustedProxies believed) {
        return new LogReading(field, believed, weight, prefixes);
    }

    /** The same, weighing by a field. */
    public LogReading withWeight(@Nullable String field) {
        return new LogReading(clientFrom, trusted, field, prefixes);
    }

    /** The same, no field of the line being a weight. */
    public LogReading withoutWeight() {
        return withWeight("");
    }

    /** Whether a line tells a weight. */
    boolean weighs() {
        return weight == null || !weight.isEmpty();
    }

    /** The same, lines taken as they are. */
    public LogReading withoutPrefixes() {
        return new LogReading(clientFrom, trusted, weight, false);
    }
}
