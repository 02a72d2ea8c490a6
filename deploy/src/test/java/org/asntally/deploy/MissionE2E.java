package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.asntally.deploy.Program.Result;
import org.asntally.deploy.Program.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job for weeks in two minutes: a folder of packed archives, and a log that is written to and
 * rotated by renaming, shifting and packing; three counts, one of them of errors only. Ten times
 * the process is killed: at some moment, within a second of its start, or while a checkpoint is
 * written. Then each count has what was written, by a sum of its own here.
 */
@EnabledIfSystemProperty(named = "asntally.long", matches = "true")
class MissionE2E {

    private static final int KILLS = 10;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(180);
    private static final Pattern ROW =
            Pattern.compile(
                    "\\{\"name\":\"([^\"]+)\",.*?(?:\"asn\":(\\d+),|\"prefix\":\"([^\"]+)\","
                            + "|\"source\":\"([^\"]+)\",).*\"hits\":(\\d+),.*}");

    @TempDir private Path place;
    private final long seed = Long.getLong("asntally.seed", 3);
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Map<String, Long> written = new TreeMap<>();
    private Path log = Path.of("");
    private int turns;

    @Test
    void whateverIsKilledAndRotatedEachLineIsInEachCountOnce() throws Exception {
        prepare();
        Running running = run();
        for (int kill = 0; kill < KILLS; kill++) {
            switch (kill % 3) {
                case 0 -> follow(2000 + random.nextInt(4000));
                case 1 -> follow(random.nextInt(1000));
                default -> followUntilACheckpointIsWritten();
            }
            assertThat(running.process().isAlive())
                    .as("seed %d: %s", seed, Files.readString(running.err()))
                    .isTrue();
            running.process().destroyForcibly().waitFor();
            rotate();
            write(1 + random.nextInt(200));
            running = run();
        }
        follow(2000);
        rotate();
        follow(1000);
        moveTimeOn();
        awaitResults(running);
        running.signal("TERM");
        Result result = running.end().saysNoStackTrace();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(results()).as("seed %d", seed).isEqualTo(written);
    }

    private void prepare() throws Exception {
        log = Files.createDirectories(place.resolve("log")).resolve("access.log");
        Path old = Files.createDirectories(place.resolve("old"));
        Path table =
                Files.writeString(
                        place.resolve("t.dat"), "192.0.2.0/24\t64496\n198.51.100.0/24\t64497\n");
        Result built =
                Program.asntally(place, "rib", "build", "-o", place + "/t.rib", table.toString())
                        .run();
        assertThat(built.status()).as(built.err()).isZero();
        Instant day = Instant.parse("2026-10-20T00:00:00Z");
        for (int file = 0; file < 6; file++) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 20_000; i++) {
                lines.append(line("old", day.plusSeconds(file * 3600L + i / 10)));
            }
            pack(lines.toString().getBytes(StandardCharsets.US_ASCII), old.resolve(file + ".gz"));
        }
        Files.writeString(
                place.resolve("job.yaml"),
                """
                version: 1
                name: mission
                sources:
                  web: {type: log, path: "%1$s/log/access.log*", follow: true, idleness: 5s}
                  old: {type: log, path: "%1$s/old/*.gz"}
                rib: {path: "%1$s/t.rib"}
                counts:
                  errors: {sources: [web, old], by: [asn], window: 5s, filter: "status >= 400"}
                  nets: {sources: [web, old], by: [prefix], window: 10s}
                  inputs: {sources: [web, old], by: [source], window: 1m}
                sinks:
                  out: {type: files, path: "%1$s/out", format: json}
                checkpoints: {interval: 1s, path: "%1$s/checkpoints"}
                """
                        .formatted(place));
    }

    private static void pack(byte[] bytes, Path to) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
            out.write(bytes);
        }
    }

    private Running run() throws Exception {
        return Program.asntally(place, "run", place + "/job.yaml", "--data-dir", place + "/data")
                .start();
    }

    /** A line of a source, which is counted here. */
    private String line(String source, Instant time) {
        boolean isFirst = random.nextInt(10) < 7;
        int status = random.nextInt(4) == 0 ? 404 : 200;
        if (status >= 400) {
            written.merge("errors " + (isFirst ? 64496 : 64497), 1L, Long::sum);
        }
        written.merge("nets " + (isFirst ? "192.0.2.0/24" : "198.51.100.0/24"), 1L, Long::sum);
        written.merge("inputs " + source, 1L, Long::sum);
        return "%s.%d - - [%s] \"GET /%d HTTP/1.1\" %d %d \"-\" \"x\"\n"
                .formatted(
                        isFirst ? "192.0.2" : "198.51.100",
                        random.nextInt(256),
                        TwoNetworksLog.CLF.format(time),
                        random.nextInt(999),
                        status,
                        random.nextInt(9999));
    }

    private void write(int lines) throws IOException {
        try (Writer out =
                Files.newBufferedWriter(
                        log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int i = 0; i < lines; i++) {
                out.write(line("web", Instant.now()));
            }
        }
    }

    private void follow(long millis) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            write(1 + random.nextInt(300));
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Until there is a checkpoint that has begun and has no metadata yet; ten seconds at most. */
    private void followUntilACheckpointIsWritten() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        write(1 + random.nextInt(300));
        while (System.nanoTime() < end && !isWriting()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private boolean isWriting() throws IOException {
        try (DirectoryStream<Path> jobs =
                Files.newDirectoryStream(place.resolve("checkpoints"), Files::isDirectory)) {
            for (Path job : jobs) {
                try (DirectoryStream<Path> states = Files.newDirectoryStream(job, "chk-*")) {
                    for (Path state : states) {
                        if (!Files.exists(state.resolve("_metadata"))) {
                            return true;
                        }
                    }
                }
            }
        } catch (NoSuchFileException e) {
            // Not yet, or not any more.
            return false;
        }
        return false;
    }

    /** By renaming, by shifting, and by shifting and packing what was shifted before. */
    private void rotate() throws IOException {
        int turn = turns++;
        if (turn % 3 == 0) {
            Rotation.rename(log, 100 + turn);
            return;
        }
        Rotation.shift(log);
        Path second = Rotation.beside(log, ".2");
        if (turn % 3 == 2 && Files.exists(second)) {
            // As logrotate with delaycompress: packed beside, then the plain one goes.
            pack(Files.readAllBytes(second), Rotation.beside(log, ".2.gz"));
            Files.delete(second);
        }
    }

    private void moveTimeOn() throws IOException {
        Files.writeString(
                log,
                "203.0.113.1 - - [%s] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n"
                        .formatted(TwoNetworksLog.CLF.format(Instant.now().plusSeconds(120))),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private Map<String, Long> results() throws IOException {
        Map<String, Long> sums = new TreeMap<>();
        for (Matcher row : FinishedRows.of(place.resolve("out"), ROW)) {
            String key =
                    row.group(2) != null
                            ? row.group(2)
                            : row.group(3) != null ? row.group(3) : row.group(4);
            sums.merge(row.group(1) + " " + key, Long.valueOf(row.group(5)), Long::sum);
        }
        return sums;
    }

    private void awaitResults(Running running) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (!results().equals(written)) {
            assertThat(running.process().isAlive() && System.nanoTime() < end)
                    .as(
                            "seed %d: %s of %s; %s",
                            seed, results(), written, Files.readString(running.err()))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }
}
