package org.asntally.job.filter;

import java.io.Serializable;

/** What a term is compared with. */
public sealed interface FilterValue extends Serializable {

    /**
     * Addresses from a first to a last one, of one family.
     *
     * @param firstHigh 0 of IPv4
     * @param firstLow of IPv4 the unsigned address
     */
    record Addresses(boolean v6, long firstHigh, long firstLow, long lastHigh, long lastLow)
            implements FilterValue {}

    /** The networks of this name in the configuration. */
    record NamedList(String name) implements FilterValue {}

    /** The networks in this file. */
    record FileList(String path) implements FilterValue {}

    /** Whole numbers, both ends included; of countries the packed code. */
    record Numbers(long first, long last) implements FilterValue {}

    /** A text, a name, or a regular expression. */
    record Text(String text) implements FilterValue {}

    /**
     * One interface of one exporter.
     *
     * @param low the address as in {@link Addresses}
     * @param index its ifIndex
     */
    record Interface(boolean v6, long high, long low, long index) implements FilterValue {}
}
