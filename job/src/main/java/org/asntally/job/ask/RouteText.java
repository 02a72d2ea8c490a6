package org.asntally.job.ask;

import java.nio.charset.StandardCharsets;
import org.asntally.lookup.Asn;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.text.SafeText;

/**
 * Writes what a table says of routes and ASes as bytes, without allocation where names are ASCII.
 */
final class RouteText {

    private final Rib rib;

    RouteText(Rib rib) {
        this.rib = rib;
    }

    /** How the names of others are made fit for a place. */
    interface Quoting {
        /** Whether a byte can stand as it is. */
        boolean isPlain(byte c);

        /** The text as it has to stand; it has been made {@link SafeText safe}. */
        String quoted(String safe);
    }

    void prefix(RowBuffer out, int route) {
        out.room(Prefix.MAX_TEXT);
        out.at =
                Prefix.write(
                        rib.isV6(route),
                        rib.high(route),
                        rib.low(route),
                        rib.length(route),
                        out.bytes,
                        out.at);
    }

    /** Whether {@link #name} writes anything. */
    boolean hasName(int asn) {
        return rib.nameIndex(asn) >= 0 || Asn.reserved(asn) != null;
    }

    /** The name of an AS, or what its number is reserved for, or nothing. */
    void name(RowBuffer out, int asn, Quoting quoting) {
        int index = rib.nameIndex(asn);
        if (index < 0) {
            String special = Asn.reserved(asn);
            if (special != null) {
                out.add(special);
            }
            return;
        }
        int length = rib.nameLength(index);
        out.room(length);
        rib.copyName(index, out.bytes, out.at);
        int end = out.at + length;
        for (int i = out.at; i < end; i++) {
            byte c = out.bytes[i];
            if (c < ' ' || c == 0x7f || !quoting.isPlain(c)) {
                String name = new String(out.bytes, out.at, length, StandardCharsets.UTF_8);
                out.add(quoting.quoted(SafeText.of(name)));
                return;
            }
        }
        out.at = end;
    }

    /** Two letters, or nothing. */
    void country(RowBuffer out, int code) {
        if (code != 0) {
            out.room(2);
            out.bytes[out.at++] = (byte) (code >> 8);
            out.bytes[out.at++] = (byte) code;
        }
    }
}
