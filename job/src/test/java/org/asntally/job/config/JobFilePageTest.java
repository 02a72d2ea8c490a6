package org.asntally.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference of the job file is the declaration; {@code -Dgolden.write=true} writes it. */
class JobFilePageTest {

    private static final Path PAGE = Path.of("..", "docs", "3-ref-job-file.md");

    private static final Map<String, Section> SECTIONS = sections();

    /** Also the shape that the contract of the job file shows. */
    private static final String EXAMPLE =
            """
            version: 1
            name: edge
            sources:
              web: {type: log, path: "/var/log/nginx/access*.log", follow: true}
              edge: {type: sflow, listen: "0.0.0.0:6343"}
              flows: {type: kafka, brokers: "k1:9092", topic: flows, group: asntally, schema: auto, start: committed}
            networks:
              mine: [192.0.2.0/24, "2001:db8::/32", AS64496]
            rib: {path: /var/lib/asntally/rib, at: event, poll: 10s, keep: 1h, distribute: auto}
            counts:
              errors-by-as: {sources: [web], by: [asn], window: 1m, lateness: 5m, filter: "status >= 400", weight: hits}
              traffic: {sources: [edge, flows], by: [asn, prefix], window: 5m, filter: "not (dst in list:mine)"}
            sinks:
              archive: {type: files, path: /var/lib/asntally/results, format: json, counts: [errors-by-as, traffic]}
            triggers: {}
            actions: {}
            checkpoints: {interval: 10s, path: /var/lib/asntally/checkpoints}
            """;

    @Test
    void thePageIsTheDeclaration() throws IOException {
        String page = page();
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("%s differs; if it should: -Dgolden.write=true", PAGE)
                .isEqualTo(page);
    }

    @Test
    void theExampleIsValid() {
        JobFileReading reading = JobFilesTest.read(EXAMPLE);

        assertThat(reading.errors()).as("%s", reading.findings()).isZero();
    }

    @Test
    void eachExampleIsAValue() {
        Findings findings = new Findings();
        for (Section section : SECTIONS.values()) {
            for (Key<?> key : section.keys()) {
                String example = key.example();
                if (example != null) {
                    YamlNode node =
                            new YamlReader(key.name(), findings)
                                    .read(example.getBytes(StandardCharsets.UTF_8));
                    key.type().read(Objects.requireNonNull(node), key.name(), findings);
                }
            }
        }
        assertThat(findings.sorted()).isEmpty();
    }

    private static Map<String, Section> sections() {
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("The file", JobKeys.Job.SECTION);
        sections.put("`sources`: each source", JobKeys.Source.SECTION);
        sections.put("`exporters` of a source: each exporter", JobKeys.Exporter.SECTION);
        sections.put("`rib`", JobKeys.Rib.SECTION);
        sections.put("`counts`: each count", JobKeys.Count.SECTION);
        sections.put("`sinks`: each sink", JobKeys.Sink.SECTION);
        sections.put("`time`", JobKeys.Time.SECTION);
        sections.put("`window`", JobKeys.Window.SECTION);
        sections.put("`checkpoints`", JobKeys.Checkpoints.SECTION);
        return sections;
    }

    private static String page() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # The job file

                        What `asntally run FILE` runs, and `asntally check FILE` checks: YAML 1.2, UTF-8, at most 1 MB. `asntally init`
                        writes one to begin with. Unknown keys are errors. This page is generated from the program's own declaration of the
                        keys: a test compares it, `-Dgolden.write=true` rewrites it.

                        ```yaml
                        """);
        page.append(EXAMPLE).append("```\n");
        page.append(
                """

                ## Values

                - Durations: `500ms`, `90s`, `5m`, `1h`, `7d`. Sizes: `500k`, `64M`, `2G` (SI), `8Mi`, `1Gi` (binary). Times: RFC 3339,
                  `2026-05-27T16:00:00Z`; a day alone is its beginning in UTC.
                - Where a list is taken, a single value may stand without brackets.
                - Texts with `:`, `#`, `*`, `[`, `{` and the like need quotes: `"0.0.0.0:6343"`, `"/var/log/*.log"`.
                - Names (of sources, counts, sinks, networks) are letters, digits, `-`, `_` and `.`.
                - Secrets are never in the file. `${env:NAME}` is a variable of the environment, `${file:PATH}` the content of a file
                  without its last line end. They are taken in `properties`, read where they are used (on a cluster: on each
                  TaskManager), and shown nowhere: not by `check --print`, not in Flink's web interface.
                - On a cluster `-Dasntally.KEY=VALUE` of `flink run` takes the place of a key that stands once in a file, as in
                  `-Dasntally.rib.poll=30s`.
                """);
        SECTIONS.forEach((title, section) -> section(page, title, section));
        return page.toString();
    }

    private static void section(StringBuilder page, String title, Section section) {
        boolean sources = section == JobKeys.Source.SECTION;
        page.append("\n## ")
                .append(title)
                .append("\n\n| key | values | default | meaning | example |");
        page.append(sources ? " types |" : "").append("\n|---|---|---|---|---|");
        page.append(sources ? "---|" : "").append('\n');
        for (Key<?> key : section.keys()) {
            String otherwise = key.isRequired() ? "must be given" : key.otherwise();
            boolean verbatim = !key.isRequired() && key.unset() == null && !otherwise.isEmpty();
            String example = key.example();
            page.append("| `")
                    .append(key.name())
                    .append("` | ")
                    .append(cell(key.values()))
                    .append(" | ")
                    .append(verbatim ? "`" + otherwise + "`" : cell(otherwise))
                    .append(" | ")
                    .append(cell(key.meaning()))
                    .append(" | ")
                    .append(example == null ? "" : "`" + example + "`")
                    .append(" |");
            if (sources) {
                page.append(' ').append(types(key.types())).append(" |");
            }
            page.append('\n');
        }
    }

    private static String types(List<SourceType> types) {
        return types.isEmpty()
                ? "all"
                : types.stream().map(SourceType::word).collect(Collectors.joining(", "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_");
    }
}
