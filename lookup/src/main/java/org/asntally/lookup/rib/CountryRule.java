package org.asntally.lookup.rib;

/** Where a country comes from. */
public enum CountryRule {
    /** The table says nothing about countries. */
    NONE("none"),
    /** The table's own column: the country of the range. */
    RANGE("range"),
    /** The two letters at the end of the AS name, as in {@code EXAMPLE, FR}. */
    NAME("name"),
    /** The column where it is filled, else the end of the AS name. */
    RANGE_THEN_NAME("range, else name");

    private final String label;

    CountryRule(String label) {
        this.label = label;
    }

    /** Whether the end of the AS name counts. */
    boolean usesNames() {
        return this == NAME || this == RANGE_THEN_NAME;
    }

    /** The words that reports show. */
    public String label() {
        return label;
    }
}
