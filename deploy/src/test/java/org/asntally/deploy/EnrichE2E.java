package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.asntally.deploy.Program.Result;
import org.asntally.deploy.Program.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code enrich} as it is packaged. */
class EnrichE2E {

    @TempDir private Path place;

    private Path table;

    @BeforeEach
    void table() throws Exception {
        table = Files.writeString(place.resolve("t.dat"), "192.0.2.0/24\t64496\n");
    }

    private Program enrich(String... arguments) throws Exception {
        return Program.asntally(place, "enrich", "--rib", table.toString()).with(arguments);
    }

    @Test
    void aRowGoesOutBeforeTheNextComesIn() throws Exception {
        Running running = enrich().start();
        for (int i = 1; i < 4; i++) {
            running.type("192.0.2." + i + "\n");
            running.awaitText(running.out(), "192.0.2." + i + "\t192.0.2.0/24\t64496\t");
        }
        running.process().getOutputStream().close();

        Result result = running.end().saysNoStackTrace();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out().lines()).hasSize(3);
        assertThat(result.err())
                .contains("<stdin>: read as text\n", "read 3 rows, enriched 3, unrouted 0; ");
    }

    @Test
    void readsAPackedFileAndLeavesStandardInputAlone() throws Exception {
        Path file = place.resolve("rows.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("n,ip\r\n1,192.0.2.1\r\n2,x".getBytes(StandardCharsets.UTF_8));
        }
        Result result = enrich(file.toString()).run();

        assertThat(result.status()).isZero();
        assertThat(result.out().replaceAll("[0-9a-f]{16}", "VERSION").split("\r\n", -1))
                .containsExactly(
                        "n,ip,prefix,asn,as_name,country,rib_version",
                        "1,192.0.2.1,192.0.2.0/24,64496,,,VERSION",
                        "2,x,None,None,,,");
        assertThat(result.err()).contains("AT-IN-021: " + file + ":3: host-name in '2,x'; ");
    }

    @Test
    void aFileThatIsCutOffIsStatus4AndWhatCameBeforeIsOut() throws Exception {
        Path whole = place.resolve("whole.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            for (int i = 0; i < 50_000; i++) {
                out.write(
                        ("192.0.2." + i % 256 + " " + i * 7919L % 10_007 + "\n")
                                .getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut =
                Files.write(
                        place.resolve("cut.gz"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Result result = enrich(cut.toString()).run().saysNoStackTrace();

        assertThat(result.status()).isEqualTo(4);
        assertThat(result.out()).startsWith("192.0.2.0 0\t192.0.2.0/24\t64496\t");
        assertThat(result.err()).contains("AT-IN-022: '" + cut + "' cannot be read to its end");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --strict              | 1 | AT-IN-009: <stdin>:1: no-address in 'x'
                    --column nope -I csv  | 2 | AT-USE-021: '<stdin>' has no column 'nope'
                    --column 1 --field a  | 2 | AT-USE-008: --column and --field cannot be given together
                    -I json --column 1    | 2 | AT-USE-008: --column and -I json cannot be given together
                    --delimiter ab        | 2 | AT-USE-005: 'ab' is no value of --delimiter
                    --rib /nonexistent    | 3 | AT-RIB-001: no routing table at '/nonexistent'
                    /nonexistent          | 4 | AT-IN-001: no such file: '/nonexistent'
                    /                     | 4 | AT-IN-003: '/' is a directory
                    """)
    void saysInOneLineWhatIsWrong(String arguments, int status, String message) throws Exception {
        Result result = enrich(arguments.trim().split(" +")).reading("x\n").run();

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.err()).contains(message).doesNotContain("Exception");
    }

    @Test
    void rowsOfALogBelongToTheTablesOfAnArchive() throws Exception {
        String archive = place.resolve("rib") + "/";
        build(archive, "2026-01-01T00:00Z", table);
        Path later = Files.writeString(place.resolve("l.dat"), "192.0.2.0/25\t64511\n");
        build(archive, "2026-06-01T00:00Z", later);
        String log =
                """
                192.0.2.1 - - [01/Jul/2026:00:00:00 +0000] "GET / HTTP/1.1" 200 1
                192.0.2.1 - - [01/May/2026:00:00:00 +0000] "GET / HTTP/1.1" 200 1
                """;

        List<String> byTime = asns(archive, log);
        List<String> latest = asns(archive, log, "--rib-at", "latest");
        List<String> then = asns(archive, log, "--at", "2026-02-01T00:00Z");

        assertThat(byTime).containsExactly("64511", "64496");
        assertThat(latest).containsExactly("64511", "64511");
        assertThat(then).containsExactly("64496", "64496");
    }

    private void build(String archive, String time, Path from) throws Exception {
        Result built =
                Program.asntally(place, "rib", "build", "--valid-from", time, "-o", archive)
                        .with(from.toString())
                        .run();
        assertThat(built.status()).as(built.err()).isZero();
    }

    private List<String> asns(String archive, String log, String... more) throws Exception {
        Result result =
                Program.asntally(place, "enrich", "--rib", archive).with(more).reading(log).run();
        assertThat(result.status()).as(result.err()).isZero();
        return result.out().lines().map(line -> line.split("\t", -1)[2]).toList();
    }

    @Test
    void aReaderThatGoesAwayIsNoProblem() throws Exception {
        Path many = place.resolve("many");
        Files.writeString(many, "192.0.2.1\n".repeat(200_000));
        Result result =
                new Program(
                                place,
                                "/bin/sh",
                                "-c",
                                Program.DISTRIBUTION.resolve("bin/asntally")
                                        + " enrich --quiet --rib "
                                        + table
                                        + " "
                                        + many
                                        + " | head -n 1")
                        .run();

        assertThat(result.out()).startsWith("192.0.2.1\t192.0.2.0/24");
        assertThat(result.err()).isEmpty();
    }
}
