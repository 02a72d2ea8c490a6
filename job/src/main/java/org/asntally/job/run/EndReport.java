package org.asntally.job.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.asntally.job.Counted;
import org.asntally.job.attribute.AttributeTimes;
import org.asntally.job.attribute.Outside;
import org.asntally.job.local.Durations;
import org.asntally.lookup.rib.RibArchive;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a job's results when it ends: how old the answer is, and what of it no promise is
 * made for.
 */
final class EndReport {

    private static final Map<Counted, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(Counted.TOO_LATE, "too late for a row");
        WORDS.put(Counted.FROM_THE_FUTURE, "from the future");
        WORDS.put(Counted.AHEAD_OF_RIB, "by the newest table as theirs was not known yet");
        WORDS.put(Counted.BEFORE_OLDEST_RIB, "older than the oldest table");
        WORDS.put(Counted.EXPIRED_RIB, "by another table as theirs is gone");
        WORDS.put(Counted.DAMAGED_RIB, "by another table as theirs is damaged");
    }

    private EndReport() {}

    /**
     * The lines of a job; none when it was cancelled: it has nothing to tell then.
     *
     * @param refused how many tables were refused
     * @param since when the job began or went on
     */
    static List<String> of(JobResult ended, RunRequest request, long refused, Instant since) {
        Path tables = RunTables.folder(request.job(), request.archive());
        try {
            return lines(
                    accumulators(ended),
                    Files.isDirectory(tables) ? tables : null,
                    refused,
                    since,
                    Instant.now());
        } catch (JobExecutionException | IOException | ClassNotFoundException e) {
            return List.of();
        }
    }

    /** What the tasks of a job have counted. */
    static Map<String, Object> accumulators(JobResult ended)
            throws JobExecutionException, IOException, ClassNotFoundException {
        return ended.toJobExecutionResult(EndReport.class.getClassLoader())
                .getAllAccumulatorResults();
    }

    /**
     * Lines without end, each of which is said only when there is something to say.
     *
     * @param accumulators of the job
     * @param tables the archive of tables; null where none is watched
     * @param refused how many tables were refused
     * @param since when the job began or went on
     */
    static List<String> lines(
            Map<String, Object> accumulators,
            @Nullable Path tables,
            long refused,
            Instant since,
            Instant now) {
        List<String> lines = new ArrayList<>();
        Long time = AttributeTimes.time(accumulators);
        RibArchive.Entry inForce = null;
        long backdated = 0;
        if (tables != null) {
            try {
                RibArchive archive = new RibArchive(tables);
                inForce = archive.inForce(time == null ? now : Instant.ofEpochMilli(time));
                Duration lead = archive.lead();
                backdated =
                        archive.entries().stream()
                                .filter(entry -> isSince(entry.info().addedAt(), since))
                                .filter(entry -> entry.isBackdated(lead))
                                .count();
            } catch (IOException e) {
                // What cannot be read now was told when it was wanted.
                inForce = null;
            }
        }
        age(lines, time, inForce, now);
        outside(lines, accumulators, refused, backdated, since);
        return lines;
    }

    private static boolean isSince(@Nullable Instant time, Instant since) {
        return time != null && !time.isBefore(since);
    }

    private static void age(
            List<String> lines,
            @Nullable Long time,
            RibArchive.@Nullable Entry inForce,
            Instant now) {
        List<String> parts = new ArrayList<>();
        if (time != null) {
            Instant instant = Instant.ofEpochMilli(time).truncatedTo(ChronoUnit.SECONDS);
            Duration ago = Duration.between(instant, now);
            parts.add(
                    "windows are closed up to "
                            + instant
                            + (ago.isNegative() ? "" : " (" + Durations.ago(ago) + ")"));
        }
        if (inForce != null) {
            parts.add(
                    "table "
                            + inForce.id().substring(0, 16)
                            + ", in force for "
                            + Durations.age(Duration.between(inForce.validFrom(), now)));
        }
        if (!parts.isEmpty()) {
            lines.add(String.join("; ", parts));
        }
    }

    private static void outside(
            List<String> lines,
            Map<String, Object> accumulators,
            long refused,
            long backdated,
            Instant since) {
        List<String> parts = new ArrayList<>();
        WORDS.forEach(
                (reason, words) -> {
                    long flows = Outside.of(accumulators, reason);
                    if (flows > 0) {
                        parts.add(flows + " flows " + words);
                    }
                });
        if (refused > 0) {
            parts.add(refused + " tables refused");
        }
        if (backdated > 0) {
            parts.add(backdated + " tables added later than their lead");
        }
        if (!parts.isEmpty()) {
            lines.add(
                    "not as promised, since "
                            + since.truncatedTo(ChronoUnit.SECONDS)
                            + ": "
                            + String.join(", ", parts));
        }
    }
}
