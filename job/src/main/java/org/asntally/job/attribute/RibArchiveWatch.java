package org.asntally.job.attribute;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibFile;
import org.asntally.lookup.rib.RibInfo;
import org.jspecify.annotations.Nullable;

/** What one listing of an archive says that the one before did not. One thread. */
final class RibArchiveWatch {

    /** A table with fewer routes than this part of the one before it is taken for broken. */
    private static final double SHRUNK = 0.9;

    /**
     * What was found.
     *
     * @param messages new versions, then the time until which all are known
     * @param refused why others were refused, each once
     */
    record Found(List<RibMessage> messages, List<String> refused) {}

    private final RibArchive archive;
    private final @Nullable Duration slack;
    private final Clock clock;
    private final Set<String> seen = new HashSet<>();
    private boolean listed;

    RibArchiveWatch(String folder, @Nullable Duration slack) {
        this(folder, slack, Clock.systemUTC());
    }

    RibArchiveWatch(String folder, @Nullable Duration slack, Clock clock) {
        this.archive = new RibArchive(Path.of(folder));
        this.slack = slack;
        this.clock = clock;
    }

    /**
     * Lists the archive.
     *
     * @throws IOException when it cannot be listed: nothing is promised then
     */
    Found look() throws IOException {
        long start = clock.millis();
        List<RibMessage> messages = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        Duration lead = archive.lead();
        List<RibArchive.Entry> entries =
                archive.entries(
                        (file, damage) -> {
                            if (seen.add(file.toString())) {
                                refused.add(String.valueOf(damage.getMessage()));
                            }
                        });
        @Nullable RibInfo before = null;
        for (RibArchive.Entry entry : entries) {
            if (seen.add(entry.file().toString())) {
                String reason = refusal(entry, before);
                if (reason == null) {
                    messages.add(RibMessage.version(RibVersion.of(entry)));
                } else {
                    refused.add(reason);
                    continue;
                }
            }
            before = entry.info();
        }
        if (!entries.isEmpty()) {
            Duration kept = slack == null ? lead.dividedBy(2) : slack;
            messages.add(RibMessage.knownUntil(start + lead.minus(kept).toMillis()));
        }
        listed = true;
        return new Found(messages, refused);
    }

    /**
     * Why a version is not used. Those that were there at the beginning are checked when a flow
     * needs them: an archive of years must not hold up the start.
     */
    private @Nullable String refusal(RibArchive.Entry entry, @Nullable RibInfo before) {
        if (!listed) {
            return null;
        }
        try {
            RibFile.open(entry.file());
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
        long routes = routes(entry.info());
        if (before != null
                && routes < SHRUNK * routes(before)
                && entry.info().shrunkFrom() == 0
                && entry.info().kind() == before.kind()) {
            return "'"
                    + entry.file()
                    + "' has "
                    + routes
                    + " routes, the table before it "
                    + routes(before)
                    + "; a table that may shrink is made with --allow-shrink";
        }
        return null;
    }

    private static long routes(RibInfo info) {
        return (long) info.v4Routes() + info.v6Routes();
    }
}
