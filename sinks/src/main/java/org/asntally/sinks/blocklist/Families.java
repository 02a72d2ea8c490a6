package org.asntally.sinks.blocklist;

/** Of which families the prefixes of a list are. */
public enum Families {
    /** Both. */
    BOTH,
    /** IPv4 only. */
    V4,
    /** IPv6 only. */
    V6;

    /** Whether IPv4 prefixes belong to it. */
    public boolean hasV4() {
        return this != V6;
    }

    /** Whether IPv6 prefixes belong to it. */
    public boolean hasV6() {
        return this != V4;
    }
}
