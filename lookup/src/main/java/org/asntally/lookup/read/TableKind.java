package org.asntally.lookup.read;

import org.asntally.lookup.read.mrt.MrtReader;
import org.jspecify.annotations.Nullable;

/** The formats of tables, told by how a file begins. */
public enum TableKind {
    /** Our own file. */
    RIB("a RIB file"),
    /** Prefix, tab, AS number. */
    PYASN("pyasn's format"),
    /** First and last address, AS number, name, with commas. */
    IP_LOCATION_DB("ip-location-db's CSV"),
    /** First and last address, AS number, country, name, with tabs. */
    IPTOASN("iptoasn's TSV"),
    /** What asn-tools keeps. */
    ASN_DB("asn-tools' cache"),
    /** A dump of a route collector. */
    MRT("an MRT dump"),
    /** Bytes that are none of the above: MaxMind DB is told by how a file ends. */
    BINARY("a MaxMind DB file");

    /** Lines that are looked at; what they are not is told when they are read. */
    private static final int LINES = 50;

    private final String words;

    TableKind(String words) {
        this.words = words;
    }

    /** The format in words: {@code an MRT dump}. */
    public String words() {
        return words;
    }

    /**
     * Tells the formats from each other, our own file aside.
     *
     * @param head the first bytes of a file
     */
    public static TableKind of(byte[] head) {
        if (AsnDbReader.begins(head)) {
            return ASN_DB;
        }
        if (MrtReader.begins(head)) {
            return MRT;
        }
        int from = 0;
        for (int line = 0; line < LINES && from < head.length; line++) {
            int to = from;
            while (to < head.length && head[to] != '\n') {
                if (head[to] == 0) {
                    return BINARY;
                }
                to++;
            }
            boolean comment = from == to || head[from] == ';' || head[from] == '#';
            TableKind kind = comment ? null : ofLine(head, from, to);
            if (kind != null) {
                return kind;
            }
            from = to + 1;
        }
        return PYASN;
    }

    /** By what separates the columns; null when the line has none. */
    private static @Nullable TableKind ofLine(byte[] head, int from, int to) {
        int tabs = 0;
        for (int i = from; i < to; i++) {
            if (head[i] == '\t') {
                tabs++;
            } else if (tabs == 0 && head[i] == '/') {
                return PYASN;
            } else if (tabs == 0 && head[i] == ',') {
                return IP_LOCATION_DB;
            }
        }
        return tabs == 0 ? null : tabs >= 4 ? IPTOASN : PYASN;
    }
}
