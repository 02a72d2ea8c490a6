package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.asntally.deploy.Program.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The inputs in examples/: made by their script, and counted by every way in which they are
 * offered.
 */
class ExamplesE2E {

    @TempDir private Path place;

    @ParameterizedTest
    @CsvSource({"access.log", "tuples.txt", "tcpdump.txt", "traffic.pcap"})
    void areWhatTheirScriptMakes(String name) throws Exception {
        Path examples = Program.ROOT.resolve("examples");
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        Result made =
                new Program(place, java, examples.resolve("MakeExamples.java").toString())
                        .with(place.toString())
                        .run();

        assertThat(made.status()).as(made.err()).isZero();
        assertThat(place.resolve(name)).hasSameBinaryContentAs(examples.resolve(name));
    }

    @ParameterizedTest
    @CsvSource({"access.log, 3997", "tcpdump.txt, 600", "traffic.pcap, 295"})
    void areToldByTheirContent(String name, long flows) throws Exception {
        Path file = Program.ROOT.resolve("examples").resolve(name);
        Result result = Program.asntally(place, "count", file.toString()).run();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("total: " + flows + "\n").contains("\t15169\t");
        assertThat(Program.asntally(place, "count").reading(file).run().out())
                .isEqualTo(result.out());
    }

    @Test
    void tuplesAddUp() throws Exception {
        Path file = Program.ROOT.resolve("examples/tuples.txt");
        Result result = Program.asntally(place, "count", "-I", "tuple", file.toString()).run();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("\t15169\t").doesNotContain("total: 600\n");
    }
}
