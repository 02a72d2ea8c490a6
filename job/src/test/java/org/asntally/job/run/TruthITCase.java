package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.asntally.job.Counted;
import org.asntally.job.attribute.AttributeTimes;
import org.asntally.job.attribute.Outside;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same rows whatever the order, the parallelism and the way they were counted. */
@Timeout(120)
class TruthITCase {

    private static final Duration LEAD = Duration.ofSeconds(2);

    /** Of both logs. */
    private static final long OUT_OF_ORDER = 1_000;

    @TempDir private Path place;
    private final SplittableRandom random = new SplittableRandom(7);
    private final NaiveTruth truth = new NaiveTruth(TwoLogs.COUNTS);

    private Path out(String name) {
        return place.resolve("out-" + name);
    }

    private static boolean isCorrection(Map<String, String> row, String bytes) {
        return bytes.equals(row.get("bytes")) && "true".equals(row.get("correction"));
    }

    private static void end(TestJob job) throws Exception {
        JobResult ended = job.end();
        assertThat(ended.getSerializedThrowable()).isEmpty();
    }

    @ParameterizedTest(name = "parallelism {0}, shuffled: {1}")
    @CsvSource({"1,false", "2,false", "4,false", "1,true", "2,true", "4,true"})
    @SuppressWarnings("try") // of a close that may be interrupted
    void aPrefixMovesAtNoonAndEachLineIsCountedByItsOwnMoment(int parallelism, boolean shuffled)
            throws Exception {
        long noon = Instant.parse("2026-10-20T12:00:00Z").toEpochMilli();
        AnnouncedTables tables = new AnnouncedTables(place.resolve("rib"), LEAD, random, truth);
        tables.announce(noon);
        TwoLogs logs = new TwoLogs(place.resolve("log"));
        List<Integer> order = new ArrayList<>();
        for (int i = -600; i < 600; i++) {
            order.add(i);
        }
        if (shuffled) {
            Collections.shuffle(order, new Random(7));
        }
        for (int i : order) {
            logs.write(truth, i % 2 == 0, noon + 100L * i, TwoLogs.address(random), i + 1000);
        }

        try (TestJob job = new TestJob(place, logs.job(false, tables.folder(), out("noon"), ""))) {
            job.start(parallelism);
            end(job);
        }

        ResultText.check(out("noon"), row -> true, truth, "parallelism " + parallelism);
    }

