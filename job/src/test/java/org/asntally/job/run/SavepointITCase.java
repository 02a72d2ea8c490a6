package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.asntally.job.config.JobKeys.StateIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint of each release is kept in {@code src/test/savepoints}, and this release goes on from
 * it: with windows that were open, and flows that waited for their table. Beside it is what its
 * rows have to say, by {@link NaiveTruth}, each with the version of its table.
 *
 * <p>When state changes on purpose {@code -Dsavepoint.write=true} makes that of this release anew;
 * a few minutes later, when its windows are over, it can be tested. Those of releases that people
 * have stay as they are.
 */
@Timeout(180)
class SavepointITCase {

    private static final Path KEPT = Path.of("src/test/savepoints");
    private static final String RELEASE = "0.1.0";
    private static final String ROWS = "rows.txt";
    private static final long MINUTES = 120_000;

    @TempDir private Path place;
    private final NaiveTruth truth =
            new NaiveTruth(
                    List.of(
                            new NaiveTruth.Count(
                                    "all",
                                    List.of("web", "api"),
                                    List.of("asn", "prefix"),
                                    MINUTES),
                            new NaiveTruth.Count(
                                    "few", List.of("api"), List.of("prefix"), MINUTES / 2)));
    private final SplittableRandom random = new SplittableRandom(7);

    private TestJob job(TwoLogs logs) throws Exception {
        AnnouncedTables tables =
                new AnnouncedTables(place.resolve("rib"), Duration.ofSeconds(2), random, truth);
        String yaml = logs.job(true, tables.folder(), place.resolve("out"), "");
        return new TestJob(
                place.resolve("data"),
                yaml.replace("window: 1s", "window: 2m").replace("window: 3s", "window: 1m"));
    }

    @Test
    void whatWasKeptInMemoryIsNotForRocksDb() throws Exception {
        SavedState state = Objects.requireNonNull(SavedState.read(KEPT.resolve(RELEASE)));
        assertThat(state.keptIn()).isEqualTo(StateIn.HEAP);
        JobHere here = new JobHere(place);
        RunRequest request =
                here.request(
                        here.read(
                                """
                                sources: {web: {type: log, path: "%s/access.log"}}
                                counts: {hosts: {sources: [web], by: [host], window: 1h}}
                                checkpoints: {state: rocksdb}
                                """
                                        .formatted(place)),
                        "data");

        assertThatThrownBy(() -> Restore.settings(state, new JobGraph("logs"), request))
                .hasMessage(
                        "AT-JOB-013: the saved state was kept in heap, and checkpoints.state says"
                                + " rocksdb; set it back to heap, or begin anew with --fresh");
    }

    @Test
    @SuppressWarnings("try") // of a close that may be interrupted
    void aSavepointThatWasKeptIsWhereAJobGoesOn() throws Exception {
        Path kept = KEPT.resolve(RELEASE);
        Path copy = Files.createDirectories(place.resolve("kept"));
        try (Stream<Path> files = Files.list(kept)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(String.valueOf(file.getFileName())));
            }
        }
        SavedState state = SavedState.read(copy);
        assertThat(state).isNotNull();
        TwoLogs logs = new TwoLogs(place.resolve("log"));
        try (TestJob job = job(logs)) {
            long now = System.currentTimeMillis();
            logs.write(true, now, "192.0.2.1", 1);
            logs.write(false, now, "192.0.2.1", 1);
            job.start(3, state);
            String wanted = Files.readString(kept.resolve(ROWS));
            // Of the table that is announced here again: a version is what a table says.
            assertThat(wanted.lines()).allMatch(row -> row.contains(version()));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!rows(wanted).equals(wanted) && System.nanoTime() < end) {
                job.check();
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(rows(wanted)).isEqualTo(wanted);
        }
    }

    /** Of the windows that are wanted: those of the lines that move time on are others. */
    private String rows(String wanted) throws IOException {
        return ResultText.of(
                place.resolve("out"),
                row -> wanted.contains(ResultText.field(row, "window_start")));
    }

    /** The version of the one table, as rows have it. */
    private String version() {
        return " " + truth.timeline().get(0).version() + " ";
    }

    @Test
    @EnabledIfSystemProperty(named = "savepoint.write", matches = "true")
    @SuppressWarnings("try") // of a close that may be interrupted
    void writesTheSavepointOfThisRelease() throws Exception {
        // All within windows that stay open.
        while (System.currentTimeMillis() % (MINUTES / 2) > MINUTES / 8) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        TwoLogs logs = new TwoLogs(place.resolve("log"));
        SavedState saved;
        try (TestJob job = job(logs)) {
            long now = System.currentTimeMillis();
            for (int line = 0; line < 300; line++) {
                logs.write(
                        truth,
                        random.nextBoolean(),
                        now - random.nextInt(300),
                        TwoLogs.address(random),
                        random.nextInt(2_000));
            }
            job.start(2);
            while (job.state() == null) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            // These wait for a table, as far ahead as they are.
            long ahead = System.currentTimeMillis() + 9_000;
            for (int line = 0; line < 50; line++) {
                logs.write(truth, line % 2 == 0, ahead, TwoLogs.address(random), line);
            }
            TimeUnit.MILLISECONDS.sleep(4_000);
            saved = job.stop();
        }
        assertThat(place.resolve("out")).doesNotExist();
        Path kept = Files.createDirectories(KEPT.resolve(RELEASE));
        try (Stream<Path> old = Files.list(kept)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.list(saved.path())) {
            for (Path file : files.toList()) {
                Files.copy(file, kept.resolve(String.valueOf(file.getFileName())));
            }
        }
        Files.writeString(kept.resolve(ROWS), truth.text());
    }
}
