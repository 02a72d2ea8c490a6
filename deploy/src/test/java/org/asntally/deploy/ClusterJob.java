package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.asntally.deploy.Program.Result;

/**
 * The job of {@code deploy/cluster/job.yaml} in the folders of a test: its tables, its logs, and
 * its results beside those of the lines that were written, which are counted here.
 */
final class ClusterJob {

    /** From this moment on 192.0.2.0/24 is of another AS, in the tables of the beginning. */
    static final Instant NOON = Instant.parse("2026-10-20T12:00:00Z");

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(180);

    private final Path place;
    private final SplittableRandom random;
    private final TwoNetworksLog logs = new TwoNetworksLog();
    private final TreeMap<Instant, Long> hitsOfFirst = new TreeMap<>();
    private final Path log;

    /** Makes the folders of its logs. */
    ClusterJob(Path place, SplittableRandom random) throws IOException {
        this.place = place;
        this.random = random;
        Files.createDirectories(place.resolve("old"));
        log = Files.createDirectories(place.resolve("log")).resolve("access.log");
    }

    /** The log that is followed. */
    Path log() {
        return log;
    }

    /** Flows by AS, as they were written. */
    Map<Long, Long> written() {
        return logs.written;
    }

    /** Adds a table; 198.51.100.0/24 is always of AS 64497. */
    void table(Path archive, int asn, Instant validFrom) throws Exception {
        Path table =
                Files.writeString(
                        place.resolve("t.dat"),
                        "192.0.2.0/24\t" + asn + "\n198.51.100.0/24\t64497\n");
        Result built =
                Program.asntally(
                                place,
                                "rib",
                                "build",
                                "--lead",
                                "4s",
                                "--valid-from",
                                validFrom.toString(),
                                "-o",
                                archive + "/",
                                table.toString())
                        .run();
        assertThat(built.status()).as(built.err()).isZero();
    }

    /** Its file, which takes tables from a folder. */
    Path file(String rib) throws IOException {
        String text =
                Files.readString(Program.ROOT.resolve("deploy/cluster/job.yaml"))
                        .replace("/srv/asntally/rib", rib)
                        .replace("/srv/asntally", place.toString());
        return Files.writeString(place.resolve("job.yaml"), text);
    }

    /**
     * Adds lines of one time.
     *
     * @param first the AS of 192.0.2.0/24 at that time
     */
    void write(Path file, int lines, Instant time, long first) throws IOException {
        long before = written().getOrDefault(first, 0L);
        logs.write(file, lines, random, time, first);
        hitsOfFirst.merge(
                time.truncatedTo(ChronoUnit.SECONDS),
                written().getOrDefault(first, 0L) - before,
                Long::sum);
    }

    /** Lines of 192.0.2.0/24 in {@code [from, before)}, whole seconds. */
    long hitsOfFirst(Instant from, Instant before) {
        return hitsOfFirst.subMap(from, before).values().stream().mapToLong(hits -> hits).sum();
    }

    /** Archived lines, before and after the prefix has moved at noon. */
    void writeArchives() throws IOException {
        for (int file = 0; file < 4; file++) {
            Path old = place.resolve("old/" + file + ".log");
            for (int second = 0; second < 300; second++) {
                Instant time = NOON.plusSeconds((file - 2) * 300L + second);
                write(old, 20, time, time.isBefore(NOON) ? 64496 : 64498);
            }
        }
    }

    /** Tables in an archive, archived logs and one that is written to; gives the archive. */
    Path tablesAndLogs() throws Exception {
        Path archive = place.resolve("rib");
        table(archive, 64496, Instant.parse("2026-01-01T00:00:00Z"));
        table(archive, 64498, NOON);
        writeArchives();
        write(log, 100, Instant.now(), 64498);
        return archive;
    }

    /** Lines of now for some time. */
    void follow(long millis, long first) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            write(log, 1 + random.nextInt(200), Instant.now(), first);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** A line far beyond all others, whose own window stays open. */
    void moveTimeOn() throws IOException {
        Files.writeString(
                log,
                "192.0.2.1 - - [%s] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n"
                        .formatted(TwoNetworksLog.CLF.format(Instant.now().plusSeconds(120))),
                StandardOpenOption.APPEND);
    }

    /** Hits by AS, as they have come out. */
    Map<Long, Long> results() throws IOException {
        return FinishedRows.hits(place.resolve("results"));
    }

    /** Waits until they are those that were written. */
    void awaitResults(FlinkCluster cluster) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (!results().equals(written())) {
            assertThat(System.nanoTime() < end)
                    .as("%s of %s; %s", results(), written(), cluster.get("/jobs/overview"))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Waits for the first rows: a checkpoint is complete then. */
    void awaitSome() throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (results().isEmpty()) {
            assertThat(System.nanoTime() < end).isTrue();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
