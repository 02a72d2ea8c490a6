package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.asntally.sources.flink.Notice;
import org.asntally.sources.flink.Notices;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Captures of sFlow as a source of a job that is killed, loses its tasks and is stopped: after it
 * goes on each sample has been counted once.
 */
@Timeout(180)
@SuppressWarnings("try") // of a close that may be interrupted
class SflowCaptureITCase {

    @TempDir private Path place;

    private final SplittableRandom random = new SplittableRandom(7);
    private final SflowCapture exporter = new SflowCapture();
    private final NaiveTruth truth =
            new NaiveTruth(
                    List.of(
                            new NaiveTruth.Count(
                                    "all", List.of("flows"), List.of("asn", "prefix"), 1_000)));
    private final Collection<Long> losses = new ConcurrentLinkedQueue<>();
    private Path out = Path.of("");
    private Path captures = Path.of("");

    @BeforeEach
    void makeFolders() throws Exception {
        Notices.install(
                notice -> {
                    if (notice.kind() == Notice.Kind.EXPORTER_LOSS) {
                        losses.add(notice.count());
                    }
                });
        out = place.resolve("out");
        captures = Files.createDirectories(place.resolve("captures"));
    }

    @AfterEach
    void forget() {
        Notices.reset();
    }

    private TestJob job() throws Exception {
        AnnouncedTables tables =
                new AnnouncedTables(place.resolve("rib"), Duration.ofSeconds(2), random, truth);
        return new TestJob(
                place.resolve("data"),
                """
                version: 1
                name: samples
                time: {max-ahead: 10s}
                sources:
                  flows: {type: sflow, path: "%s/*.pcap*", out-of-orderness: 1s}
                rib: {path: "%s", poll: 100ms, slack: 1s}
                counts:
                  all: {sources: [flows], by: [asn, prefix], window: 1s, lateness: 2m}
                sinks:
                  out: {type: files, path: "%s", format: json, roll-time: 300ms}
                checkpoints: {interval: 100ms}
                """
                        .formatted(captures, tables.folder(), out));
    }

    /** Waits for a checkpoint of what runs now, of which another one was the last before. */
    private static void awaitState(TestJob job) throws Exception {
        String before = path(job.state());
        while (path(job.state()).equals(before)) {
            job.check();
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static String path(@Nullable SavedState state) {
        return state == null ? "" : state.path().toString();
    }

    private static void end(TestJob job) throws Exception {
        JobResult ended = job.end();
        assertThat(ended.getSerializedThrowable()).isEmpty();
    }

    /** Large enough that none of the starts but the last reads them to their end. */
    @ParameterizedTest(name = "parallelism {0}")
    @ValueSource(ints = {1, 3})
    void capturesThatAreThereAreReadOnce(int parallelism) throws Exception {
        try (TestJob job = job()) {
            long time = Instant.parse("2026-10-20T12:00:00Z").toEpochMilli();
            for (String name : List.of("a.pcap.gz", "b.pcap", "c.pcap.gz")) {
                time = 10 + exporter.write(captures.resolve(name), truth, time, 60_000);
            }
            job.start(parallelism);
            awaitState(job);
            job.kill();
            job.start(2);
            job.stop();
            job.start(parallelism);
            awaitState(job);
            job.loseTasks();
            end(job);
        }

        ResultText.check(out, row -> true, truth, "captures");
        // Whoever goes on in the middle knows the numbers before it.
        assertThat(losses).isNotEmpty().containsOnly((long) SflowCapture.LOST);
        assertThat(Notices.failedInputs()).isEmpty();
    }
}