    @Test
    @SuppressWarnings("try") // of a close that may be interrupted
    void aLiveRunAndItsReplaysGiveTheSame() throws Exception {
        AnnouncedTables tables = new AnnouncedTables(place.resolve("rib"), LEAD, random, truth);
        TwoLogs logs = new TwoLogs(place.resolve("log"));
        long end;
        try (TestJob job =
                new TestJob(
                        place.resolve("live"), logs.job(true, tables.folder(), out("live"), ""))) {
            job.start(2);
            for (int step = 0; step < 25; step++) {
                if (step % 10 == 3) {
                    tables.announceSoon();
                }
                for (int line = 0; line < 20; line++) {
                    int late = random.nextInt(random.nextInt(20) == 0 ? 5_000 : 300);
                    logs.write(
                            truth,
                            random.nextBoolean(),
                            System.currentTimeMillis() - late,
                            TwoLogs.address(random),
                            random.nextInt(2_000));
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            end = System.currentTimeMillis() + 4_000;
            logs.write(true, end, "192.0.2.1", 1);
            logs.write(false, end, "192.0.2.1", 1);
            ResultText.await(out("live"), ResultText.before(end - 3_000), truth, job, "live");
            job.stop();
        }
        // A replay closes the windows that the live run has left open.
        truth.line("web", end / 1000 * 1000, "192.0.2.1", 1);
        truth.line("api", end, "192.0.2.1", 1);
        for (int parallelism : new int[] {1, 4}) {
            Path out = out("replay-" + parallelism);
            try (TestJob job =
                    new TestJob(
                            place.resolve("replay-" + parallelism),
                            logs.job(false, tables.folder(), out, ""))) {
                job.start(parallelism);
                end(job);
            }
            ResultText.check(out, row -> true, truth, "replay at " + parallelism);
        }
    }

    @Test
    @SuppressWarnings("try") // of a close that may be interrupted
    void lateIsACorrectionBeyondLatenessIsCountedAndSoIsTheFuture() throws Exception {
        AnnouncedTables tables = new AnnouncedTables(place.resolve("rib"), LEAD, random, truth);
        TwoLogs logs = new TwoLogs(place.resolve("log"));
        try (TestJob job =
                new TestJob(
                        place.resolve("data"), logs.job(true, tables.folder(), out("all"), ""))) {
            // A window of each count ends two seconds before, and in the end time stands one second
            // before: at the last moment of both windows it is late by one second.
            long start = (System.currentTimeMillis() - 2_000) / 3_000 * 3_000 + 2_000;
            long time = start - OUT_OF_ORDER - 1;
            long late = start - 2_001;
            assertThat(time - late).isEqualTo(1_000);
            logs.write(truth, true, late, "192.0.2.1", 5);
            logs.write(truth, false, late, "192.0.2.1", 6);
            logs.write(true, start, "192.0.2.9", 1);
            logs.write(false, start, "192.0.2.9", 1);
            job.start(2);
            ResultText.await(out("all"), ResultText.before(start - 2_000), truth, job, "in time");

            logs.write(truth, false, late, "192.0.2.1", 7);
            // Later than the lateness of two minutes by one more second.
            logs.write(true, late - 120_000 - 1_000, "192.0.2.1", 8);
            logs.write(true, Instant.parse("2099-01-01T00:00:00Z").toEpochMilli(), "192.0.2.1", 9);
            ResultText.await(out("all"), ResultText.before(start - 2_000), truth, job, "late");
            job.stop();

            assertThat(AttributeTimes.time(job.told())).isEqualTo(time);
            assertThat(ResultText.rows(out("all")))
                    .anyMatch(row -> isCorrection(row, "7"))
                    .anyMatch(row -> isCorrection(row, "9"))
                    .noneMatch(row -> "8".equals(row.get("bytes")))
                    .filteredOn(row -> isCorrection(row, "7"))
                    .extracting(row -> ResultText.field(row, "name"))
                    .containsExactlyInAnyOrder("all", "all", "few");
            assertThat(Outside.of(job.told(), Counted.TOO_LATE)).isEqualTo(1);
            assertThat(Outside.of(job.told(), Counted.FROM_THE_FUTURE)).isEqualTo(1);
            assertThat(Outside.of(job.told(), Counted.AHEAD_OF_RIB)).isZero();
            assertThat(
                            EndReport.lines(
                                    job.told(),
                                    tables.folder(),
                                    1,
                                    Instant.ofEpochMilli(start),
                                    Instant.now()))
                    .hasSize(2)
                    .anyMatch(
                            line ->
                                    line.matches(
                                            "windows are closed up to .* ago\\); table"
                                                    + " [0-9a-f]{16}, in force for \\d+ days"))
                    .anyMatch(
                            line ->
                                    line.matches(
                                            "not as promised, since .*: 1 flows too late for a row,"
                                                    + " 1 flows from the future, 1 tables"
                                                    + " refused(, 1 tables .*)?"));
        }
    }

    @Test
    @SuppressWarnings("try") // of a close that may be interrupted
    void stoppedWithASavepointAndGoingOnAtOtherParallelismsItCountsEachLineOnce() throws Exception {
        AnnouncedTables tables = new AnnouncedTables(place.resolve("rib"), LEAD, random, truth);
        TwoLogs logs = new TwoLogs(place.resolve("log"));
        try (TestJob job =
                new TestJob(
                        place.resolve("data"), logs.job(true, tables.folder(), out("all"), ""))) {
            for (int parallelism : new int[] {1, 4, 2}) {
                job.start(parallelism);
                tables.announceSoon();
                for (int step = 0; step < 6; step++) {
                    for (int line = 0; line < 30; line++) {
                        logs.write(
                                truth,
                                random.nextBoolean(),
                                System.currentTimeMillis() - random.nextInt(300),
                                TwoLogs.address(random),
                                random.nextInt(2_000));
                    }
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                if (parallelism != 2) {
                    job.stop();
                }
            }
            long end = System.currentTimeMillis() + 4_000;
            logs.write(true, end, "192.0.2.1", 1);
            logs.write(false, end, "192.0.2.1", 1);
            ResultText.await(out("all"), ResultText.before(end - 3_000), truth, job, "rescaled");
        }
    }
}
