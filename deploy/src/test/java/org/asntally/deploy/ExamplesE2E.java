package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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

    @Test
    void areWhatTheirScriptMakes() throws Exception {
        Path examples = Program.ROOT.resolve("examples");
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        Result made =
                new Program(place, java, examples.resolve("MakeExamples.java").toString())
                        .with(place.toString())
                        .run();

        assertThat(made.status()).as(made.err()).isZero();
        for (String name :
                List.of("access.log", "tuples.txt", "tcpdump.txt", "traffic.pcap", "sflow.pcap")) {
            assertThat(place.resolve(name)).hasSameBinaryContentAs(examples.resolve(name));
        }
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

    /** Expected numbers are those of a decoder in another language. */
    @Test
    void sflowIsScaledAndItsLossesAreTold() throws Exception {
        Path file = Program.ROOT.resolve("examples/sflow.pcap");
        String[] bytes = {"count", "--weight", "bytes", "--by", "exporter,interface", "-O", "tsv"};

        Result told = Program.asntally(place, bytes).with(file.toString()).run();

        assertThat(told.status()).as(told.err()).isZero();
        assertThat(told.out())
                .isEqualTo(
                        """
                        count\tpercent\texporter
                        40690688\t53.42\t192.0.2.10
                        35483648\t46.58\t192.0.2.11
                        total: 76174336
                        count\tpercent\tinterface
                        28177408\t36.99\t192.0.2.10.1
                        27981312\t36.73\t192.0.2.11.2
                        12513280\t16.43\t192.0.2.10.8
                        7502336\t9.85\t192.0.2.11.8
                        total: 76174336
                        """);
        assertThat(told.err())
                .contains("read as sflow")
                .contains("AT-SFLOW-001: " + file + ": exporter 192.0.2.11: 38 datagrams came")
                .contains("2 were lost")
                .contains("counted 286,")
                .contains("lost ")
                .contains("datagrams 2");
        // From a pipe it is named.
        Result piped =
                new Program(
                                place,
                                "/bin/sh",
                                "-c",
                                "cat "
                                        + file
                                        + " | "
                                        + Program.DISTRIBUTION.resolve("bin/asntally")
                                        + " "
                                        + String.join(" ", bytes)
                                        + " -I sflow -")
                        .run();
        assertThat(piped.out()).as(piped.err()).isEqualTo(told.out());
        assertThat(total("-I", "sflow", "--weight", "packets")).isEqualTo("total: 96256");
        assertThat(total("--weight", "packets", "--sampling", "off")).isEqualTo("total: 286");
        assertThat(total("--weight", "hits")).isEqualTo("total: 286");
        // The datagrams themselves.
        assertThat(total("-I", "pcap")).isEqualTo("total: 118");
    }

    private String total(String... options) throws Exception {
        Result result =
                Program.asntally(place, "count")
                        .with(options)
                        .with(Program.ROOT.resolve("examples/sflow.pcap").toString(), "--by", "asn")
                        .run();
        return result.out().lines().reduce("", (before, line) -> line);
    }
}
