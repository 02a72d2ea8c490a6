package org.asntally.lookup.prefixes;

/** What is wrong, or only odd, with an entry of a list of networks. */
public enum NetworkFault {
    /** No address where one should be. */
    BAD_ADDRESS("no IP address, prefix or range", true),
    /** An address with a zone ({@code fe80::1%eth0}): it means something on one machine only. */
    ZONE("an address with a zone", true),
    /** No prefix length behind the slash, or one that the family does not have. */
    BAD_LENGTH("no prefix length", true),
    /** A prefix that holds every address. */
    DEFAULT_ROUTE("a default route", true),
    /** Ends of two families. */
    MIXED_FAMILIES("a range from one family to the other", true),
    /** The first end is behind the last one. */
    BACKWARDS("a range that ends before it begins", true),
    /** A range that holds every address. */
    WHOLE_FAMILY("a range of all addresses", true),
    /** A line longer than any entry is. */
    TOO_LONG("line too long", true),
    /** Bits are set behind the prefix length; the network around them was taken. */
    HOST_BITS("has bits behind its length", false);

    private final String label;
    private final boolean fatal;

    NetworkFault(String label, boolean fatal) {
        this.label = label;
        this.fatal = fatal;
    }

    /** The reason in words. */
    public String label() {
        return label;
    }

    /** Whether the entry was left out. */
    public boolean isFatal() {
        return fatal;
    }
}
