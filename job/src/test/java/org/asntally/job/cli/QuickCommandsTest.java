package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a process of its own, whose loaded classes the JVM itself lists. */
class QuickCommandsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "count --help",
                "--version",
                "count --no-such-option",
                "count -O html",
                "completion bash",
                "lookup 192.0.2.1 AS64496",
                "lookup -O json",
                "rib info",
                "enrich",
                "init",
                "check -",
                "check /nonexistent",
                "rib list",
                "rib verify",
                "rib diff /nonexistent /nonexistent",
                "rib update --from /nonexistent",
                "asncounter --refresh --from /nonexistent -C /tmp",
                "asn-update --from /nonexistent --database-cache-path /tmp/asn-db.dat"
            })
    void loadNoFlinkClass(String arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xlog:class+load:stdout",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AsntallyCommand.class.getName()));
        command.addAll(Arrays.asList(arguments.split(" ")));
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isLessThan(70);
        assertThat(said).contains("org.asntally.job.cli.AsntallyCommand");
        assertThat(said.lines().filter(line -> line.contains("org.apache.flink"))).isEmpty();
    }
}
