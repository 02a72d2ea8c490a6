package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.asntally.lookup.rib.ArchiveLock;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibArchive.Entry;
import org.asntally.lookup.rib.RibFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fresh tables come in whole or not at all, and never a worse one in silence. */
@SuppressWarnings("StringConcatToTextBlock") // Tabs and ends of lines are to be seen.
class RibUpdateTest {

    private static final String LIST = "/route-views4/bgpdata/";
    private static final String MONTH = LIST + "2026.11/";
    private static final String RIBS = MONTH + "RIBS/";

    @TempDir private Path place;
    private WebFolder web;

    @BeforeEach
    void start() throws IOException {
        web = new WebFolder();
        web.folder(LIST, "2026.10/", "2026.11/").folder(MONTH, "RIBS/", "UPDATES/");
        publish("0000", routes(20, 5));
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private void publish(String time, String table) throws IOException {
        String name = "rib.20261125." + time + ".gz";
        web.folder(RIBS, "rib.20261124.2200.gz", name).bytes(RIBS + name, WebFolder.gzip(table));
    }

    private static String routes(int v4, int v6) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < v4; i++) {
            text.append("10.").append(i).append(".0.0/16\t").append(64496 + i % 10).append('\n');
        }
        for (int i = 0; i < v6; i++) {
            text.append("2001:db8:").append(i).append("::/48\t64500\n");
        }
        return text.toString();
    }

    private Path archive() {
        return place.resolve("data/rib");
    }

    private CommandLineRun rib(String... words) {
        List<String> all = new ArrayList<>(List.of("rib"));
        all.addAll(Arrays.asList(words));
        all.addAll(List.of("--data-dir", place.resolve("data").toString()));
        return CommandLineRun.of(all.toArray(new String[0]));
    }

    private CommandLineRun update(String... words) {
        List<String> all = new ArrayList<>(List.of("update", "--retries", "0"));
        all.addAll(Arrays.asList(words));
        if (!all.contains("--from")) {
            all.addAll(List.of("--from", web.at(LIST)));
        }
        return rib(all.toArray(new String[0]));
    }

    private List<Entry> entries() throws IOException {
        return new RibArchive(archive()).entries();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(archive())) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    @Test
    void theNewestOfAListingComesInOnce() throws IOException {
        CommandLineRun first = update();
        assertThat(first.status).as(first.err).isZero();
        assertThat(first.err)
                .matches("wrote \\S+\\.rib: 20 IPv4 and 5 IPv6 routes, in force from \\S+\n");
        assertThat(first.out).isEmpty();
        assertThat(web.asked).endsWith(RIBS, RIBS + "rib.20261125.0000.gz");

        CommandLineRun again = update();
        assertThat(again.status).isZero();
        assertThat(again.err)
                .isEqualTo("not modified: " + web.at(RIBS + "rib.20261125.0000.gz") + "\n");
        assertThat(update("--quiet").err).isEmpty();
        assertThat(entries()).hasSize(1);

        publish("0200", routes(21, 5));
        assertThat(update("--quiet").err).isEmpty();
        assertThat(entries()).hasSize(2);
        assertThat(entries().get(1).info().source())
                .isEqualTo(web.at(RIBS + "rib.20261125.0200.gz"));
        assertThat(entries().get(1).info().files()).containsExactly("rib.20261125.0200.gz");
        assertThat(files())
                .filteredOn(name -> !name.endsWith(".rib"))
                .containsExactly("archive.fetched", "archive.lock");
        assertThat(rib("list").out.lines())
                .hasSize(3)
                .last()
                .asString()
                .matches("\\S+Z\t[0-9a-f]{16}\troutes\t21\t5\t0\tto come\thttp:.*");
    }

    @Test
    void aTableThatIsGoneIsGotAgain() throws IOException {
        update();
        Files.delete(entries().get(0).file());
        assertThat(update().err).startsWith("wrote ");
    }

    @Test
    void aTableHoldsFromItsRenameAndTheLeadOn() throws IOException {
        new RibArchive(archive()).lead(Duration.ofMinutes(5));
        Instant before = Instant.now();
        update();
        Instant after = Instant.now();
        Entry entry = entries().get(0);
        Duration lead = Duration.ofMinutes(5);
        assertThat(entry.validFrom())
                .isBetween(before.plus(lead), after.plus(lead).plusMillis(1200));
        assertThat(Objects.requireNonNull(entry.info().addedAt()))
                .isBetween(before.minusMillis(1), after);
        assertThat(entry.isBackdated(lead)).isFalse();
    }

    @Test
    void aTableThatLacksMuchIsRefused() throws IOException {
        update();
        publish("0200", routes(17, 5));
        CommandLineRun shrunk = update();
        assertThat(shrunk.status).isEqualTo(3);
        assertThat(shrunk.err)
                .isEqualTo(
                        "AT-RIB-040: the new table has 22 routes, the one in use has 25: refused;"
                                + " check where it comes from, or accept it: --allow-shrink\n");
        publish("0400", routes(30, 0));
        assertThat(update().err).startsWith("AT-RIB-041: the new table has no IPv6 routes");
        assertThat(entries()).hasSize(1);

        publish("0600", routes(18, 5));
        assertThat(update().status).as("8 %% less is well").isZero();
        publish("0800", routes(2, 0));
        assertThat(update("--allow-shrink").status).isZero();
        assertThat(entries().get(2).info().shrunkFrom()).isEqualTo(23);
        assertThat(rib("list").out).contains("to come,shrank");
        assertThat(rib("info").out).contains("shrunk from:    23");
    }

    @Test
    void whateverComesThatIsNoTableChangesNothing() throws IOException {
        update();
        List<String> before = files();
        String[][] bad = {
            {"<html><body>Log in to the hotel's network</body></html>", "3", "AT-RIB-043"},
            {"", "3", "AT-RIB-043"},
            {"\0\1\2\3", "3", "AT-RIB-043"},
            {"hello\n", "3", "AT-RIB-043"}
        };
        for (String[] one : bad) {
            web.file("/t", one[0]);
            CommandLineRun run = update("--from", web.at("/t"));
            assertThat(run.status).as(run.err).isEqualTo(Integer.parseInt(one[1]));
            assertThat(run.err).contains(one[2]).contains(web.at("/t")).doesNotContain(".update");
        }
        byte[] whole = WebFolder.gzip(routes(5000, 0));
        web.bytes("/cut.gz", Arrays.copyOf(whole, whole.length / 2));
        CommandLineRun cut = update("--from", web.at("/cut.gz"));
        assertThat(cut.err).contains("AT-RIB-043: ").contains("ends in the middle");
        assertThat(cut.status).isEqualTo(3);

        web.refuses("/403", 403).refuses("/503", 503).folder("/empty/");
        assertThat(update("--from", web.at("/403")).err).startsWith("AT-NET-002: ");
        assertThat(update("--from", web.at("/none")).err).contains("404 (not found)");
        assertThat(update("--from", web.at("/503")).err).startsWith("AT-NET-001: ");
        assertThat(update("--from", web.at("/empty/")).err).startsWith("AT-NET-007: ");
        CommandLineRun large = update("--from", web.at("/cut.gz"), "--max-size", "10");
        assertThat(large.err).startsWith("AT-NET-004: ").contains("larger than 10 bytes");
        assertThat(large.status).isEqualTo(4);
        assertThat(update("--from", "http://").status).isEqualTo(2);
        assertThat(update("--from", place + "/none").err).startsWith("AT-IN-001: ");
        assertThat(update("--from", web.at(LIST), "--ca-file", "/none").err)
                .startsWith("AT-NET-008: ");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void namesComeBesideATableAndAreNeverWorthItsLoss() throws IOException {
        web.file("/asn.txt", "64496 SAMPLE - Sample Company, CA\n0 -Reserved AS-, ZZ\n");
        assertThat(update("--names", web.at("/asn.txt")).status).isZero();
        assertThat(RibFile.open(entries().get(0).file()).name(64496))
                .isEqualTo("SAMPLE - Sample Company, CA");

        publish("0200", routes(21, 5));
        CommandLineRun failing = update("--names", web.at("/no-names"));
        assertThat(failing.status).isZero();
        assertThat(failing.err).contains("AT-RIB-042: AS names cannot be got from").contains("404");
        assertThat(RibFile.open(entries().get(1).file()).name(64496)).startsWith("SAMPLE");

        publish("0400", routes(22, 5));
        web.file("/garbage", "<html>");
        assertThat(update("--names", web.at("/garbage")).err).contains("no AS name in it");
        publish("0600", routes(23, 5));
        web.file("/names.json", "{\"64497\": \"EXAMPLE, FR\"}");
        assertThat(update("--names", web.at("/names.json")).status).isZero();
        assertThat(RibFile.open(entries().get(3).file()).name(64497)).isEqualTo("EXAMPLE, FR");
        publish("0800", routes(24, 5));
        assertThat(update("--names", "none").status).isZero();
        assertThat(entries().get(4).info().names()).isZero();
    }

    @Test
    void twoUpdatesDoNotMeet() throws IOException {
        Files.createDirectories(archive());
        Path lock = archive().resolve("archive.lock");
        try (ArchiveLock held = ArchiveLock.take(lock, Instant.parse("2026-11-25T03:00:00Z"))) {
            assertThat(held).isNotNull();
            CommandLineRun second = update();
            assertThat(second.status).isEqualTo(4);
            assertThat(second.err)
                    .isEqualTo(
                            "AT-OUT-008: '"
                                    + archive()
                                    + "' is being updated already (process "
                                    + ProcessHandle.current().pid()
                                    + ", since 2026-11-25T03:00:00Z); wait until that has ended;"
                                    + " nothing was changed\n");
        }
        assertThat(update().status).isZero();
    }

    @Test
    void whatAKilledUpdateLeftGoesWithTheNext() throws IOException {
        Path left = Files.createDirectories(archive().resolve(".update.4194305"));
        Files.writeString(left.resolve("rib.20261125.0000.gz"), "half");
        update();
        assertThat(left).doesNotExist();
    }

    @Test
    void aFewLinesThatCannotBeUsedAreNoMailFromCron() throws IOException {
        String odd = "0.0.0.0/0\t64496\n192.0.2.0/24\t{1,2}\n";
        publish("0200", routes(250, 5) + odd);
        assertThat(update().err).hasLineCount(1).endsWith("; left out 2 lines\n");
        publish("0400", routes(240, 5) + odd.repeat(20));
        assertThat(update().err)
                .startsWith("AT-RIB-004: " + web.at(RIBS + "rib.20261125.0400.gz:246"))
                .contains("\nwrote ");
    }

    @Test
    void aFileIsTakenAsItIs() throws IOException {
        Path table = Files.writeString(place.resolve("t.dat"), routes(3, 0));
        assertThat(update("--from", table.toString()).err).contains("3 IPv4 and 0 IPv6 routes");
        assertThat(update("--from", table.toString()).err)
                .isEqualTo("not modified: " + table + " holds the table that is in use\n");
        assertThat(table).exists();
    }

    @Test
    void tablesInPlaceOfADamagedOneAreTold() throws IOException {
        update();
        publish("0200", routes(21, 5));
        update();
        Path newest = entries().get(1).file();
        byte[] bytes = Files.readAllBytes(newest);
        // Sections begin at multiples of 64; what is between them is nobody's.
        for (int i = 2048; i < bytes.length; i += 64) {
            bytes[i] ^= 1;
        }
        Files.write(newest, bytes);

        CommandLineRun info = rib("info");
        assertThat(info.status).isZero();
        assertThat(info.err).startsWith("AT-RIB-044: '" + newest + "' is damaged");
        assertThat(info.out).contains("ipv4:           20");
        CommandLineRun verify = rib("verify");
        assertThat(verify.status).isEqualTo(1);
        assertThat(verify.err).startsWith("AT-RIB-046: '" + newest + "' is damaged");
        assertThat(verify.out).startsWith("ok ").contains(": 20 IPv4 and 5 IPv6 routes");
        assertThat(rib("verify", newest.toString()).status).isEqualTo(3);
        Files.write(entries().get(0).file(), new byte[100]);
        assertThat(rib("info").status).isEqualTo(3);
        assertThat(rib("verify").status).isEqualTo(3);
        assertThat(rib("verify", "/nonexistent").status).isEqualTo(3);
    }

    @Test
    void differencesAreBetweenFilesIdsAndTimes() throws IOException {
        Path first =
                Files.writeString(place.resolve("1.dat"), "192.0.2.0/24\t64496\n10.0.0.0/8\t1\n");
        Path second =
                Files.writeString(
                        place.resolve("2.dat"),
                        "192.0.2.0/24\t64497\n2001:db8::/32\t64498\n198.51.100.0/24\t4200000000\n");
        CommandLineRun diff = rib("diff", first.toString(), second.toString());
        assertThat(diff.status).isZero();
        assertThat(diff.out)
                .isEqualTo(
                        "removed\t10.0.0.0/8\t1\t-\n"
                                + "origin\t192.0.2.0/24\t64496\t64497\n"
                                + "added\t198.51.100.0/24\t-\t4200000000\n"
                                + "added\t2001:db8::/32\t-\t64498\n");
        assertThat(diff.err).isEqualTo("2 added, 1 removed, 1 other origins\n");

        rib("build", "-o", archive() + "/", "--valid-from", "2026-01-01T00:00Z", first.toString());
        rib("build", "-o", archive() + "/", "--valid-from", "2026-02-01T00:00Z", second.toString());
        String id = entries().get(0).id();
        assertThat(rib("diff", id.substring(0, 12), "2026-03-01T00:00:00Z").out)
                .isEqualTo(diff.out);
        assertThat(rib("diff", "2026-01-31T23:59:59Z", second.toString()).out).isEqualTo(diff.out);
        CommandLineRun none = rib("diff", "2025-12-31T00:00Z", "ffff");
        assertThat(none.err).startsWith("AT-RIB-045: no table '2025-12-31T00:00Z' in the archive");
        assertThat(none.status).isEqualTo(3);
        assertThat(rib("list").out).contains("\tbackdated\t").contains("\tin force,backdated\t");
    }
}
