package org.asntally.sources.text;

import java.util.ArrayList;
import java.util.List;

/**
 * How a format writes time: the parts, in order, with what stands between them. Made from {@code
 * strftime}'s letters, with the few that Apache and nginx add.
 *
 * @param parts the parts
 * @param length how many bytes such a stamp takes, or -1 where that varies
 */
record TimePattern(List<Part> parts, int length) {

    /** A part of a stamp. Its length in bytes, or -1 where that varies. */
    enum Kind {
        YEAR(4),
        SHORT_YEAR(2),
        MONTH(2),
        MONTH_NAME(3),
        DAY(2),
        DAY_OF_YEAR(3),
        HOUR(2),
        HALF_DAY_HOUR(2),
        AM_PM(2),
        MINUTE(2),
        SECOND(2),
        MILLIS(3),
        MICROS(6),
        ZONE(5),
        ISO_ZONE(6),
        ZONE_NAME(-1),
        NAME(3),
        EPOCH_SECONDS(-1),
        EPOCH_FRACTION(-1),
        EPOCH_MILLIS(-1),
        EPOCH_MICROS(-1),
        LITERAL(1);

        final int length;

        Kind(int length) {
            this.length = length;
        }
    }

    /** A part; {@code literal} is the byte that a {@link Kind#LITERAL} stands for. */
    record Part(Kind kind, byte literal) {}

    /** {@code 25/Dec/2026:12:00:00 +0100}, the time of common logs. */
    static final TimePattern COMMON = strftime("%d/%b/%Y:%H:%M:%S %z");

    /** {@code 2026-12-25T12:00:00+01:00}. */
    static final TimePattern ISO = strftime("%Y-%m-%dT%H:%M:%S").then(Kind.ISO_ZONE);

    /** {@code 1798196400.123}, seconds since 1970. */
    static final TimePattern EPOCH = new TimePattern(List.of(), 0).then(Kind.EPOCH_FRACTION);

    /**
     * The pattern of a text for {@code strftime}.
     *
     * @throws LogFormatException when a letter is unknown, or means what cannot be read back
     */
    static TimePattern strftime(String format) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                addLiteral(parts, c);
                continue;
            }
            char letter = format.charAt(++i);
            switch (letter) {
                case 'Y' -> add(parts, Kind.YEAR);
                case 'y' -> add(parts, Kind.SHORT_YEAR);
                case 'm' -> add(parts, Kind.MONTH);
                case 'b', 'h' -> add(parts, Kind.MONTH_NAME);
                case 'd', 'e' -> add(parts, Kind.DAY);
                case 'j' -> add(parts, Kind.DAY_OF_YEAR);
                case 'H', 'k' -> add(parts, Kind.HOUR);
                case 'I', 'l' -> add(parts, Kind.HALF_DAY_HOUR);
                case 'p' -> add(parts, Kind.AM_PM);
                case 'M' -> add(parts, Kind.MINUTE);
                case 'S' -> add(parts, Kind.SECOND);
                case 'z' -> add(parts, Kind.ZONE);
                case 'Z' -> add(parts, Kind.ZONE_NAME);
                case 'a' -> add(parts, Kind.NAME);
                case 's' -> add(parts, Kind.EPOCH_SECONDS);
                case 'T' -> parts.addAll(strftime("%H:%M:%S").parts);
                case 'R' -> parts.addAll(strftime("%H:%M").parts);
                case 'F' -> parts.addAll(strftime("%Y-%m-%d").parts);
                case 'D' -> parts.addAll(strftime("%m/%d/%y").parts);
                case '%' -> addLiteral(parts, '%');
                case 't' -> addLiteral(parts, '\t');
                default ->
                        throw new LogFormatException(
                                "the time format '"
                                        + format
                                        + "' has '%"
                                        + letter
                                        + "', which cannot be read");
            }
        }
        return of(parts);
    }

    /** This pattern, the other one behind it. */
    TimePattern then(TimePattern other) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(other.parts);
        return of(all);
    }

    /** This pattern and one part more. */
    TimePattern then(Kind kind) {
        return then(new TimePattern(List.of(new Part(kind, (byte) 0)), kind.length));
    }

    /** The literal text as a pattern. */
    static TimePattern literal(String text) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            addLiteral(parts, text.charAt(i));
        }
        return of(parts);
    }

    /** Whether it tells a moment, or at least a day and a time. */
    boolean tellsMoment() {
        return has(Kind.EPOCH_SECONDS)
                || has(Kind.EPOCH_FRACTION)
                || has(Kind.EPOCH_MILLIS)
                || has(Kind.EPOCH_MICROS)
                || ((has(Kind.YEAR) || has(Kind.SHORT_YEAR))
                        && (has(Kind.DAY_OF_YEAR)
                                || (has(Kind.DAY) && (has(Kind.MONTH) || has(Kind.MONTH_NAME)))));
    }

    /** Whether it tells its zone, or needs none. */
    boolean tellsZone() {
        return has(Kind.ZONE)
                || has(Kind.ISO_ZONE)
                || has(Kind.EPOCH_SECONDS)
                || has(Kind.EPOCH_FRACTION)
                || has(Kind.EPOCH_MILLIS)
                || has(Kind.EPOCH_MICROS);
    }

    private boolean has(Kind kind) {
        return parts.stream().anyMatch(part -> part.kind == kind);
    }

    private static TimePattern of(List<Part> parts) {
        int length = 0;
        for (Part part : parts) {
            length = length < 0 || part.kind.length < 0 ? -1 : length + part.kind.length;
        }
        return new TimePattern(List.copyOf(parts), length);
    }

    private static void add(List<Part> parts, Kind kind) {
        parts.add(new Part(kind, (byte) 0));
    }

    private static void addLiteral(List<Part> parts, char c) {
        if (c > 126) {
            throw new LogFormatException("'" + c + "' in a time format cannot be read");
        }
        parts.add(new Part(Kind.LITERAL, (byte) c));
    }
}
