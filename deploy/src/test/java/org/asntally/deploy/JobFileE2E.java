package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.asntally.deploy.Program.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init} and {@code check} as a person types them. */
class JobFileE2E {

    @TempDir private Path place;

    @Test
    void theStarterFileIsValidInAnyFolder() throws Exception {
        Path empty = Files.createDirectories(place.resolve("empty"));
        Result written = Program.asntally(place, "init", "edge.yaml").in(empty).run();
        Result checked = Program.asntally(place, "check", "edge.yaml").in(empty).run();

        assertThat(written.status()).as(written.err()).isZero();
        assertThat(checked.status()).as(checked.err()).isZero();
        assertThat(checked.out()).isEqualTo("edge.yaml: valid: 1 source, 1 count, 1 sink\n");
        assertThat(Files.readAllLines(empty.resolve("edge.yaml"))).contains("sources:");
    }

    @Test
    void fiveMistakesAreFiveLinesAtOnce() throws Exception {
        String text =
                """
                version: 1
                sources:
                  web: {type: log, path: /dev/null, folow: true}
                  web: {type: line, path: /dev/null}
                counts:
                  a: {sources: [wep], by: [asn], window: soon}
                  b: {sources: [web], filter: "statu >= 400"}
                """;
        Result result =
                Program.asntally(place, "check", "-").reading(text).run().saysNoStackTrace();

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo(
                        """
                        -:3:37: AT-CFG-003: unknown key 'folow' in sources.web; did you mean 'follow'?
                        -:4:3: AT-CFG-005: 'web' stands here twice, first in line 3; leave one of them out
                        -:6:17: AT-CFG-011: count 'a' names source 'wep', which is not defined; did you mean 'web'?
                        -:6:42: AT-CFG-007: 'soon' is no value of 'window'; use a duration such as 90s, 5m or 1h
                        -:7:32: AT-CFG-030: filter: unknown term 'statu'; did you mean 'status'?
                        5 problems, nothing was started
                        """);
    }

    @Test
    void hostileFilesEndSoon() throws Exception {
        Path deep = Files.writeString(place.resolve("deep"), "a: " + "[".repeat(1_000_000));
        Path wide = Files.writeString(place.resolve("wide"), "a: 1\n".repeat(200_000));
        Path binary = place.resolve("binary");
        Files.write(binary, new byte[1 << 20]);
        for (Path file : new Path[] {deep, wide, binary, Path.of("/dev/zero")}) {
            Result result =
                    Program.asntally(place, "check", file.toString()).run().saysNoStackTrace();
            assertThat(result.status()).as("%s: %s", file, result.err()).isEqualTo(2);
            assertThat(result.err()).startsWith(file + ":1:");
        }
    }

    @Test
    void secretsAreNotShown() throws Exception {
        Path key = Files.writeString(place.resolve("key"), "hunter2\n");
        String text =
                """
                version: 1
                sources:
                  flows:
                    type: kafka
                    brokers: "k1:9092"
                    topic: flows
                    properties: {ssl.key.password: "${file:%s}", sasl.jaas.config: "${env:WORD}"}
                counts: {a: {sources: flows}}
                sinks: {out: {type: files, path: results}}
                """
                        .formatted(key);
        Result result =
                Program.asntally(place, "check", "--print", "--debug", "-")
                        .setting("WORD", "hunter2")
                        .reading(text)
                        .run();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out() + result.err())
                .contains("${file:" + key + "}")
                .contains("${env:WORD}")
                .doesNotContain("hunter2");
    }
}
