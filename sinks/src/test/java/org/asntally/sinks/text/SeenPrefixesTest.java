package org.asntally.sinks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.asntally.lookup.Prefix;
import org.asntally.sinks.RibFacts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenPrefixesTest {

    private final List<String> seen = new ArrayList<>();

    private @Nullable RibFacts read(String json) throws IOException {
        return SeenPrefixes.read(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                (asn, v6, high, low, length) ->
                        seen.add(
                                Integer.toUnsignedString(asn)
                                        + " "
                                        + Prefix.text(v6, high, low, length)));
    }

    @Test
    void readsWhatAReportHas() throws IOException {
        int reports = 0;
        for (String name : List.of("json", "windows.json", "both.json")) {
            try (var files = Files.list(Path.of("src/test/golden"))) {
                for (Path file : files.filter(path -> path.toString().endsWith(name)).toList()) {
                    String text = Files.readString(file);
                    seen.clear();
                    // Of other tables rows may tell a prefix too.
                    if (text.contains("prefix\":[")) {
                        read(text);
                        long rows = text.split("\"prefix\":\"", -1).length - 1L;
                        assertThat(seen).as("%s", file).hasSize((int) rows);
                        reports++;
                    }
                }
            }
        }
        assertThat(reports).isPositive();
    }

    @Test
    void findsTablesOfWindowsAndSides() throws IOException {
        RibFacts table =
                read(
                        """
                        {"rib": {"kind": "routes", "source": "x", "valid_from": null, "id": "ab", "more": [1]},
                         "windows": [
                          {"tables": {"source-prefix": [{"count": 1, "prefix": "192.0.2.0/24", "asn": 64496}],
                                      "destination-prefix": [{"prefix": "2001:db8::/32", "asn": 4294967295}]}},
                          {"tables": {"prefix": [{"prefix": null, "asn": null}], "asn": [{"asn": 7}]}}]}
                        {"tables": {"prefix": [{"asn": 64497, "prefix": "198.51.100.0/24", "x": {"y": []}}]}}
                        """);

        assertThat(seen)
                .containsExactly(
                        "64496 192.0.2.0/24", "4294967295 2001:db8::/32", "64497 198.51.100.0/24");
        assertThat(table).isEqualTo(new RibFacts("routes", "x", null, null, "ab"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                                                          | it has no table of prefixes (count --by prefix)
                    {}                                                          | it has no table of prefixes (count --by prefix)
                    {"tables": {"asn": []}}                                     | it has no table of prefixes (count --by prefix)
                    []                                                          | it is no JSON report of asntally
                    count\tpercent                                              | it is not JSON at line 1
                    {"tables": {"prefix": [{                                    | it is not JSON at line 1
                    {"tables": {"prefix": [{"prefix": "x/24", "asn": 1}]}}      | 'x/24' of AS1 is no prefix of an AS
                    {"tables": {"prefix": [{"prefix": "192.0.2.1", "asn": 1}]}} | '192.0.2.1' of AS1 is no prefix of an AS
                    {"tables": {"prefix": [{"prefix": "0.0.0.0/0", "asn": 1}]}} | '0.0.0.0/0' of AS1 is no prefix of an AS
                    {"tables": {"prefix": [{"prefix": "192.0.2.0/24", "asn": -1}]}} | '192.0.2.0/24' of AS-1 is no prefix of an AS
                    {"tables": {"prefix": [{"prefix": "192.0.2.0/24", "asn": 99999999999999999999}]}} | it is not JSON at line 1
                    """)
    void saysWhyAFileIsNoReport(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(SeenPrefixes.FormatException.class)
                .hasMessage(reason);
    }

    @Test
    void anyBytesAreAReportOrAReason() {
        String sample =
                "{\"rib\":{\"kind\":\"routes\"},\"tables\":{\"prefix\":[{\"prefix\":"
                        + "\"192.0.2.0/24\",\"asn\":1}]},\"windows\":[{\"tables\":{}}]}";
        for (long seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = sample.getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                SeenPrefixes.read(
                        new ByteArrayInputStream(bytes, 0, random.nextInt(bytes.length + 1)),
                        (asn, v6, high, low, length) -> assertThat(length).isPositive());
            } catch (SeenPrefixes.FormatException e) {
                assertThat(e.getMessage()).as("seed %s", seed).isNotBlank();
            } catch (IOException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
