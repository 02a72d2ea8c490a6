package org.asntally.job.enrich;

import static org.asntally.job.enrich.Enriched.NETWORKS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.asntally.job.enrich.EnrichRequest.Format;
import org.asntally.job.enrich.Enriched.Network;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.text.ReaderOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON lines of any shape against Jackson's reader. */
class JsonProperties {

    private static final JsonFactory JACKSON = new JsonFactory();

    static IntStream seeds() {
        return IntStream.range(0, 400);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatComesOutHasTheKeysOfBefore(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<Map<String, Object>> due = new ArrayList<>();
        StringBuilder in = new StringBuilder();
        int rows = 1 + random.nextInt(20);
        for (int i = 0; i < rows; i++) {
            String line = object(random, 0);
            in.append(line).append(random.nextBoolean() ? "\n" : "\r\n");
            Map<String, Object> object = parsed(line);
            Network network = network(at(object, "a.b.0.ip"));
            Map<String, Object> added = new LinkedHashMap<>();
            added.put("prefix", network == null ? null : network.prefix());
            added.put(
                    "asn",
                    network == null || network.asn() == null
                            ? null
                            : new BigInteger(network.asn()));
            added.put("as_name", network == null ? null : network.name());
            added.put("country", network == null ? null : network.country());
            added.put("rib_version", network == null ? null : Enriched.VERSION);
            added.forEach(
                    (key, value) -> {
                        String name = key;
                        for (int n = 2; object.containsKey(name); n++) {
                            name = key + "_" + n;
                        }
                        object.put(name, value);
                    });
            due.add(object);
        }

        Enriched run =
                Enriched.of(
                        Enriched.request(Format.JSON, null, "a.b.0.ip", null),
                        Enriched.latin1(in.toString()),
                        random);

        List<Map<String, Object>> out = new ArrayList<>();
        StringBuilder without = new StringBuilder();
        for (String line : run.out.split("(?<=\n)", 0)) {
            out.add(
                    parsed(
                            new String(
                                    line.getBytes(StandardCharsets.ISO_8859_1),
                                    StandardCharsets.UTF_8)));
            without.append(
                    line.replaceFirst(
                            ",?\"prefix(_\\d+)?\":(null|\"[^\"]*\"),\"asn(_\\d+)?\":(null|\\d+),"
                                    + "\"as_name(_\\d+)?\":(null|\"(\\\\.|[^\"\\\\])*\"),"
                                    + "\"country(_\\d+)?\":(null|\"..\"),"
                                    + "\"rib_version(_\\d+)?\":(null|\"[0-9a-f]{16}\")"
                                    + "(?=}[ \t]*\r?\n$)",
                            ""));
        }
        assertThat(out).isEqualTo(due);
        assertThat(without.toString()).isEqualTo(Enriched.latin1(in.toString()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void takesForAnObjectWhatJacksonTakesForOne(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        JsonRow row = new JsonRow("a.b.0.ip", ReaderOptions.standard());
        FlowBatchBuilder flows = new FlowBatchBuilder(Set.of(FlowColumn.SOURCE));
        for (int i = 0; i < 50; i++) {
            StringBuilder line = new StringBuilder(object(random, 0));
            for (int n = random.nextInt(4); n > 0 && !line.isEmpty(); n--) {
                int at = random.nextInt(line.length());
                switch (random.nextInt(3)) {
                    case 0 -> line.deleteCharAt(at);
                    case 1 ->
                            line.insert(at, "{}[]\",:\\0-1.eEtu\u0001 ".charAt(random.nextInt(18)));
                    default -> line.setLength(at);
                }
            }
            byte[] text = line.toString().getBytes(StandardCharsets.UTF_8);
            if (flows.isFull()) {
                flows.build();
            }

            SkipReason reason = row.read(text, 0, text.length, flows);

            boolean object = reason != SkipReason.BAD_SHAPE && reason != SkipReason.BLANK;
            assertThat(object).as(line.toString()).isEqualTo(isObject(line.toString()));
        }
    }

    private static boolean isObject(String line) {
        try {
            parsed(line);
            return true;
        } catch (IOException | ClassCastException e) {
            return false;
        }
    }

    // --- random objects

    private static String object(SplittableRandom random, int depth) {
        StringBuilder text = new StringBuilder("{").append(blank(random));
        int keys = random.nextInt(5);
        for (int i = 0; i < keys; i++) {
            text.append(i == 0 ? "" : "," + blank(random))
                    .append(key(random))
                    .append(blank(random))
                    .append(':')
                    .append(blank(random))
                    .append(value(random, depth + 1))
                    .append(blank(random));
        }
        return text.append('}').toString();
    }

    private static String key(SplittableRandom random) {
        String[] keys = {
            "a",
            "b",
            "ip",
            "a",
            "b",
            "ip",
            "a.b",
            "x",
            "",
            "asn",
            "asn_2",
            "prefix",
            "as_name",
            "country",
            "\\u0061",
            "a\\\"b",
            "a.b.0.ip",
            "\\u0061sn",
            "rib_version_10",
            "asn_1"
        };
        return '"' + keys[random.nextInt(keys.length)] + '"';
    }

    private static String value(SplittableRandom random, int depth) {
        switch (random.nextInt(depth > 5 ? 6 : 12)) {
            case 0 -> {
                return new String[] {"true", "false", "null"}[random.nextInt(3)];
            }
            case 1 -> {
                return new String[] {"0", "-1.5e+3", "17", "1E2", "-0", "0.25"}[random.nextInt(6)];
            }
            case 2 -> {
                return new String[] {"\"\"", "\"x\"", "\"}\"", "\"\\\\\"", "\"é\\n\\u00e9\""}
                        [random.nextInt(5)];
            }
            case 3, 4, 5 -> {
                String address = NETWORKS.get(random.nextInt(NETWORKS.size())).address();
                return '"'
                        + (random.nextInt(4) == 0 ? address.replace("1", "\\u0031") : address)
                        + '"';
            }
            case 6, 7, 8 -> {
                return object(random, depth);
            }
            default -> {
                StringBuilder text = new StringBuilder("[").append(blank(random));
                int size = random.nextInt(4);
                for (int i = 0; i < size; i++) {
                    text.append(i == 0 ? "" : ",").append(value(random, depth + 1));
                    text.append(blank(random));
                }
                return text.append(']').toString();
            }
        }
    }

    private static String blank(SplittableRandom random) {
        return random.nextInt(3) > 0 ? "" : random.nextBoolean() ? " " : "\t ";
    }

    // --- Jackson's view

    private static Map<String, Object> parsed(String line) throws IOException {
        try (JsonParser parser = JACKSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            Map<String, Object> object = object(parser);
            if (parser.nextToken() != null) {
                throw new IOException("more than one");
            }
            return object;
        }
    }

    /** In the order of the last of equal keys. */
    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            object.remove(key);
            object.put(key, tree(parser));
        }
        return object;
    }

    private static @Nullable Object tree(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                return object(parser);
            }
            case START_ARRAY -> {
                List<Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(tree(parser));
                }
                return array;
            }
            case VALUE_STRING -> {
                return parser.getText();
            }
            case VALUE_NUMBER_INT -> {
                return parser.getBigIntegerValue();
            }
            case VALUE_NUMBER_FLOAT -> {
                return parser.getDecimalValue();
            }
            case VALUE_NULL -> {
                return null;
            }
            default -> {
                return parser.getBooleanValue();
            }
        }
    }

    /** What a path leads to; of several the last. */
    private static @Nullable Object at(@Nullable Object value, String path) {
        if (value instanceof List<?> list && path.startsWith("0")) {
            return list.isEmpty()
                    ? null
                    : path.equals("0") ? list.get(0) : at(list.get(0), path.substring(2));
        }
        if (!(value instanceof Map<?, ?> map)) {
            return null;
        }
        Object found = null;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = String.valueOf(entry.getKey());
            if (path.equals(key)) {
                found = entry.getValue();
            } else if (path.startsWith(key + ".")) {
                found = at(entry.getValue(), path.substring(key.length() + 1));
            }
        }
        return found;
    }

    private static @Nullable Network network(@Nullable Object value) {
        for (Network network : NETWORKS) {
            if (network.address().equals(value)) {
                return network;
            }
        }
        return null;
    }
}
