package org.asntally.lookup.special;

import org.asntally.lookup.Prefix;

/**
 * A row of the registries.
 *
 * @param v6 the family
 * @param high the upper 64 bits of an IPv6 block's address, else 0
 * @param low the lower 64 bits, or the IPv4 address as an unsigned number
 * @param length the prefix length
 * @param name what IANA calls it
 * @param rfc where it is defined: {@code RFC 6890}; several apart by {@code ", "}
 * @param source whether it may be the source of a datagram on an interface
 * @param destination whether it may be the destination of one
 * @param forwardable whether a router may forward such a datagram
 * @param reachable whether it may be forwarded beyond an administrative domain
 * @param reserved whether every IP implementation has to treat it specially
 */
public record SpecialBlock(
        boolean v6,
        long high,
        long low,
        int length,
        String name,
        String rfc,
        Stated source,
        Stated destination,
        Stated forwardable,
        Stated reachable,
        Stated reserved) {

    /** {@code 192.0.2.0/24}. */
    public String prefix() {
        return Prefix.text(v6, high, low, length);
    }

    /** Whether the registry says that it is globally reachable; "N/A" is no. */
    public boolean globallyReachable() {
        return reachable == Stated.YES;
    }

    /** Whether an address of the same family lies in it. */
    boolean holds(long addressHigh, long addressLow) {
        return alike(addressHigh, addressLow, length);
    }

    /** Whether it has addresses in common with a prefix of the same family. */
    boolean meets(long otherHigh, long otherLow, int otherLength) {
        return alike(otherHigh, otherLow, Math.min(length, otherLength));
    }

    private boolean alike(long otherHigh, long otherLow, int bits) {
        if (!v6) {
            return (((int) otherLow ^ (int) low) & Prefix.mask4(bits)) == 0;
        }
        long differing =
                ((otherHigh ^ high) & Prefix.maskHigh(bits))
                        | ((otherLow ^ low) & Prefix.maskLow(bits));
        return differing == 0;
    }
}
