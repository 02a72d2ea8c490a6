package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.asntally.deploy.Program.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that must answer at once load no class of Flink. */
class QuickCommandsE2E {

    @TempDir private Path place;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "--help",
                "help",
                "help count",
                "count --help",
                "asncounter --help",
                "lookup --help",
                "explain 8.8.8.8",
                "lookup 192.0.2.1",
                "lookup -O table -",
                "rib --help",
                "rib info",
                "prefixes AS3333 --aggregate --format nft",
                "aggregate 193.0.0.0/21 193.0.8.0/24",
                "init",
                "check --help",
                "rib list",
                "rib verify",
                "asn-update --help",
                "enrich --help",
                "completion bash",
                "completion zsh",
                "completion fish",
                "count --no-such-option",
                "no-such-command"
            })
    void loadNoClassOfFlink(String words) throws Exception {
        Path log = place.resolve("loaded");
        Result result =
                Program.asntally(place, words.split(" "))
                        .javaOption("-Xlog:class+load:file=" + log)
                        .run()
                        .saysNoStackTrace();

        assertThat(result.status()).as(result.err()).isEqualTo(words.contains("no-such") ? 2 : 0);
        assertThat(flinkClasses(log)).isEmpty();
    }

    @Test
    void norDoesBuildingATable() throws Exception {
        Path log = place.resolve("loaded");
        Path table = Files.writeString(place.resolve("table.dat"), "192.0.2.0/24\t64496\n");
        Result result =
                Program.asntally(place, "rib", "build", "-o")
                        .with(place.resolve("rib").toString(), table.toString())
                        .javaOption("-Xlog:class+load:file=" + log)
                        .run();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(flinkClasses(log)).isEmpty();
    }

    private static List<String> flinkClasses(Path log) throws Exception {
        List<String> loaded = Files.readAllLines(log);
        assertThat(loaded).anyMatch(line -> line.contains("org.asntally"));
        return loaded.stream().filter(line -> line.contains("] org.apache.flink.")).toList();
    }
}
