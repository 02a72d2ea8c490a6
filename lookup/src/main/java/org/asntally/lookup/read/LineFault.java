package org.asntally.lookup.read;

/** Why a line of a table gave no route. */
public enum LineFault {
    /** Not the columns that the format has. */
    BAD_SHAPE("not a line of this format"),
    /** The address cannot be read. */
    BAD_ADDRESS("no IP address"),
    /** No prefix length, or one that the family does not have. */
    BAD_LENGTH("no prefix length"),
    /** Length 0: it would answer for everything, so it is kept out of matching. */
    DEFAULT_ROUTE("a default route is kept out"),
    /** The AS number is 0 or no number. */
    BAD_ASN("no AS number"),
    /** The range ends before it begins, or its ends are of two families. */
    BAD_RANGE("not a range"),
    /** The country is not two letters. */
    BAD_COUNTRY("no country code"),
    /** Longer than the format's longest line. */
    TOO_LONG("line too long"),
    /** The structure of a JSON file breaks off here; nothing behind it was read. */
    BAD_JSON("not JSON from here on");

    private final String label;

    LineFault(String label) {
        this.label = label;
    }

    /** The reason in words. */
    public String label() {
        return label;
    }
}
