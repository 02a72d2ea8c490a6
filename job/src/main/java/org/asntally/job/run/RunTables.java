package org.asntally.job.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;
import org.asntally.job.attribute.RibArchiveSource;
import org.asntally.job.attribute.RibDelivery;
import org.asntally.job.attribute.RibMessage;
import org.asntally.job.attribute.RibSource;
import org.asntally.job.attribute.RibTimeline;
import org.asntally.job.attribute.RibVersion;
import org.asntally.job.attribute.Ribs;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobKeys;
import org.asntally.job.config.Settings;
import org.asntally.job.local.Console;
import org.asntally.job.local.CountRequest.RibChoice;
import org.asntally.job.local.DataFolder;
import org.asntally.job.local.RibOpening;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibFile;

/**
 * Which tables a job knows at its start, and where it hears of others.
 *
 * @param bootstrap what is known at submission
 * @param source tells the rest: bounded exactly when all flow sources are
 * @param shipped tables that go to the cluster as files of the job, by content hash
 */
record RunTables(
        RibTimeline bootstrap, Source<RibMessage, ?, ?> source, Map<String, Path> shipped) {

    /** Bytes of tables that may go with a job: each machine of the cluster gets them all. */
    private static final long MOST_SHIPPED = 512L << 20;

    /** Those of a job file; the archive of the data folder where it names none. */
    static RunTables of(JobFile job, RunPlace place, boolean bounded, Console console)
            throws Fault {
        Settings rib = job.rib();
        String given = rib.find(JobKeys.Rib.PATH);
        Instant knownAt = rib.find(JobKeys.Rib.KNOWN_AT);
        Path folder = folder(job, place.archive());
        boolean byEventTime = rib.get(JobKeys.Rib.AT) == JobKeys.RibAt.EVENT;
        RibOpening opened =
                RibOpening.open(
                        new RibChoice(
                                given == null ? null : folder,
                                null,
                                DataFolder.of(place.dataFolder().toString(), console),
                                byEventTime,
                                knownAt),
                        true,
                        false,
                        console);
        boolean watched =
                byEventTime && !opened.starter() && Files.isDirectory(folder) && knownAt == null;
        boolean byReference = byReference(rib, place, folder);
        Map<String, Path> shipped = shipped(byReference, place, opened, console);
        RibDelivery delivery = delivery(byReference, rib, place, shipped);
        RibTimeline timeline = timeline(opened, place, watched, delivery);
        if (bounded || !watched) {
            timeline.add(RibMessage.knownUntil(Long.MAX_VALUE));
            return new RunTables(
                    timeline,
                    bounded ? new RibSource(timeline) : RibArchiveSource.telling(timeline),
                    shipped);
        }
        return new RunTables(
                timeline,
                RibArchiveSource.watching(
                        folder.toAbsolutePath().toString(),
                        rib.get(JobKeys.Rib.POLL),
                        rib.find(JobKeys.Rib.LEAD),
                        rib.find(JobKeys.Rib.SLACK),
                        delivery),
                shipped);
    }

    /** Where the tables of a job file are; the archive where it names none. */
    static Path folder(JobFile job, Path archive) {
        String given = job.rib().find(JobKeys.Rib.PATH);
        return given == null ? archive : Path.of(given);
    }

    /** Whether tasks open the files of the archive; where nothing is said, when they reach it. */
    static boolean byReference(Settings rib, RunPlace place, Path folder) {
        return switch (rib.get(JobKeys.Rib.DISTRIBUTE)) {
            case REFERENCE -> true;
            case BROADCAST -> false;
            case AUTO -> place.isShared(folder);
        };
    }

    private static RibDelivery delivery(
            boolean byReference, Settings rib, RunPlace place, Map<String, Path> shipped) {
        if (!place.cluster() || byReference) {
            return RibDelivery.byReference();
        }
        return rib.get(JobKeys.Rib.DISTRIBUTE) == JobKeys.Distribute.AUTO
                ? RibDelivery.byEither(shipped.keySet())
                : RibDelivery.byBroadcast(shipped.keySet());
    }

    private static RibTimeline timeline(
            RibOpening opened, RunPlace place, boolean watched, RibDelivery delivery) {
        if (!opened.archive().isEmpty()) {
            return RibTimeline.of(opened.archive(), delivery);
        }
        Rib rib = opened.rib();
        // The only table of an archive holds from its time on, as those that come to it.
        Instant validFrom = watched ? rib.info().validFrom() : null;
        long from = validFrom == null ? Long.MIN_VALUE : validFrom.toEpochMilli();
        RibTimeline timeline = new RibTimeline();
        timeline.add(
                RibMessage.version(
                        !place.cluster()
                                ? Ribs.share(rib, from)
                                : delivery.told(
                                        new RibVersion(
                                                rib.id(),
                                                from,
                                                RunPlace.absolute(opened.place())))));
        return timeline;
    }

    /**
     * The files that go with the job: where tables are told by reference, only what has no file.
     */
    private static Map<String, Path> shipped(
            boolean byReference, RunPlace place, RibOpening opened, Console console) throws Fault {
        if (!place.cluster() || (byReference && isItsFile(opened))) {
            return Map.of();
        }
        try {
            return opened.archive().isEmpty()
                    ? Map.of(opened.rib().id(), file(opened, place))
                    : byReference ? Map.of() : newest(opened.archive(), console);
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_WRITABLE, place.temporary(), Reasons.of(e));
        }
    }

    private static boolean isItsFile(RibOpening opened) {
        if (!opened.archive().isEmpty()) {
            return true;
        }
        try {
            return !opened.starter()
                    && RibFile.openShipped(Path.of(opened.place())).id().equals(opened.rib().id());
        } catch (IOException e) {
            return false;
        }
    }

    /** The table in a file of our own format. */
    private static Path file(RibOpening opened, RunPlace place) throws IOException {
        if (isItsFile(opened)) {
            return Path.of(opened.place()).toAbsolutePath();
        }
        Path file = place.temporary().resolve(opened.rib().id() + RibArchive.SUFFIX);
        RibFile.write(opened.rib(), file);
        return file;
    }

    /** As many of the newest as may go with a job; what stays behind is told. */
    private static Map<String, Path> newest(List<RibArchive.Entry> entries, Console console)
            throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        long bytes = 0;
        for (int i = entries.size() - 1; i >= 0; i--) {
            RibArchive.Entry entry = entries.get(i);
            bytes += Files.size(entry.file());
            if (bytes > MOST_SHIPPED && !files.isEmpty()) {
                console.err()
                        .println(
                                Problem.TABLES_LEFT_BEHIND.say(
                                        i + 1, entries.get(i + 1).validFrom()));
                return files;
            }
            files.put(entry.id(), entry.file().toAbsolutePath());
        }
        return files;
    }
}
