package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.asntally.deploy.Program.Result;
import org.asntally.deploy.Program.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lookups as a user starts them. */
class LookupE2E {

    @TempDir private Path place;

    private Path table() throws Exception {
        return Files.writeString(
                place.resolve("table.dat"), "192.0.2.0/24\t64496\n2001:db8::/32\t64497\n");
    }

    @Test
    void theFirstRowIsOutBeforeTheInputEnds() throws Exception {
        Running running =
                Program.asntally(place, "lookup", "--rib", table().toString(), "-O", "tsv").start();
        running.type("192.0.2.1\n");
        running.awaitText(running.out(), "192.0.2.1\t192.0.2.0/24\t64496\t\t\n");
        running.type("2001:db8:");
        running.type(":1\n");
        running.awaitText(running.out(), "2001:db8::1\t2001:db8::/32\t64497\t\t\n");
        running.process().getOutputStream().close();

        assertThat(running.end().status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 0, 64496",
        "2001:db8::1, 0, 64497",
        "192.0.2.256, 1, None",
        "--no-such, 2, ''"
    })
    void endsWithTheStatusOfItsContract(String word, int status, String asn) throws Exception {
        Result result =
                Program.asntally(place, "lookup", "--rib", table().toString(), word)
                        .run()
                        .saysNoStackTrace();

        assertThat(result.status()).as(result.err()).isEqualTo(status);
        assertThat(result.out()).contains(asn);
    }

    @Test
    void standsInForAsnLookupUnderItsName() throws Exception {
        Path ranges =
                Files.writeString(
                        place.resolve("ranges.tsv"), "192.0.2.0\t192.0.2.255\t64496\tFR\tTEST\n");
        Result result =
                Program.tool(place, "asn-lookup", "--database-cache-path", ranges.toString())
                        .with("-o", "puppet")
                        .reading("ip\n192.0.2.1\n")
                        .run();

        assertThat(result.out()).isEqualTo("'192.0.2.0/24', # FR 64496 TEST (192.0.2.1)\n");
        assertThat(result.status()).isZero();
        Result without = Program.tool(place, "asn-lookup", "192.0.2.1").run();
        assertThat(without.status()).isEqualTo(2);
        assertThat(without.err()).contains("asn-update");
    }

    @Test
    void aReaderThatStopsReadingEndsItQuietly() throws Exception {
        Result result =
                new Program(
                                place,
                                "/bin/sh",
                                "-c",
                                "yes 192.0.2.1 | \"$1\" lookup --rib \"$2\" | head -n 1; :",
                                "sh",
                                Program.DISTRIBUTION.resolve("bin/asntally").toString(),
                                table().toString())
                        .run()
                        .saysNoStackTrace();

        assertThat(result.out()).isEqualTo("192.0.2.1\t192.0.2.0/24\t64496\t\t\n");
        assertThat(result.err()).doesNotContainIgnoringCase("broken pipe");
    }

    @Test
    void whatCannotBeReadOrWrittenIsStatusFour() throws Exception {
        String program = Program.DISTRIBUTION.resolve("bin/asntally").toString();
        Result closed =
                new Program(place, "/bin/sh", "-c", "\"$1\" lookup <&-", "sh", program).run();
        assertThat(closed.status()).isEqualTo(4);
        assertThat(closed.err()).startsWith("AT-IN-012: standard input cannot be read");

        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");
        Result full =
                new Program(place, "/bin/sh", "-c", "\"$1\" lookup 8.8.8.8 >/dev/full", "sh")
                        .with(program)
                        .run();
        assertThat(full.status()).isEqualTo(4);
        assertThat(full.err()).startsWith("AT-OUT-003: standard output cannot be written");
    }

    /** Ten times the lines take no more: the peak is the kernel's own figure, in kilobytes. */
    @Test
    void itsMemoryDoesNotGrowWithItsInput() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "no /proc");
        long some = peak(100_000);
        long many = peak(1_000_000);

        assertThat(many).isLessThan(some + some / 4).isLessThan(110_000);
    }

    private long peak(int lines) throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        Running running = Program.asntally(place, "lookup", "-O", "tsv").start();
        try (BufferedWriter in = running.process().outputWriter()) {
            for (int i = 0; i < lines; i++) {
                in.write(
                        (1 + random.nextInt(222))
                                + "."
                                + random.nextInt(256)
                                + "."
                                + random.nextInt(256)
                                + ".1\n");
            }
            in.flush();
            // All has been read when this row is out, so the peak has been reached.
            in.write("192.0.2.99\n");
            in.flush();
            running.awaitText(running.out(), "\n192.0.2.99\t");
            String status =
                    Files.readString(
                            Path.of("/proc", Long.toString(running.process().pid()), "status"));
            return Long.parseLong(
                    status.lines()
                            .filter(line -> line.startsWith("VmHWM"))
                            .findFirst()
                            .orElseThrow()
                            .replaceAll("\\D", ""));
        }
    }
}
