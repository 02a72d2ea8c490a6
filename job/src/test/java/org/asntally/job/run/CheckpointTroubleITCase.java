package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobFiles;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job in this process whose checkpoints fail for a while; and what killed ones left. */
class CheckpointTroubleITCase {

    /** So much state is written to files of its own, by tasks. */
    private static final int HOSTS = 6_000;

    private static final Pattern HITS = Pattern.compile("\"hits\":([0-9]+)");

    @TempDir private Path place;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final String temporary = System.getProperty("java.io.tmpdir");
    private Path log;
    private Path results;

    @BeforeEach
    void begin() {
        StubbornFileSystem.mood = StubbornFileSystem.Mood.WILLING;
        log = place.resolve("access.log");
        results = place.resolve("results");
    }

    @AfterEach
    void end() {
        StubbornFileSystem.mood = StubbornFileSystem.Mood.WILLING;
        System.setProperty("java.io.tmpdir", temporary);
    }

    @Test
    void aFullAndASlowStorageAreToldAndTheJobGoesOnAndCountsEachLineOnce() throws Exception {
        write();
        JobFile job = job();
        Path orphan = unfinished(job, "0badcafe");
        Path ofAnother = Files.writeString(orphan.resolveSibling(ofAnother(orphan)), "x");
        CompletableFuture<Integer> run = start(job);
        await("a checkpoint", () -> !completeCheckpoints().isEmpty());
        await("the sweep", () -> err().contains("removed 1 unfinished result files"));

        StubbornFileSystem.mood = StubbornFileSystem.Mood.FULL;
        await("a message of the full storage", () -> said("AT-JOB-012") == 1);
        StubbornFileSystem.mood = StubbornFileSystem.Mood.WILLING;
        await("a message of its end", () -> said("complete again") == 1);
        write();
        StubbornFileSystem.mood = StubbornFileSystem.Mood.SLOW;
        await("a message of the slow storage", () -> said("AT-JOB-012") == 2);
        StubbornFileSystem.mood = StubbornFileSystem.Mood.WILLING;
        await("a message of its end", () -> said("complete again") == 2);
        write();
        Files.writeString(log, line("10.1.0.0", 15), StandardOpenOption.APPEND);
        await("all results", () -> hits() >= 3L * HOSTS);
        interrupt();

        assertThat(run.get(60, TimeUnit.SECONDS)).as(err()).isZero();
        assertThat(hits()).isEqualTo(3L * HOSTS);
        assertThat(err()).contains("expired").doesNotContain("started again");
        assertThat(orphan).doesNotExist();
        assertThat(ofAnother).exists();
    }

    @Test
    void anotherDataFolderMayNotHaveTheSameCheckpoints() throws Exception {
        JobFile job = job("checkpoints: {path: \"%s/checkpoints\"}".formatted(place));
        JobLock held = JobStates.lock(request(job, "data"));

        assertThat(held).isNotNull();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> start(job, "other")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("AT-JOB-011");
        held.close();
        JobLock again = JobStates.lock(request(job, "other"));
        assertThat(again).isNotNull();
        again.close();
    }

    private static String ofAnother(Path orphan) {
        return String.valueOf(orphan.getFileName())
                .replaceFirst("rows-[0-9a-f]{8}", "rows-00000000");
    }

    private Path unfinished(JobFile job, String process) throws IOException {
        Path folder = place.resolve("data/jobs/edge").toAbsolutePath();
        String owner = new ResultSweep(job, folder, 1).mark().substring(0, 8);
        Path hour = Files.createDirectories(results.resolve("by-host/2026-05-27/12"));
        return Files.writeString(
                hour.resolve(".rows-" + owner + "-" + process + "-x-0.json.inprogress.y"), "x");
    }

    private void write() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < HOSTS; i++) {
            lines.append(line("10.1.%d.%d".formatted(i / 250, i % 250), 12));
        }
        Files.writeString(log, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String line(String address, int hour) {
        return "%s - - [27/May/2026:%d:00:00 +0000] \"GET / HTTP/1.1\" 200 5\n"
                .formatted(address, hour);
    }

    /** As from a keyboard. */
    private static void interrupt() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance("INT"));
    }

    private JobFile job() throws Exception {
        return job(
                "checkpoints: {interval: 200ms, timeout: 1s, tolerable-failures: 1000, path:"
                        + " \"stubborn:%s/checkpoints\"}".formatted(place));
    }

    private JobFile job(String checkpoints) throws Exception {
        Path table = Files.writeString(place.resolve("t.dat"), "10.1.0.0/16\t64496\n");
        Path file =
                Files.writeString(
                        place.resolve("job.yaml"),
                        """
                        version: 1
                        name: edge
                        parallelism: 2
                        sources:
                          web: {type: log, path: "%s", follow: true}
                        rib: {path: "%s"}
                        counts:
                          by-host: {sources: [web], by: [host], window: 1h}
                        sinks:
                          out: {type: files, path: "%s", format: json}
                        %s
                        """
                                .formatted(log, table, results, checkpoints));
        JobFile job = JobFiles.read(file, name -> null, Map.of()).file();
        assertThat(job).isNotNull();
        return job;
    }

    private RunRequest request(JobFile job, String data) {
        return new RunRequest(
                job,
                place.resolve(data),
                place.resolve("rib"),
                false,
                Set.of(),
                null,
                null,
                false,
                false);
    }

    private int start(JobFile job, String data) throws Fault {
        Console console =
                Console.of(
                        new ByteArrayInputStream(new byte[0]),
                        OutputStream.nullOutputStream(),
                        err,
                        Map.of());
        return JobRun.run(request(job, data), console);
    }

    private CompletableFuture<Integer> start(JobFile job) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return start(job, "data");
                    } catch (Fault e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private int said(String text) {
        return err().split(Pattern.quote(text), -1).length - 1;
    }

    private List<Path> completeCheckpoints() {
        return files(place.resolve("checkpoints"), "_metadata");
    }

    private void await(String what, BooleanSupplier reached) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s; %s", what, err()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private long hits() {
        long hits = 0;
        for (Path file : files(results, "")) {
            if (!String.valueOf(file.getFileName()).startsWith(".")) {
                Matcher matcher = HITS.matcher(read(file));
                while (matcher.find()) {
                    hits += Long.parseLong(matcher.group(1));
                }
            }
        }
        return hits;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder, String suffix) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return new ArrayList<>(
                    all.filter(Files::isRegularFile)
                            .filter(file -> file.toString().endsWith(suffix))
                            .toList());
        } catch (IOException | java.io.UncheckedIOException e) {
            // Files come and go.
            return List.of();
        }
    }
}
