package org.asntally.job.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.flink.api.connector.source.Source;
import org.asntally.job.attribute.RibArchiveSource;
import org.asntally.job.attribute.RibMessage;
import org.asntally.job.attribute.RibSource;
import org.asntally.job.attribute.RibTimeline;
import org.asntally.job.attribute.Ribs;
import org.asntally.job.config.JobKeys;
import org.asntally.job.config.Settings;
import org.asntally.job.local.Console;
import org.asntally.job.local.CountRequest.RibChoice;
import org.asntally.job.local.DataFolder;
import org.asntally.job.local.RibOpening;
import org.asntally.job.problem.Fault;

/**
 * Which tables a job knows at its start, and where it hears of others.
 *
 * @param bootstrap what is known at submission
 * @param source tells the rest: bounded exactly when all flow sources are
 */
record RunTables(RibTimeline bootstrap, Source<RibMessage, ?, ?> source) {

    /** Those of a job file; the archive of the data folder where it names none. */
    static RunTables of(RunRequest request, boolean bounded, Console console) throws Fault {
        Settings rib = request.job().rib();
        String given = rib.find(JobKeys.Rib.PATH);
        Instant knownAt = rib.find(JobKeys.Rib.KNOWN_AT);
        Path place = given == null ? request.archive() : Path.of(given);
        boolean byEventTime = rib.get(JobKeys.Rib.AT) == JobKeys.RibAt.EVENT;
        RibOpening opened =
                RibOpening.open(
                        new RibChoice(
                                given == null ? null : place,
                                null,
                                DataFolder.of(request.dataFolder().toString(), console),
                                byEventTime,
                                knownAt),
                        true,
                        false,
                        console);
        boolean watched =
                byEventTime && !opened.starter() && Files.isDirectory(place) && knownAt == null;
        RibTimeline timeline = timeline(opened);
        if (bounded || !watched) {
            timeline.add(RibMessage.knownUntil(Long.MAX_VALUE));
            return new RunTables(
                    timeline,
                    bounded ? new RibSource(timeline) : RibArchiveSource.telling(timeline));
        }
        return new RunTables(
                timeline,
                RibArchiveSource.watching(
                        place.toAbsolutePath().toString(),
                        rib.get(JobKeys.Rib.POLL),
                        rib.find(JobKeys.Rib.SLACK)));
    }

    private static RibTimeline timeline(RibOpening opened) {
        if (!opened.archive().isEmpty()) {
            return RibTimeline.of(opened.archive());
        }
        RibTimeline timeline = new RibTimeline();
        timeline.add(RibMessage.version(Ribs.share(opened.rib(), Long.MIN_VALUE)));
        return timeline;
    }
}
