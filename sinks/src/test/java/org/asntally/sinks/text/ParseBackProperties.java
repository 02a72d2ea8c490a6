package org.asntally.sinks.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Report;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.ReportSpec.Format;
import org.asntally.sinks.Side;
import org.asntally.sinks.Tallies;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever ASes are called, readers of each format get as many rows and cells as were written. */
class ParseBackProperties {

    private static final String ALPHABET =
            "aB9 ,;\"'\\\t\n\r\u0000\u001b\u007f\u0085\u009b\u2028\u202e\u00e9\u4f8b{}=#";

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void csv(long seed) throws IOException {
        List<String> names = names(new SplittableRandom(seed));

        List<List<String>> records = records(text(names, Format.CSV));

        assertThat(records).hasSize(names.size() + 1);
        for (int i = 0; i < names.size(); i++) {
            List<String> record = records.get(i + 1);
            assertThat(record)
                    .containsExactly(
                            Integer.toString(1000 - i),
                            record.get(1),
                            Integer.toString(64496 + i),
                            SafeText.of(names.get(i)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void tsv(long seed) throws IOException {
        List<String> names = names(new SplittableRandom(seed));

        String[] lines = text(names, Format.TSV).split("\n", -1);

        assertThat(lines).hasSize(names.size() + 3);
        for (int i = 0; i < names.size(); i++) {
            assertThat(lines[i + 1].split("\t", -1)).hasSize(4);
            assertThat(lines[i + 1]).endsWith("\t" + SafeText.of(names.get(i)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void json(long seed) throws IOException {
        List<String> names = names(new SplittableRandom(seed));
        String text = text(names, Format.JSON);

        List<String> read = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && "as_name".equals(parser.currentName())) {
                    parser.nextToken();
                    read.add(parser.getValueAsString(""));
                }
            }
        }

        assertThat(read).isEqualTo(names);
        assertThat(text.strip().chars().noneMatch(c -> SafeText.unsafe((char) c))).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void prometheus(long seed) throws IOException {
        List<String> names = names(new SplittableRandom(seed));

        String[] lines = text(names, Format.PROMETHEUS).split("\n", -1);

        assertThat(lines).hasSize(names.size() + 3);
        for (int i = 0; i < names.size(); i++) {
            String line = lines[i + 2];
            int name = line.indexOf("name=\"") + 6;
            String read =
                    line.substring(name, line.lastIndexOf("\"}"))
                            .replace("\\\\", "\u0001")
                            .replace("\\n", "\n")
                            .replace("\\\"", "\"")
                            .replace('\u0001', '\\');
            assertThat(read.replace('\n', ' ')).isEqualTo(SafeText.of(names.get(i)));
        }
    }

    @Test
    void promtoolAcceptsIt() throws Exception {
        Assumptions.assumeTrue(hasPromtool(), "promtool is not installed: its check is left out");
        var styles = ReportSpec.Style.values();
        for (var style : styles) {
            var spec = ReportSpec.builder().style(style).format(Format.PROMETHEUS).build();
            var process =
                    new ProcessBuilder("promtool", "check", "metrics")
                            .redirectErrorStream(true)
                            .start();
            try (var in = process.getOutputStream()) {
                ReportWriter.write(
                        report(names(new SplittableRandom(7))), spec, Format.PROMETHEUS, in);
            }
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
        }
    }

    private static boolean hasPromtool() throws InterruptedException {
        try {
            return new ProcessBuilder("promtool", "--version").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static List<String> names(SplittableRandom random) {
        List<String> names = new ArrayList<>();
        for (int i = random.nextInt(30); i >= 0; i--) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            names.add(name.toString());
        }
        return names;
    }

    private static Report report(List<String> names) {
        var tallies = new Tallies();
        for (int i = 0; i < names.size(); i++) {
            tallies.asn(64496 + i, names.get(i), i, 1000 - i);
        }
        return tallies.report();
    }

    private static String text(List<String> names, Format format) throws IOException {
        var spec =
                ReportSpec.builder()
                        .format(format)
                        .top(1000)
                        .tables(List.of(new ReportSpec.Table(KeyKind.ASN, Side.SOURCE)))
                        .build();
        var out = new ByteArrayOutputStream();
        ReportWriter.write(report(names), spec, format, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** A reader of RFC 4180 that takes nothing but CR LF as the end of a record. */
    private static List<List<String>> records(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || (c == '\r' && text.startsWith("\r\n", i))) {
                record.add(cell.toString());
                cell.setLength(0);
                if (c == '\r') {
                    records.add(record);
                    record = new ArrayList<>();
                    i++;
                }
            } else {
                cell.append(c);
            }
        }
        assertThat(cell).isEmpty();
        assertThat(record).isEmpty();
        return records;
    }
}
