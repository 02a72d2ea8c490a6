package org.asntally.lookup.read;

/**
 * Takes what a reader of tables finds, in the order of the file. Addresses are two longs; an IPv4
 * address is an unsigned number in the lower one.
 */
public interface RouteSink {

    /** No country: the table has no such column, or nothing in it. */
    int NO_COUNTRY = 0;

    /** A new file begins; what follows comes from it. */
    void file(String name);

    /**
     * A prefix that is announced. Host bits are cleared; of equal prefixes the last one wins.
     *
     * @param length 1 to 32
     * @param asn unsigned, not 0
     * @param line counted from 1
     */
    void route4(int address, int length, int asn, int line);

    /**
     * A prefix that is announced. Host bits are cleared; of equal prefixes the last one wins.
     *
     * @param length 1 to 128
     * @param asn unsigned, not 0
     * @param line counted from 1
     */
    void route6(long high, long low, int length, int asn, int line);

    /**
     * An origin of a prefix, as BGP peers see it. Of the origins of one prefix in one file that of
     * most peers is shown, of equal ones that with the lowest number. A sink that does not weigh
     * them takes it as a route.
     *
     * @param length 1 to 32 or 128
     * @param asn unsigned, not 0
     * @param peers how many peers see this origin, at least 1
     * @param inSet whether it is one of the ASes of an AS_SET
     * @param record counted from 1
     */
    default void seen(
            boolean v6,
            long high,
            long low,
            int length,
            int asn,
            int peers,
            boolean inSet,
            int record) {
        if (v6) {
            route6(high, low, length, asn, record);
        } else {
            route4((int) low, length, asn, record);
        }
    }

    /**
     * Addresses that somebody holds, first and last included. Where ranges overlap, the narrower
     * one wins.
     *
     * @param country two letters, the first in the upper byte, or {@link #NO_COUNTRY}
     */
    void range(
            boolean v6,
            long firstHigh,
            long firstLow,
            long lastHigh,
            long lastLow,
            int asn,
            int country,
            int line);

    /** The country of all addresses in a range, whoever holds them. */
    void country(
            boolean v6,
            long firstHigh,
            long firstLow,
            long lastHigh,
            long lastLow,
            int country,
            int line);

    /** The name of an AS; a later one replaces it. Valid UTF-8. */
    void name(int asn, byte[] utf8, int from, int to);
}
