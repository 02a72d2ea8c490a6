package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asntally.job.config.JobFile;
import org.asntally.job.problem.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job in this process whose checkpoints fail for a while; and what killed ones left. */
class CheckpointTroubleITCase {

    /** So much state is written to files of its own, by tasks. */
    private static final int HOSTS = 6_000;

    private static final Pattern HITS = Pattern.compile("\"hits\":([0-9]+)");

    @TempDir private Path place;

    private JobHere here;
    private Path log;

    @BeforeEach
    void begin() {
        StubbornFileSystem.mood = StubbornFileSystem.Mood.WILLING;
        log = place.resolve("access.log");
        here = new JobHere(place);
    }

    @AfterEach
    void end() {
        StubbornFileSystem.mood = StubbornFileSystem.Mood.WILLING;
    }

    @Test
    void aFullAndASlowStorageAreToldAndTheJobGoesOnAndCountsEachLineOnce() throws Exception {
        write();
        JobFile job = job();
        Path orphan = unfinished(job, "0badcafe");
        Path ofAnother = Files.writeString(orphan.resolveSibling(ofAnother(orphan)), "x");
        CompletableFuture<Integer> run = here.start(job);
        await("a checkpoint", () -> !completeCheckpoints().isEmpty());
        await("the sweep", () -> here.err().contains("removed 1 unfinished result files"));

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

        assertThat(run.get(60, TimeUnit.SECONDS)).as(here.err()).isZero();
        assertThat(hits()).isEqualTo(3L * HOSTS);
        assertThat(here.err()).contains("expired").doesNotContain("started again");
        assertThat(orphan).doesNotExist();
        assertThat(ofAnother).exists();
    }

    /** Tasks that end while others begin take the last checkpoint with them. */
    @Test
    @Timeout(120)
    void aJobOfOneLineEndsWithoutTheNextCheckpoint() throws Exception {
        Files.writeString(log, line("10.1.0.0", 12));
        JobFile job =
                here.read(
                        """
                        sources: {web: {type: log, path: "%s"}}
                        counts: {by-host: {sources: [web], by: [host], window: 1h}}
                        checkpoints: {interval: 1h}
                        """
                                .formatted(log));

        for (int i = 0; i < 6; i++) {
            assertThat(here.run(job, "data" + i)).as(here.err()).isZero();
        }
        assertThat(here.err()).doesNotContain("AT-JOB-012");
    }

    @Test
    void anotherDataFolderMayNotHaveTheSameCheckpoints() throws Exception {
        JobFile job = job("checkpoints: {path: \"%s/checkpoints\"}".formatted(place));
        JobLock held = Objects.requireNonNull(JobStates.lock(here.request(job, "data")));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> here.run(job, "other")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("AT-JOB-011");
        held.close();
        Objects.requireNonNull(JobStates.lock(here.request(job, "other"))).close();
    }

    private static String ofAnother(Path orphan) {
        return String.valueOf(orphan.getFileName())
                .replaceFirst("rows-[0-9a-f]{8}", "rows-00000000");
    }

    private Path unfinished(JobFile job, String process) throws IOException {
        Path folder = place.resolve("data/jobs/edge").toAbsolutePath();
        String owner = new ResultSweep(job, folder, 1).mark().substring(0, 8);
        Path hour = Files.createDirectories(here.results().resolve("by-host/2026-05-27/12"));
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
        return here.read(
                """
                sources:
                  web: {type: log, path: "%s", follow: true}
                counts:
                  by-host: {sources: [web], by: [host], window: 1h}
                %s
                """
                        .formatted(log, checkpoints));
    }

    private int said(String text) {
        return here.err().split(Pattern.quote(text), -1).length - 1;
    }

    private List<Path> completeCheckpoints() {
        return JobHere.files(place.resolve("checkpoints"), "_metadata");
    }

    private void await(String what, BooleanSupplier reached) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s; %s", what, here.err()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private long hits() {
        long hits = 0;
        for (String row : here.rows()) {
            Matcher matcher = HITS.matcher(row);
            while (matcher.find()) {
                hits += Long.parseLong(matcher.group(1));
            }
        }
        return hits;
    }
}
