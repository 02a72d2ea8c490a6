package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init} and {@code check}: outputs, messages and exit statuses. */
class JobFileCommandsTest {

    private static final String GOOD =
            """
            version: 1
            sources: {web: {type: log, path: /dev/null}}
            counts: {by-as: {sources: web, by: asn}}
            sinks: {out: {type: files, path: results}}
            """;

    @TempDir private Path folder;

    @Test
    void aValidFileIsOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("edge.yaml"), GOOD);

        CommandLineRun run = CommandLineRun.of("check", file.toString());

        assertThat(run.status).isZero();
        assertThat(run.out).isEqualTo(file + ": valid: 1 source, 1 count, 1 sink\n");
        assertThat(run.err).isEmpty();
    }

    @Test
    void aBadOneIsToldOnStandardErrorAndNothingElse() throws IOException {
        Path file =
                Files.writeString(folder.resolve("edge.yaml"), GOOD.replace("asn", "asm, x: y"));

        CommandLineRun run = CommandLineRun.of("check", "--print", file.toString());

        assertThat(run.status).isEqualTo(2);
        assertThat(run.out).isEmpty();
        assertThat(run.err.lines().toList())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).doesNotContain("\u001b"));
        assertThat(run.err)
                .startsWith(file + ":3:36: AT-CFG-007: 'asm' is no value of 'by'")
                .contains(file + ":3:41: AT-CFG-004: unknown key 'x' in counts.by-as; it has: ")
                .endsWith("2 problems, nothing was started\n");
    }

    @Test
    void warningsAreToldAndDoNotFail() {
        CommandLineRun run =
                CommandLineRun.reading(GOOD.replace("/dev/null", "/nonexistent/*"), "check", "-");

        assertThat(run.status).isZero();
        assertThat(run.err)
                .isEqualTo(
                        "-:2:34: warning: AT-CFG-025: no file matches '/nonexistent/*' now; check the"
                                + " name, if one should\n");
        assertThat(run.out).isEqualTo("-: valid: 1 source, 1 count, 1 sink\n");
    }

    @Test
    void whatIsPrintedIsCheckedAsValid() {
        CommandLineRun first = CommandLineRun.reading(GOOD, "check", "--print", "-");
        CommandLineRun again = CommandLineRun.reading(first.out, "check", "--print", "-");

        assertThat(first.status).isZero();
        assertThat(first.out).contains("\n    window: 1m\n").contains("\nname: job\n");
        assertThat(again.out).isEqualTo(first.out);
        assertThat(again.status).isZero();
    }

    @Test
    void secretsComeFromTheConsolesEnvironmentAndStayThere() {
        String kafka =
                """
                version: 1
                sources:
                  k:
                    type: kafka
                    brokers: "k1:9092"
                    topic: t
                    properties: {ssl.key.password: "${env:HOME}", sasl.jaas.config: "${env:NO_SUCH}"}
                counts: {a: {sources: k}}
                sinks: {out: {type: files, path: results}}
                """;

        CommandLineRun bad = CommandLineRun.reading(kafka, "check", "-");
        CommandLineRun good =
                CommandLineRun.reading(kafka.replace("NO_SUCH", "HOME"), "check", "--print", "-");

        assertThat(bad.status).isEqualTo(2);
        assertThat(bad.err)
                .contains(
                        "AT-CFG-021: 'sasl.jaas.config' needs ${env:NO_SUCH}: the variable is not set");
        assertThat(good.status).isZero();
        assertThat(good.out).contains("${env:HOME}").doesNotContain("/nonexistent");
    }

    @Test
    void aFileThatCannotBeReadIsNoBadFile() throws IOException {
        Path unreadable = Files.writeString(folder.resolve("secret.yaml"), GOOD);

        assertThat(CommandLineRun.of("check", folder + "/none").status).isEqualTo(4);
        assertThat(CommandLineRun.of("check", folder + "/none").err)
                .isEqualTo("AT-IN-001: no such file: '" + folder + "/none'; check the name\n");
        assertThat(CommandLineRun.of("check", folder.toString()).status).isEqualTo(4);
        assertThat(CommandLineRun.of("check", folder.toString()).err)
                .startsWith("AT-IN-004: '" + folder + "' cannot be read: it is a directory");
        assertThat(CommandLineRun.of("check").status).isEqualTo(2);
        assertThat(CommandLineRun.of("check", "").status).isEqualTo(2);
        assertThat(CommandLineRun.of("check", unreadable.toString(), "more").status).isEqualTo(2);
    }

    @Test
    void initWritesWhatCheckTakes() throws IOException {
        Path file = folder.resolve("edge.yaml");

        CommandLineRun written = CommandLineRun.of("init", file.toString());
        CommandLineRun shown = CommandLineRun.of("init");

        assertThat(written.status).isZero();
        assertThat(written.out).isEmpty();
        assertThat(written.err)
                .isEqualTo("wrote " + file + "; check it: asntally check " + file + "\n");
        assertThat(shown.status).isZero();
        assertThat(shown.out).isEqualTo(Files.readString(file));
        assertThat(CommandLineRun.of("check", file.toString()).status).isZero();
    }

    @Test
    void initWritesOverNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("edge.yaml"), "mine");

        CommandLineRun run = CommandLineRun.of("init", file.toString());

        assertThat(run.status).isEqualTo(4);
        assertThat(run.err)
                .isEqualTo(
                        "AT-OUT-009: there is a '"
                                + file
                                + "' already; it stays as it is; name another, or take it away first\n");
        assertThat(Files.readString(file)).isEqualTo("mine");
        assertThat(CommandLineRun.of("init", folder + "/none/x.yaml").status).isEqualTo(4);
    }
}
