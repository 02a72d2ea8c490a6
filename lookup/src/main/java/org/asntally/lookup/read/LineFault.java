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
    BAD_JSON("not JSON from here on"),
    /** A record whose parts do not fit into it. */
    BAD_RECORD("a record that cannot be read to its end"),
    /** An entry of a peer that the dump does not list. */
    BAD_PEER("an entry of an unknown peer"),
    /** Path attributes or an AS path that cannot be read; the other entries count. */
    BAD_PATH("an entry without an AS path that can be read"),
    /** All paths are empty and no peer has an AS. */
    NO_ORIGIN("no origin AS"),
    /** A record of another kind than those of a table; told once for each file. */
    NO_TABLE_RECORD("a record that is no part of a table"),
    /** No record begins here; nothing behind it was read. */
    NO_RECORD("no record from here on"),
    /** The file ends within a line or record, or cannot be unpacked further. */
    CUT_OFF("the file is cut off here");

    private final String label;

    LineFault(String label) {
        this.label = label;
    }

    /** Whether there was more, which was not read. */
    public boolean endsReading() {
        return this == BAD_JSON || this == NO_RECORD || this == CUT_OFF;
    }

    /** The reason in words. */
    public String label() {
        return label;
    }
}
