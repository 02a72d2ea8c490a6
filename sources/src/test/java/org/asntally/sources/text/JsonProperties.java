package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.asntally.sources.text.JsonScanner.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What Jackson reads at a path, the scanner finds there. Jackson reads tokens; it knows no paths.
 */
class JsonProperties {
    private static final List<String> PATHS =
            List.of("a", "b", "a.b", "a.b.c", "c.0", "c.1.a", "a.client_address", "0", "\u00e4");

    private static final String[] KEYS = {
        "a", "b", "c", "a.b", "b.c", "client_address", "0", "1", "", "\u00e4", "aa", "clientaddress"
    };

    private static final String SIGNS = "{}[]\",:\\ 0-.eu\u00e4\t";

    private static final JsonFactory JACKSON = new JsonFactory();

    /** The last value at a path as text, null where there is none; throws where Jackson does. */
    private static @Nullable String oracle(byte[] line, String path) throws IOException {
        String found = null;
        Deque<String> names = new ArrayDeque<>();
        Deque<int[]> elements = new ArrayDeque<>();
        try (JsonParser parser = JACKSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            elements.push(new int[] {-1});
            String key = "";
            boolean firstCounts = false;
            while (!elements.isEmpty()) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    throw new IOException("cut off");
                }
                if (token == JsonToken.FIELD_NAME) {
                    key = parser.currentName();
                    continue;
                }
                if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                    elements.pop();
                    names.pollLast();
                    firstCounts = false;
                    continue;
                }
                int[] element = elements.element();
                String name = element[0] < 0 ? key : String.valueOf(element[0]++);
                names.addLast(name);
                boolean here = String.join(".", names).equals(path);
                if (here || firstCounts) {
                    found =
                            token.isScalarValue() && token != JsonToken.VALUE_NULL
                                    ? whole(parser.getText())
                                    : null;
                }
                firstCounts = here && token == JsonToken.START_ARRAY;
                if (token.isScalarValue()) {
                    names.removeLast();
                } else {
                    elements.push(new int[] {token == JsonToken.START_ARRAY ? 0 : -1});
                }
            }
            if (parser.nextToken() != null) {
                throw new IOException("more behind it");
            }
        }
        return found;
    }

    /** With the sign for what is no character in place of halves of pairs. */
    private static String whole(String text) {
        StringBuilder whole = new StringBuilder();
        text.codePoints()
                .map(c -> c >= 0xd800 && c < 0xe000 ? 0xfffd : c)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static @Nullable String found(JsonScanner scanner, byte[] line, int slot) {
        if (scanner.kind(slot) == Kind.NONE) {
            return null;
        }
        int from = scanner.start(slot);
        int to = scanner.stop(slot);
        if (scanner.kind(slot) != Kind.ESCAPED) {
            return new String(line, from, to - from, StandardCharsets.UTF_8);
        }
        int end = scanner.unescape(line, from, to, 0);
        return new String(scanner.scratch(), 0, end, StandardCharsets.UTF_8);
    }

    @Test
    void findsWhatJacksonReads() throws IOException {
        JsonScanner scanner = new JsonScanner(PATHS, List.of());
        int hits = 0;
        for (long seed = 0; seed < 6_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            object(text, random, 0);
            byte[] line = text.toString().getBytes(StandardCharsets.UTF_8);

            assertThat(scanner.scan(line, 0, line.length)).as("seed %s: %s", seed, text).isTrue();
            for (int slot = 0; slot < PATHS.size(); slot++) {
                String expected = oracle(line, PATHS.get(slot));
                hits += expected == null ? 0 : 1;
                assertThat(found(scanner, line, slot))
                        .as("seed %s: %s in %s", seed, PATHS.get(slot), text)
                        .isEqualTo(expected);
            }
        }
        assertThat(hits).isGreaterThan(2_000);
    }

    /** Changed lines: what Jackson takes is taken, to the same effect; nothing throws. */
    @Test
    void takesWhatJacksonTakes() {
        JsonScanner scanner = new JsonScanner(PATHS, List.of());
        JsonScanner amid = new JsonScanner(PATHS, List.of());
        int taken = 0;
        int refused = 0;
        for (long seed = 0; seed < 12_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            object(text, random, 0);
            for (int changes = 1 + random.nextInt(3); changes > 0 && text.length() > 0; changes--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
                    default -> text.setCharAt(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
                }
            }
            byte[] line = text.toString().getBytes(StandardCharsets.UTF_8);
            boolean read = scanner.scan(line, 0, line.length);
            byte[] around = new byte[line.length + 40];
            Arrays.fill(around, (byte) '"');
            System.arraycopy(line, 0, around, 20, line.length);
            assertThat(amid.scan(around, 20, 20 + line.length))
                    .as("seed %s, amid others: %s", seed, text)
                    .isEqualTo(read);
            for (int slot = 0; slot < PATHS.size(); slot++) {
                String expected;
                try {
                    expected = oracle(line, PATHS.get(slot));
                } catch (IOException e) {
                    refused++;
                    break;
                }
                taken++;
                assertThat(read).as("seed %s: %s", seed, text).isTrue();
                assertThat(found(scanner, line, slot))
                        .as("seed %s: %s in %s", seed, PATHS.get(slot), text)
                        .isEqualTo(expected);
            }
        }
        assertThat(taken).isGreaterThan(2_000);
        assertThat(refused).isGreaterThan(2_000);
    }

    /** A line that ends too early is none. */
    @Test
    void noBeginningOfAnObjectIsOne() {
        JsonScanner scanner = new JsonScanner(PATHS, List.of());
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            object(text, random, 0);
            byte[] line = text.toString().strip().getBytes(StandardCharsets.UTF_8);
            for (int end = 0; end < line.length; end++) {
                assertThat(scanner.scan(line, 0, end))
                        .as("seed %s, %s bytes of %s", seed, end, text)
                        .isFalse();
            }
        }
    }

    private static void object(StringBuilder text, SplittableRandom random, int depth) {
        blanks(text, random);
        text.append('{');
        for (int i = random.nextInt(depth == 0 ? 8 : 4); i > 0; i--) {
            blanks(text, random);
            string(text, KEYS[random.nextInt(KEYS.length)], random);
            blanks(text, random);
            text.append(':');
            value(text, random, depth);
            text.append(i > 1 ? "," : "");
        }
        blanks(text, random);
        text.append('}');
        blanks(text, random);
    }

    private static void value(StringBuilder text, SplittableRandom random, int depth) {
        switch (random.nextInt(depth > 5 ? 6 : 10)) {
            case 0 -> text.append("null");
            case 1 -> text.append(random.nextBoolean());
            case 2 -> text.append(random.nextInt());
            case 3 -> text.append(random.nextDouble() * 1e9);
            case 4, 5 -> {
                StringBuilder value = new StringBuilder();
                for (int i = random.nextInt(20); i > 0; i--) {
                    value.appendCodePoint(
                            switch (random.nextInt(8)) {
                                case 0 -> '"';
                                case 1 -> '\\';
                                case 2 -> random.nextInt(32);
                                case 3 -> 0x1f600 + random.nextInt(64);
                                case 4 -> 0xa0 + random.nextInt(0x500);
                                default -> ' ' + random.nextInt(95);
                            });
                }
                string(text, value.toString(), random);
            }
            case 6 -> {
                text.append('[');
                for (int i = random.nextInt(4); i > 0; i--) {
                    blanks(text, random);
                    value(text, random, depth + 1);
                    blanks(text, random);
                    text.append(i > 1 ? "," : "");
                }
                text.append(']');
            }
            default -> object(text, random, depth + 1);
        }
        blanks(text, random);
    }

    private static void string(StringBuilder text, String value, SplittableRandom random) {
        text.append('"');
        for (int c : value.codePoints().toArray()) {
            if (c < ' ' || random.nextInt(10) == 0) {
                for (char half : Character.toChars(c)) {
                    text.append(String.format("\\u%04x", (int) half));
                }
            } else if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else {
                text.appendCodePoint(c);
            }
        }
        text.append('"');
    }

    private static void blanks(StringBuilder text, SplittableRandom random) {
        text.append(random.nextInt(4) == 0 ? " \t".charAt(random.nextInt(2)) : "");
    }
}
