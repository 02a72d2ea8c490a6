package org.asntally.sinks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.asntally.lookup.Address;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.TableKey.Field;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a key as bytes, which travel as the name of a row of {@link KeyKind#FIELDS}; one
 * behind the other in the order of the key, big-endian:
 *
 * <pre>
 * asn, exporter-asn   number 4
 * country             two letters, or 0: 2
 * prefix              family 1 | length 1 | address 16 | asn 4          family 0: unrouted
 * host                family 1 | bits that count 1 | address 16
 *                     | length of the route 1 (255: unrouted, or longer than those bits) | asn 4
 * net                 family 1 | length 1 | address 16
 * exporter            family 1 | address 16                   family 0: not known
 * interface           exporter 17 | ifIndex 4
 * customer            number 8
 * source              length 2 | UTF-8
 * </pre>
 *
 * <p>Behind them may stand the name of the first AS of these, UTF-8, for results that nobody can
 * look a name up for.
 */
public final class KeyFields {

    /** The most bytes of a source's name. */
    public static final int LONGEST_SOURCE = 1000;

    /** The length of a host's route where there is none to show. */
    public static final int NO_ROUTE = 255;

    /** Finds the name of an AS. */
    @FunctionalInterface
    public interface AsNames {
        /** The name in UTF-8, null when there is none. */
        byte @Nullable [] of(int asn);
    }

    private KeyFields() {}

    /** The AS whose name a row shows, the first one of its fields; 0: none. */
    public static int shownAs(TableKey key, byte[] fields) {
        ByteBuffer from = ByteBuffer.wrap(fields);
        for (TableKey.Part part : key.parts()) {
            int at = from.position();
            int end = at + width(part.field(), from);
            switch (part.field()) {
                case ASN, EXPORTER_ASN, PREFIX, HOST -> {
                    return from.getInt(end - Integer.BYTES);
                }
                default -> from.position(end);
            }
        }
        return 0;
    }

    /** The fields with the name of {@link #shownAs} behind them. */
    public static byte[] withName(byte[] fields, byte @Nullable [] name) {
        if (name == null) {
            return fields;
        }
        byte[] both = Arrays.copyOf(fields, fields.length + name.length);
        System.arraycopy(name, 0, both, fields.length, name.length);
        return both;
    }

    /** How many bytes the field takes that begins where {@code from} stands. */
    private static int width(Field field, ByteBuffer from) {
        return switch (field) {
            case ASN, EXPORTER_ASN -> 4;
            case COUNTRY -> 2;
            case PREFIX -> 22;
            case HOST -> 23;
            case NET -> 18;
            case EXPORTER -> 17;
            case INTERFACE -> 21;
            case CUSTOMER -> 8;
            case SOURCE -> 2 + (from.getShort(from.position()) & 0xffff);
        };
    }

    /** Puts a family (4, 6, or 0 for none) and an address, IPv4 in the lower half. */
    public static void address(ByteBuffer into, int family, long high, long low) {
        into.put((byte) family).putLong(high).putLong(low);
    }

    /**
     * Gives the columns of a row of a table, of whatever kind, in the order of {@link
     * TableKey#columns}. What is unrouted or not known is null. Of {@link TallyRows#OTHER} the
     * first column is {@code other}.
     */
    public static void write(TableKey key, TallyRows rows, int row, AsNames names, KeyCells cells) {
        switch (key.kind()) {
            case ASN -> origin(rows.asn(row), rows.name(row), names, cells);
            case PREFIX -> {
                boolean unrouted = rows.length(row) == TallyRows.UNROUTED;
                cells.text(
                        "prefix",
                        unrouted
                                ? null
                                : Prefix.text(
                                        rows.isV6(row),
                                        rows.high(row),
                                        rows.low(row),
                                        rows.length(row)));
                origin(unrouted ? 0 : rows.asn(row), rows.name(row), names, cells);
            }
            default -> fields(key, rows.name(row), names, cells);
        }
    }

    private static void origin(int asn, byte @Nullable [] known, AsNames names, KeyCells cells) {
        number("asn", Integer.toUnsignedLong(asn), cells);
        byte[] name = asn == 0 ? null : known != null ? known : names.of(asn);
        cells.text("as_name", name == null ? null : new String(name, StandardCharsets.UTF_8));
    }

    private static void number(String column, long number, KeyCells cells) {
        if (number == 0) {
            cells.none(column);
        } else {
            cells.number(column, number);
        }
    }

    private static void fields(
            TableKey key, byte @Nullable [] bytes, AsNames names, KeyCells cells) {
        KeyCells once = new Once(cells);
        if (bytes == null) {
            List<String> columns = key.columns();
            for (int i = 0; i < columns.size(); i++) {
                once.text(columns.get(i), i == 0 ? "other" : null);
            }
            return;
        }
        ByteBuffer from = ByteBuffer.wrap(bytes);
        for (TableKey.Part part : key.parts()) {
            from.position(from.position() + width(part.field(), from));
        }
        int end = from.position();
        AsNames known =
                end == bytes.length ? names : asn -> Arrays.copyOfRange(bytes, end, bytes.length);
        from.position(0);
        for (TableKey.Part part : key.parts()) {
            field(part.field(), from, known, once);
        }
    }

    private static void field(Field field, ByteBuffer from, AsNames names, KeyCells cells) {
        switch (field) {
            case ASN -> origin(from.getInt(), null, names, cells);
            case EXPORTER_ASN -> {
                int asn = from.getInt();
                number("exporter_asn", Integer.toUnsignedLong(asn), cells);
                byte[] name = asn == 0 ? null : names.of(asn);
                cells.text(
                        "as_name", name == null ? null : new String(name, StandardCharsets.UTF_8));
            }
            case COUNTRY -> cells.text("country", Rib.countryText(from.getShort() & 0xffff));
            case PREFIX, NET -> prefix(field, from, names, cells);
            case HOST -> host(from, names, cells);
            case EXPORTER -> cells.text("exporter", address(from));
            case INTERFACE -> {
                String exporter = address(from);
                long index = Integer.toUnsignedLong(from.getInt());
                cells.text(
                        "interface",
                        exporter == null || index == 0 ? null : exporter + "." + index);
            }
            case CUSTOMER -> number("customer", from.getLong(), cells);
            case SOURCE -> {
                byte[] name = new byte[from.getShort() & 0xffff];
                from.get(name);
                cells.text("source", new String(name, StandardCharsets.UTF_8));
            }
        }
    }

    private static void prefix(Field field, ByteBuffer from, AsNames names, KeyCells cells) {
        int family = from.get();
        int length = from.get() & 0xff;
        long high = from.getLong();
        long low = from.getLong();
        cells.text(field.label(), family == 0 ? null : Prefix.text(family == 6, high, low, length));
        if (field == Field.PREFIX) {
            origin(from.getInt(), null, names, cells);
        }
    }

    private static void host(ByteBuffer from, AsNames names, KeyCells cells) {
        int family = from.get();
        int bits = from.get() & 0xff;
        long high = from.getLong();
        long low = from.getLong();
        int length = from.get() & 0xff;
        int asn = from.getInt();
        boolean v6 = family == 6;
        boolean whole = bits == (v6 ? 128 : 32);
        cells.text(
                "host",
                family == 0
                        ? null
                        : whole ? text(v6, high, low) : Prefix.text(v6, high, low, bits));
        cells.text(
                "prefix",
                length == NO_ROUTE
                        ? null
                        : Prefix.text(
                                v6,
                                v6 ? high & Prefix.maskHigh(length) : 0,
                                v6
                                        ? low & Prefix.maskLow(length)
                                        : low & Prefix.mask4(length) & 0xffffffffL,
                                length));
        origin(asn, null, names, cells);
    }

    private static @Nullable String address(ByteBuffer from) {
        int family = from.get();
        long high = from.getLong();
        long low = from.getLong();
        return family == 0 ? null : text(family == 6, high, low);
    }

    private static String text(boolean v6, long high, long low) {
        return v6 ? Address.text6(high, low) : Address.text4((int) low);
    }

    /** Passes each column on once: fields of a combination may share some. */
    private static final class Once implements KeyCells {
        private final KeyCells cells;
        private final List<String> seen = new ArrayList<>();

        Once(KeyCells cells) {
            this.cells = cells;
        }

        private boolean isNew(String column) {
            return !seen.contains(column) && seen.add(column);
        }

        @Override
        public void text(String column, @Nullable String value) {
            if (isNew(column)) {
                cells.text(column, value);
            }
        }

        @Override
        public void number(String column, long value) {
            if (isNew(column)) {
                cells.number(column, value);
            }
        }

        @Override
        public void none(String column) {
            if (isNew(column)) {
                cells.none(column);
            }
        }
    }
}
