package org.asntally.lookup.rib;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a table as bytes: pairs of texts (length in 4 bytes, then UTF-8), key and value.
 * Unknown keys are passed over, so that later versions may say more.
 */
final class RibFacts {

    /** Made by whoever writes: it takes longer than opening a file does. */
    private static final class Written {
        /** Of one length, so that a time can be set anew where it stands. */
        static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
                        .withZone(ZoneOffset.UTC);
    }

    private RibFacts() {}

    static ByteBuffer write(RibInfo info) {
        List<String> pairs = new ArrayList<>();
        add(pairs, "kind", info.kind().label());
        add(pairs, "country", info.countryRule().label());
        add(pairs, "source", info.source());
        add(pairs, "licence", info.licence());
        add(pairs, "attribution", info.attribution());
        add(pairs, "skipped-lines", Long.toString(info.skippedLines()));
        Instant validFrom = info.validFrom();
        if (validFrom != null) {
            add(pairs, "valid-from", Written.TIME.format(validFrom));
        }
        Instant addedAt = info.addedAt();
        if (addedAt != null) {
            add(pairs, "added-at", Written.TIME.format(addedAt));
        }
        if (!info.fetchedFrom().isEmpty()) {
            add(pairs, "fetched-from", info.fetchedFrom());
        }
        if (info.shrunkFrom() != 0) {
            add(pairs, "shrunk-from", Long.toString(info.shrunkFrom()));
        }
        for (String file : info.files()) {
            add(pairs, "file", file);
        }
        int size = 0;
        List<byte[]> encoded = new ArrayList<>();
        for (String text : pairs) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            encoded.add(utf8);
            size += 4 + utf8.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (byte[] utf8 : encoded) {
            bytes.putInt(utf8.length).put(utf8);
        }
        return bytes.flip();
    }

    private static void add(List<String> pairs, String key, String value) {
        pairs.add(key);
        pairs.add(value);
    }

    /** Reads what {@link #write} wrote; null when it is damaged. */
    static @Nullable RibInfo read(ByteBuffer bytes, int v4Routes, int v6Routes, int names) {
        RibKind kind = RibKind.ROUTES;
        CountryRule rule = CountryRule.NONE;
        String source = "";
        String licence = "";
        String attribution = "";
        long skipped = 0;
        Instant validFrom = null;
        Instant addedAt = null;
        String fetchedFrom = "";
        long shrunkFrom = 0;
        List<String> files = new ArrayList<>();
        try {
            while (bytes.hasRemaining()) {
                String key = text(bytes);
                String value = text(bytes);
                switch (key) {
                    case "kind" ->
                            kind = RibKind.RANGES.label().equals(value) ? RibKind.RANGES : kind;
                    case "country" -> {
                        for (CountryRule known : CountryRule.values()) {
                            rule = known.label().equals(value) ? known : rule;
                        }
                    }
                    case "source" -> source = value;
                    case "licence" -> licence = value;
                    case "attribution" -> attribution = value;
                    case "skipped-lines" -> skipped = Long.parseLong(value);
                    case "valid-from" -> validFrom = time(value);
                    case "added-at" -> addedAt = time(value);
                    case "fetched-from" -> fetchedFrom = value;
                    case "shrunk-from" -> shrunkFrom = Long.parseLong(value);
                    case "file" -> files.add(value);
                    default -> {}
                }
            }
        } catch (BufferUnderflowException | NumberFormatException | DateTimeException e) {
            return null;
        }
        return new RibInfo(
                kind,
                v4Routes,
                v6Routes,
                names,
                rule,
                source,
                licence,
                attribution,
                List.copyOf(files),
                skipped,
                validFrom,
                addedAt,
                fetchedFrom,
                shrunkFrom);
    }

    /** By hand: the first use of the JDK's parser takes as long as all the rest of opening. */
    private static Instant time(String text) {
        if (text.length() != 24) {
            // A year of more digits.
            return Instant.parse(text);
        }
        if (text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(19) != '.'
                || text.charAt(23) != 'Z') {
            throw new DateTimeException("no time as we write it");
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        1_000_000 * number(text, 20, 23))
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException(text);
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static String text(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] utf8 = new byte[length];
        bytes.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
