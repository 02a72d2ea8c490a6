package org.asntally.lookup.rib;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.asntally.lookup.Address;
import org.asntally.lookup.Shared;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * pyasn's own answers. Where pyasn gives up a table for one line (load_error), decision D7 says:
 * the other lines load, and the line is reported.
 */
class PyasnGoldenTest {

    @TempDir private Path folder;

    @Test
    void answersAsPyasnDoes() throws IOException {
        Path golden = Shared.file("spec/golden/pyasn/dat_cases.json");
        int lookups = 0;
        for (Object value : (List<?>) Objects.requireNonNull(json(golden))) {
            Map<?, ?> one = (Map<?, ?>) value;
            String name = (String) one.get("case");
            Path file = folder.resolve("ipasn_" + name + ".dat");
            Files.writeString(file, (String) one.get("dat"));
            List<String> faults = new ArrayList<>();
            RibLoader loader =
                    new RibLoader((f, line, fault, excerpt) -> faults.add(line + " " + fault));
            Rib rib;
            try {
                rib = loader.load(file);
            } catch (RibFormatException e) {
                assertThat(e).hasMessageContaining("no readable route");
                rib = new RibBuilder().build();
            }
            if (one.containsKey("load_error")) {
                assertThat(faults).as(name).hasSize(1);
                continue;
            }
            assertThat(faults).as(name).isEmpty();
            for (Map.Entry<?, ?> lookup : part(one, "lookups").entrySet()) {
                List<?> answer = (List<?>) lookup.getValue();
                String expected =
                        answer.get(0) == null ? "none" : answer.get(1) + " " + answer.get(0);
                assertThat(answer(rib, (String) lookup.getKey()))
                        .as("%s: %s", name, lookup.getKey())
                        .isEqualTo(expected);
                lookups++;
            }
            for (Map.Entry<?, ?> prefixes : part(one, "as_prefixes").entrySet()) {
                int asn = Integer.parseInt((String) prefixes.getKey());
                List<?> expected =
                        prefixes.getValue() == null ? List.of() : (List<?>) prefixes.getValue();
                List<String> found = new ArrayList<>();
                for (int route = 0; route < rib.routes(); route++) {
                    if (rib.origin(route) == asn) {
                        found.add(rib.prefix(route));
                    }
                }
                assertThat(found)
                        .as("%s: AS%d", name, asn)
                        .containsExactlyInAnyOrderElementsOf(
                                expected.stream().map(String::valueOf).toList());
            }
        }
        assertThat(lookups).isPositive();
    }

    private static Map<?, ?> part(Map<?, ?> one, String key) {
        return (Map<?, ?>) Objects.requireNonNull(one.get(key));
    }

    private static String answer(Rib rib, String text) {
        Address address = new Address();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int family = address.parse(bytes, 0, bytes.length);
        return TestRoutes.found(
                rib,
                family == 4 ? rib.route4(address.v4()) : rib.route6(address.high(), address.low()));
    }

    private static @Nullable Object json(Path file) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String key = parser.currentName();
                    parser.nextToken();
                    object.put(key, value(parser));
                }
                return object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                return array;
            }
            case VALUE_NUMBER_INT -> {
                return parser.getLongValue();
            }
            case VALUE_NULL -> {
                return null;
            }
            default -> {
                return parser.getText();
            }
        }
    }
}
