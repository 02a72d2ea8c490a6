package org.asntally.lookup.prefixes;

/** Takes prefixes one by one. */
@FunctionalInterface
public interface PrefixSink {

    /**
     * A prefix.
     *
     * @param v6 the family
     * @param high the upper 64 bits of an IPv6 address, else 0
     * @param low the lower 64 bits, or the IPv4 address as an unsigned number
     * @param length the prefix length
     */
    void prefix(boolean v6, long high, long low, int length);
}
