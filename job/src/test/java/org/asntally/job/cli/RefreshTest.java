package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibFile;
import org.asntally.lookup.rib.RibLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The old programs' ways to a fresh table: asncounter --refresh, asn-update. */
@SuppressWarnings("StringConcatToTextBlock") // Tabs and ends of lines are to be seen.
class RefreshTest {

    private static final String TABLE =
            "192.0.2.0/24\t64496\n198.51.100.0/24\t4200000000\n2001:db8::/32\t64497\n"
                    + "2001:db8:1::/48\t64498\n";
    private static final String NAMES =
            "64496 SAMPLE \"x\" \u00e9\u4e2d, CA\nAS64497 EXAMPLE, FR\n";

    @TempDir private Path place;
    private WebFolder web;

    @BeforeEach
    void start() throws IOException {
        web = new WebFolder();
        web.folder("/rrc00/", "2026.11/").folder("/rrc00/2026.11/", "bview.20261124.1600.gz");
        web.bytes("/rrc00/2026.11/bview.20261124.1600.gz", WebFolder.gzip(TABLE));
        web.file("/asn.txt", NAMES);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private CommandLineRun refresh(String... more) {
        List<String> words =
                Stream.concat(
                                Stream.of("--refresh", "--retries", "0", "-C", place + "/cache"),
                                Stream.of(more))
                        .toList();
        return CommandLineRun.as("asncounter", words.toArray(new String[0]));
    }

    private CommandLineRun refreshed() {
        CommandLineRun run = refresh("--from", web.at("/rrc00/"), "--names", web.at("/asn.txt"));
        assertThat(run.status).as(run.err).isZero();
        return run;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    @Test
    void refreshFillsTheCacheFolder() throws IOException {
        CommandLineRun run = refreshed();
        Path table = place.resolve("cache/ipasn_20261124.1600.dat.gz");
        assertThat(run.err)
                .isEqualTo("INFO: wrote " + table + ": 2 IPv4 and 2 IPv6 routes, 2 AS names\n");
        assertThat(run.out).isEmpty();
        assertThat(run.request).as("nothing is counted").isNull();
        assertThat(names(place.resolve("cache")))
                .containsExactly(".asntally.lock", "asnames.json", "ipasn_20261124.1600.dat.gz");

        Rib rib = new RibLoader((file, line, fault, excerpt) -> {}).load(place.resolve("cache"));
        assertThat(rib.info().skippedLines()).isZero();
        assertThat(rib.routes()).isEqualTo(4);
        assertThat(rib.name(64496)).isEqualTo("SAMPLE \"x\" \u00e9\u4e2d, CA");
    }

    @Test
    void pyasnReadsWhatRefreshWrites() throws Exception {
        refreshed();
        Process python =
                new ProcessBuilder(
                                "/usr/bin/env",
                                "python3",
                                "-c",
                                """
                                import sys
                                sys.path.append('/usr/lib/python3/dist-packages')
                                try:
                                    import pyasn
                                except ImportError:
                                    sys.exit(77)
                                db = pyasn.pyasn(sys.argv[1], as_names_file=sys.argv[2])
                                for a in ('192.0.2.7', '198.51.100.1', '2001:db8:1::1', '2001:db8::1', '203.0.113.1'):
                                    print(*db.lookup(a))
                                print(db.get_as_name(64496).encode('unicode_escape').decode())
                                """,
                                place + "/cache/ipasn_20261124.1600.dat.gz",
                                place + "/cache/asnames.json")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Assumptions.assumeTrue(
                python.exitValue() != 77 && python.exitValue() != 127, "no pyasn here");
        assertThat(said)
                .isEqualTo(
                        "64496 192.0.2.0/24\n4200000000 198.51.100.0/24\n64498 2001:db8:1::/48\n"
                                + "64497 2001:db8::/32\nNone None\n"
                                + "SAMPLE \"x\" \\xe9\\u4e2d, CA\n");
    }

    @Test
    void aRefreshThatFailsEndsWith1AndChangesNothing() throws IOException {
        refreshed();
        List<String> before = names(place.resolve("cache"));
        CommandLineRun missing = refresh("--from", web.at("/none"));
        assertThat(missing.status).isEqualTo(1);
        assertThat(missing.err).startsWith("AT-NET-002: ");
        web.file("/small", "192.0.2.0/24\t64496\n2001:db8::/32\t1\n");
        CommandLineRun shrunk = refresh("--from", web.at("/small"));
        assertThat(shrunk.status).isEqualTo(1);
        assertThat(shrunk.err).startsWith("AT-RIB-040: ");
        assertThat(names(place.resolve("cache"))).isEqualTo(before);

        assertThat(refresh("--from", web.at("/small"), "--allow-shrink").status).isZero();
        Path newest = Objects.requireNonNull(RibLoader.pyasnTableIn(place.resolve("cache")));
        assertThat(newest)
                .as("named later than the one of before")
                .isNotEqualTo(place.resolve("cache/ipasn_20261124.1600.dat.gz"));
        assertThat(CommandLineRun.as("asncounter", "--from", "x").status).isEqualTo(2);
    }

    @Test
    void asnUpdateWritesOurFormatAtItsPath() throws IOException {
        web.bytes("/ip2asn.gz", WebFolder.gzip(TABLE));
        Path index = place.resolve("deep/er/asn-db.dat");
        String[] words = {
            "--ip2asn-tsv-location", web.at("/ip2asn.gz"), "--database-cache-path", index.toString()
        };
        CommandLineRun run = CommandLineRun.as("asn-update", words);
        assertThat(run.status).as(run.err).isZero();
        assertThat(run.err).isEqualTo("wrote " + index + ": 2 IPv4 and 2 IPv6 routes\n");
        assertThat(RibFile.open(index).routes()).isEqualTo(4);
        assertThat(names(place.resolve("deep/er")))
                .containsExactly(".asn-db.dat.lock", "asn-db.dat");

        String[] named =
                Stream.concat(Stream.of("asn-update", "-vvv"), Stream.of(words))
                        .toArray(String[]::new);
        assertThat(CommandLineRun.of(named).err).startsWith("INFO: reading ").contains("\nwrote ");
        String[] silent =
                Stream.concat(Stream.of("--errors-only"), Stream.of(words)).toArray(String[]::new);
        assertThat(CommandLineRun.as("asn-update", silent).err).isEmpty();
        String[] coloured =
                Stream.concat(Stream.of("--force-colors"), Stream.of(words)).toArray(String[]::new);
        assertThat(CommandLineRun.as("asn-update", coloured).err).contains("\u001b[32mwrote ");

        web.file("/ip2asn.gz", "192.0.2.0/24\t64496\n");
        CommandLineRun lost = CommandLineRun.as("asn-update", words);
        assertThat(lost.status).isEqualTo(3);
        assertThat(lost.err).startsWith("AT-RIB-041: ");
        assertThat(RibFile.open(index).routes()).isEqualTo(4);
        assertThat(
                        CommandLineRun.as(
                                        "asn-update",
                                        "--from",
                                        web.at("/ip2asn.gz"),
                                        "--database-cache-path",
                                        place.toString())
                                .err)
                .startsWith("AT-OUT-001: '" + place + "' cannot be written: it is no file");
        assertThat(CommandLineRun.as("asn-update", "-V").out).startsWith("asntally ");
    }
}
