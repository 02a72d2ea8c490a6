package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.asntally.deploy.Program.Result;
import org.asntally.deploy.Program.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A job file that runs, stops, is killed and goes on. */
class RunE2E {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

    @TempDir private Path place;
    private final TwoNetworksLog logs = new TwoNetworksLog();
    private final Map<Long, Long> written = logs.written;
    private Path log;

    @BeforeEach
    void tables() throws Exception {
        Files.createDirectories(place.resolve("log"));
        log = place.resolve("log/access.log");
        Path table =
                Files.writeString(
                        place.resolve("t.dat"), "192.0.2.0/24\t64496\n198.51.100.0/24\t64497\n");
        Result built =
                Program.asntally(
                                place,
                                "rib",
                                "build",
                                "--valid-from",
                                "2026-01-01T00:00:00Z",
                                "-o",
                                place + "/rib/",
                                table.toString())
                        .run();
        assertThat(built.status()).as(built.err()).isZero();
    }

    private Path job(String sources, String counts) throws IOException {
        return Files.writeString(
                place.resolve("job.yaml"),
                """
                version: 1
                sources:
                %s
                rib: {path: "%s/rib"}
                counts:
                %s
                sinks:
                  out: {type: files, path: "%s/out", format: json}
                checkpoints: {interval: 1s, path: "%s/checkpoints"}
                """
                        .formatted(sources.indent(2), place, counts.indent(2), place, place));
    }

    private Path followed() throws IOException {
        return job(
                "web: {type: log, path: \"%s/log/access.log*\", follow: true, idleness: 5s}"
                        .formatted(place),
                "by-as: {sources: [web], by: [asn], window: 5s}");
    }

    private Path archived(String count) throws IOException {
        return job(
                "web: {type: log, path: \"%s/log/access.log\"}".formatted(place),
                count + ": {sources: [web], by: [asn], window: 1m}");
    }

    private Program run(Path job, String... more) throws IOException {
        return Program.asntally(place, "run", job.toString(), "--data-dir", place + "/data")
                .with(more);
    }

    private void write(int lines, SplittableRandom random, Instant time) throws IOException {
        logs.write(log, lines, random, time, 64496);
    }

    private void awaitResults(Running running) throws Exception {
        Path out = place.resolve("out");
        long end = System.nanoTime() + PATIENCE;
        while (!FinishedRows.hits(out).equals(written)) {
            assertThat(running.process().isAlive() && System.nanoTime() < end)
                    .as(
                            "%s of %s; %s",
                            FinishedRows.hits(out), written, Files.readString(running.err()))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** What killed processes left goes. */
    private void awaitNothingUnfinished() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        List<Path> unfinished = List.of();
        do {
            try (Stream<Path> files = Files.walk(place.resolve("out"))) {
                unfinished =
                        files.filter(file -> String.valueOf(file.getFileName()).startsWith("."))
                                .toList();
            } catch (java.io.UncheckedIOException e) {
                // Files come and go.
            }
            TimeUnit.MILLISECONDS.sleep(100);
        } while (!unfinished.isEmpty() && System.nanoTime() < end);
        assertThat(unfinished).isEmpty();
    }

    private void rotate(int turn, SplittableRandom random) throws IOException {
        if (random.nextBoolean()) {
            Rotation.rename(log, 100 + turn);
        } else {
            Rotation.shift(log);
        }
    }

    static IntStream schedules() {
        return IntStream.range(1, Boolean.getBoolean("asntally.long") ? 40 : 2);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("schedules")
    void killedAndStartedAgainWhileLogsRotateItCountsEachLineOnce(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Path job = followed();
        Running running = run(job).start();
        for (int round = 0; round < 4; round++) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(5000));
            while (System.nanoTime() < until) {
                write(1 + random.nextInt(400), random, Instant.now());
                TimeUnit.MILLISECONDS.sleep(50);
            }
            rotate(round, random);
            write(1 + random.nextInt(400), random, Instant.now());
            if (round < 3) {
                assertThat(running.process().isAlive())
                        .as("seed %d: %s", seed, Files.readString(running.err()))
                        .isTrue();
                running.process().destroyForcibly().waitFor();
                // Rotation goes on while nobody looks.
                rotate(50 + round, random);
                write(1 + random.nextInt(400), random, Instant.now());
                running = run(job).start();
            }
        }
        // Moves time on; its own window stays open.
        try (Writer out = Files.newBufferedWriter(log, StandardOpenOption.APPEND)) {
            out.write(
                    "192.0.2.1 - - [%s] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n"
                            .formatted(TwoNetworksLog.CLF.format(Instant.now().plusSeconds(120))));
        }
        awaitResults(running);
        awaitNothingUnfinished();
        running.signal("TERM");
        Result result = running.end().saysNoStackTrace();
        assertThat(result.status()).as("seed %d: %s", seed, result.err()).isZero();
        assertThat(FinishedRows.hits(place.resolve("out"))).as("seed %d", seed).isEqualTo(written);
    }

    @Test
    void aBoundedJobEndsIsSaidToHaveAndRunsAfreshIntoAFolderOfItsOwn() throws Exception {
        write(500, new SplittableRandom(9), Instant.parse("2026-10-20T12:00:00Z"));
        Files.writeString(log, "not an access log\n", StandardOpenOption.APPEND);
        Path job = archived("by-as");

        Result first = run(job).run().saysNoStackTrace();
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.err()).contains("AT-IN-008", "access.log", "'not an access log'");
        assertThat(FinishedRows.hits(place.resolve("out"))).isEqualTo(written);

