package org.asntally.sinks;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What a table is counted by: one field of a flow, or several as a combination. Written as {@code
 * asn}, {@code net:24/48}, {@code asn+country}.
 *
 * @param parts the fields, each once
 */
public record TableKey(List<Part> parts) implements Serializable {

    /** A field of a flow. The ordinal is no part of what is written. */
    public enum Field {
        /** Origin AS of the address. */
        ASN("asn"),
        /** The route that its address matches. */
        PREFIX("prefix"),
        /** Country of the route. */
        COUNTRY("country"),
        /** The address, with its route. */
        HOST("host"),
        /** The address cut to a length. */
        NET("net"),
        /** The input by name. */
        SOURCE("source"),
        /** The device that observed the flow. */
        EXPORTER("exporter"),
        /** Of the exporter: where sources come in, where destinations go out. */
        INTERFACE("interface"),
        /** Customer id of the exporter's enricher. */
        CUSTOMER("customer"),
        /** The exporter's own origin AS of the address. */
        EXPORTER_ASN("exporter-asn");

        private final String label;

        Field(String label) {
            this.label = label;
        }

        /** As it is written. */
        public String label() {
            return label;
        }
    }

    /**
     * A field.
     *
     * @param v4 the bits of an IPv4 address that count; 32 but for networks
     * @param v6 the bits of an IPv6 address that count
     */
    public record Part(Field field, int v4, int v6) implements Serializable {

        /** A field with whole addresses. */
        public Part(Field field) {
            this(field, 32, 128);
        }

        String label() {
            if (field == Field.NET || v4 < 32 || v6 < 128) {
                int first = field == Field.HOST && v4 == 32 ? 128 : v4;
                return field.label() + ":" + first + "/" + v6;
            }
            return field.label();
        }
    }

    /** By origin AS. */
    public static final TableKey ASN = new TableKey(List.of(new Part(Field.ASN)));

    /** By route. */
    public static final TableKey PREFIX = new TableKey(List.of(new Part(Field.PREFIX)));

    /** Unmodifiable. */
    public TableKey {
        parts = List.copyOf(parts);
    }

    /** The key of a text; null when there is none of it. */
    public static @Nullable TableKey parse(String text) {
        List<Part> parts = new ArrayList<>();
        Set<Field> seen = new TreeSet<>();
        for (String word : text.split("\\+", -1)) {
            Part part = part(word);
            if (part == null || !seen.add(part.field())) {
                return null;
            }
            parts.add(part);
        }
        return new TableKey(parts);
    }

    private static @Nullable Part part(String word) {
        int colon = word.indexOf(':');
        String name = colon < 0 ? word : word.substring(0, colon);
        for (Field field : Field.values()) {
            if (!field.label().equals(name)) {
                continue;
            }
            boolean cut = field == Field.NET || field == Field.HOST;
            if (colon < 0) {
                return field == Field.NET ? null : new Part(field);
            }
            return cut ? cut(field, word.substring(colon + 1)) : null;
        }
        return null;
    }

    private static @Nullable Part cut(Field field, String lengths) {
        int slash = lengths.indexOf('/');
        if (slash < 1) {
            return null;
        }
        int first = number(lengths.substring(0, slash));
        int second = number(lengths.substring(slash + 1));
        if (first < 1 || second < 1 || second > 128 || first > (field == Field.NET ? 32 : 128)) {
            return null;
        }
        return new Part(field, Math.min(first, 32), second);
    }

    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 3;
        for (int i = 0; i < text.length() && digits; i++) {
            digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return digits ? Integer.parseInt(text) : -1;
    }

    /** What keys may be, for messages. */
    public static String shapes() {
        List<String> words = new ArrayList<>();
        for (Field field : Field.values()) {
            words.add(
                    switch (field) {
                        case HOST -> "host (host:128/64)";
                        case NET -> "net:24/48";
                        default -> field.label();
                    });
        }
        return "one of: " + String.join(", ", words) + "; or some of them joined by +";
    }

    /** As it is written. */
    public String label() {
        List<String> words = new ArrayList<>();
        for (Part part : parts) {
            words.add(part.label());
        }
        return String.join("+", words);
    }

    /** The kind of its rows. */
    public KeyKind kind() {
        if (parts.size() > 1) {
            return KeyKind.FIELDS;
        }
        return switch (parts.get(0).field()) {
            case ASN -> KeyKind.ASN;
            case PREFIX -> KeyKind.PREFIX;
            default -> KeyKind.FIELDS;
        };
    }

    /** What tells its rows from those of other tables, in every release: a hash of the label. */
    public int id() {
        CRC32 crc = new CRC32();
        crc.update(label().getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    /** Whether a field is part of it. */
    public boolean has(Field field) {
        return parts.stream().anyMatch(part -> part.field() == field);
    }

    /** The columns of its rows, in order, each once; see {@link KeyCells}. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>();
        for (Part part : parts) {
            for (String column : columns(part.field())) {
                if (!columns.contains(column)) {
                    columns.add(column);
                }
            }
        }
        return columns;
    }

    private static List<String> columns(Field field) {
        return switch (field) {
            case ASN -> List.of("asn", "as_name");
            case PREFIX -> List.of("prefix", "asn", "as_name");
            case HOST -> List.of("host", "prefix", "asn", "as_name");
            case EXPORTER_ASN -> List.of("exporter_asn", "as_name");
            default -> List.of(field.name().toLowerCase(Locale.ROOT));
        };
    }

    /** All columns that some key has. */
    public static List<String> allColumns() {
        return Arrays.asList(
                "asn",
                "as_name",
                "prefix",
                "country",
                "host",
                "net",
                "source",
                "exporter",
                "interface",
                "customer",
                "exporter_asn");
    }

    @Override
    public String toString() {
        return label();
    }
}
