package org.asntally.lookup.rib;

/** What the prefixes of a table are. */
public enum RibKind {
    /** Prefixes that are announced in BGP. */
    ROUTES("routes"),
    /** Prefixes cut from ranges: who holds the addresses, not what is announced. */
    RANGES("ranges");

    private final String label;

    RibKind(String label) {
        this.label = label;
    }

    /** The word that reports and files show. */
    public String label() {
        return label;
    }
}
