package org.asntally.job.enrich;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * What is added to a row, as bytes: of one table and one layout. Keeps those of some thousand
 * routes; one thread.
 *
 * <p>Names of ASes are text of others: in columns control characters become spaces, and quotes
 * stand around what has the delimiter or a quote in it; in JSON all of these are escaped.
 */
final class AddedColumns {

    /** A power of two: a route's place is its lowest bits. */
    private static final int KEPT = 1 << 13;

    private static final int VERSION_LENGTH = 16;
    private static final String NONE = "None";

    private final Layout layout;
    private final Rib rib;
    private final String version;
    private final int[] routes = new int[KEPT];
    private final byte[][] kept = new byte[KEPT][];
    private final byte[] unrouted;

    AddedColumns(Layout layout, Rib rib) {
        this.layout = layout;
        this.rib = rib;
        this.version = version(rib);
        Arrays.fill(routes, Rib.UNROUTED);
        this.unrouted = compose(Rib.UNROUTED, 0);
    }

    Rib rib() {
        return rib;
    }

    /** The name of a table in a row: as in the name of its file in an archive. */
    static String version(Rib rib) {
        return rib.id().substring(0, VERSION_LENGTH);
    }

    /**
     * The columns of a route.
     *
     * @param route of the table, or {@link Rib#UNROUTED}
     * @param names as {@link AddedNames#code} has them
     */
    byte[] of(int route, int names) {
        if (names != 0) {
            return compose(route, names);
        }
        if (route == Rib.UNROUTED) {
            return unrouted;
        }
        int place = route & (KEPT - 1);
        byte[] text = kept[place];
        if (routes[place] != route) {
            text = compose(route, 0);
            kept[place] = text;
            routes[place] = route;
        }
        return text;
    }

    private byte[] compose(int route, int names) {
        return route == Rib.UNROUTED
                ? compose(layout, names, null, null, null, null, version)
                : compose(
                        layout,
                        names,
                        rib.prefix(route),
                        Integer.toUnsignedString(rib.origin(route)),
                        rib.nameOrReserved(rib.origin(route)),
                        rib.country(route),
                        version);
    }

    /** The columns of a row in which there was no address to look up. */
    static byte[] unread(Layout layout, int names) {
        return compose(layout, names, null, null, null, null, null);
    }

    /** The titles of the columns. */
    static byte[] titles(Layout layout, int names) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < AddedNames.NAMES.size(); i++) {
            text.append((char) layout.delimiter()).append(AddedNames.name(i, names));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] compose(
            Layout layout,
            int names,
            @Nullable String prefix,
            @Nullable String asn,
            @Nullable String name,
            @Nullable String country,
            @Nullable String version) {
        StringBuilder text = new StringBuilder(100);
        if (layout.medium() == Layout.Medium.JSON) {
            key(0, names, text);
            string(prefix, text);
            key(1, names, text);
            text.append(asn);
            key(2, names, text);
            string(name, text);
            key(3, names, text);
            string(country, text);
            key(4, names, text);
            string(version, text);
        } else {
            cell(prefix == null ? NONE : prefix, layout, text);
            cell(asn == null ? NONE : asn, layout, text);
            cell(name == null ? "" : SafeText.of(name), layout, text);
            cell(country == null ? "" : country, layout, text);
            cell(version == null ? "" : version, layout, text);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void cell(String value, Layout layout, StringBuilder text) {
        char delimiter = (char) layout.delimiter();
        text.append(delimiter);
        if (layout.quoted() && (value.indexOf(delimiter) >= 0 || value.indexOf('"') >= 0)) {
            text.append('"').append(value.replace("\"", "\"\"")).append('"');
        } else {
            text.append(value);
        }
    }

    private static void key(int column, int names, StringBuilder text) {
        boolean first = column == 0 && (names & AddedNames.EMPTY) != 0;
        text.append(first ? "\"" : ",\"").append(AddedNames.name(column, names)).append("\":");
    }

    private static void string(@Nullable String value, StringBuilder text) {
        if (value == null) {
            text.append("null");
        } else {
            text.append('"');
            Escapes.add(value, text);
            text.append('"');
        }
    }
}