        Result again = run(job).run().saysNoStackTrace();
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.err()).contains("AT-JOB-002", "--fresh");
        assertThat(FinishedRows.hits(place.resolve("out"))).isEqualTo(written);

        Result fresh = run(job, "--fresh").run().saysNoStackTrace();
        assertThat(fresh.status()).as(fresh.err()).isZero();
        assertThat(FinishedRows.hits(place.resolve("out/run-2"))).isEqualTo(written);
    }

    @Test
    void aSourceThatCannotBeReadForGoodIsSaidAtTheEndAndEndsAJobThatRequiresIt() throws Exception {
        write(300, new SplittableRandom(9), Instant.parse("2026-10-20T12:00:00Z"));
        Path broken = place.resolve("log/broken.log.gz");
        Files.write(broken, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3});
        String other = "other: {type: log, path: \"" + broken + "\", required: %s}";
        String web = "web: {type: log, path: \"" + log + "\"}\n";
        String count = "by-as: {sources: [web, other], by: [asn], window: 1m}";

        Result needed = run(job(web + other.formatted(true), count)).run().saysNoStackTrace();
        assertThat(needed.status()).as(needed.err()).isEqualTo(4);
        assertThat(needed.err()).contains("AT-IN-033: source 'other', which is required");

        Result rest =
                run(job(web + other.formatted(false), count), "--fresh").run().saysNoStackTrace();
        assertThat(rest.status()).as(rest.err()).isEqualTo(4);
        assertThat(rest.err())
                .contains(
                        "AT-IN-006",
                        "AT-IN-034: 1 inputs of source 'other'",
                        "all input has ended");
        assertThat(FinishedRows.hits(place.resolve("out"))).isEqualTo(written);
    }

    @Test
    void aValueBesideTheFileTakesThePlaceOfItsOwn() throws Exception {
        write(100, new SplittableRandom(9), Instant.parse("2026-10-20T12:00:00Z"));
        Path job = archived("by-as");

        Result refused = run(job, "-Dasntally.rib.pol=1s").run().saysNoStackTrace();
        assertThat(refused.status()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).contains("AT-CFG-003", "'rib.poll'");

        Result renamed = run(job, "-Dasntally.name=other").run().saysNoStackTrace();
        assertThat(renamed.status()).as(renamed.err()).isZero();
        assertThat(renamed.err()).contains("other begins");
        assertThat(FinishedRows.hits(place.resolve("out"))).isEqualTo(written);
    }

    @Test
    void aClusterThatIsNotThereIsToldAtOnce() throws Exception {
        write(10, new SplittableRandom(9), Instant.parse("2026-10-20T12:00:00Z"));
        int port = FlinkCluster.freePort();

        Result none = run(archived("by-as"), "--target", "127.0.0.1:" + port).run();

        assertThat(none.saysNoStackTrace().status()).as(none.err()).isEqualTo(4);
        assertThat(none.err())
                .contains("AT-NET-010: no Flink cluster answers at '127.0.0.1:" + port);
        Result bad = run(archived("by-as"), "--target", "here").run().saysNoStackTrace();
        assertThat(bad.status()).isEqualTo(2);
        assertThat(bad.err()).contains("AT-USE-005: 'here' is no value of --target");
    }

    @Test
    void stateThatAChangedFileHasNoUseForIsNamedAndGivenUpOnRequest() throws Exception {
        write(100, new SplittableRandom(5), Instant.now());
        Running running = run(followed()).start();
        awaitState(running);
        running.signal("TERM");
        Result stopped = running.end().saysNoStackTrace();
        assertThat(stopped.status()).as(stopped.err()).isZero();
        Path changed =
                job(
                        "web: {type: log, path: \"%s/log/access.log*\", follow: true}"
                                .formatted(place),
                        "other: {sources: [web], by: [asn], window: 5s}");

        Result refused = run(changed).run().saysNoStackTrace();

        assertThat(refused.status()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).contains("AT-JOB-003", "by-as", "--drop by-as", "--fresh");

        Running dropped = run(changed, "--drop", "by-as").start();
        dropped.awaitText(dropped.err(), "goes on from");
        dropped.signal("TERM");
        Result ended = dropped.end().saysNoStackTrace();
        assertThat(ended.status()).as(ended.err()).isZero();
    }

    @Test
    void aPlaceWithoutASavepointIsRefused() throws Exception {
        write(10, new SplittableRandom(5), Instant.now());
        Result refused = run(followed(), "--from", place.toString()).run().saysNoStackTrace();
        assertThat(refused.status()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).contains("AT-JOB-004", place.toString());
    }

    @Test
    void aSecondRunOfTheSameJobIsRefused() throws Exception {
        write(10, new SplittableRandom(5), Instant.now());
        Path job = followed();
        Running running = run(job).start();
        running.awaitText(running.err(), "begins");

        Result second = run(job).run().saysNoStackTrace();

        assertThat(second.status()).isEqualTo(2);
        assertThat(second.err()).contains("AT-JOB-001", "'job' runs already");
        running.signal("TERM");
        assertThat(running.end().status()).isZero();
    }

    /** Waits for a checkpoint: by then signals are handled and there is state. */
    private void awaitState(Running running) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (checkpoints().isEmpty()) {
            assertThat(running.process().isAlive() && System.nanoTime() < end)
                    .as(Files.readString(running.err()))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private List<Path> checkpoints() throws IOException {
        Path folder = place.resolve("checkpoints");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("_metadata")).toList();
        }
    }
}
