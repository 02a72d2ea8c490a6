package org.asntally.job.attribute;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibFile;
import org.jspecify.annotations.Nullable;

/** What one listing of an archive says that the one before did not. One thread at a time. */
final class RibArchiveWatch {

    /** The tables that a task which begins is sent: the one in force and the next one. */
    private static final int MOST_SENT = 2;

    /**
     * What was found.
     *
     * @param messages new versions, then the time until which all are known
     * @param refused why others were refused, each once
     */
    record Found(List<RibMessage> messages, List<String> refused) {}

    private final RibArchive archive;
    private final @Nullable Duration lead;
    private final @Nullable Duration slack;
    private final RibDelivery delivery;
    private final Clock clock;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, RibVersion> accepted = new LinkedHashMap<>();
    private final AcceptedTables tables = new AcceptedTables();
    private long promised = Long.MIN_VALUE;
    private boolean listed;

    RibArchiveWatch(
            String folder,
            @Nullable Duration lead,
            @Nullable Duration slack,
            RibDelivery delivery) {
        this(folder, lead, slack, delivery, Clock.systemUTC());
    }

    /**
     * Watches a folder.
     *
     * @param lead how long before it is in force a table is there; null: what the archive says
     * @param slack how much of the lead is not promised; null: half of it
     */
    RibArchiveWatch(
            String folder,
            @Nullable Duration lead,
            @Nullable Duration slack,
            RibDelivery delivery,
            Clock clock) {
        this.archive = new RibArchive(Path.of(folder));
        this.lead = lead;
        this.slack = slack;
        this.delivery = delivery;
        this.clock = clock;
    }

    /**
     * Lists the archive.
     *
     * @throws IOException when it cannot be listed: nothing is promised then
     */
    Found look() throws IOException {
        long start = clock.millis();
        List<RibVersion> found = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        Duration ahead = lead == null ? archive.lead() : lead;
        List<RibArchive.Entry> entries =
                archive.entries(
                        (file, damage) -> {
                            if (seen.add(file.toString())) {
                                refused.add(String.valueOf(damage.getMessage()));
                            }
                        });
        Set<String> there = new HashSet<>();
        List<RibArchive.Entry> fresh = new ArrayList<>();
        for (RibArchive.Entry entry : entries) {
            there.add(entry.file().toString());
            if (seen.add(entry.file().toString())) {
                fresh.add(entry);
            }
        }
        if (accepted.keySet().retainAll(there)) {
            tables.retain(accepted.values());
        }
        fresh.sort(AcceptedTables.AS_ADDED);
        for (RibArchive.Entry entry : fresh) {
            String reason = refusal(entry);
            if (reason == null) {
                RibVersion version = RibVersion.of(entry);
                accepted.put(entry.file().toString(), version);
                found.add(version);
            } else {
                refused.add(reason);
            }
        }
        found.sort(RibVersion.BY_TIME);
        List<RibMessage> messages = tell(found, refused);
        if (!entries.isEmpty()) {
            Duration kept = slack == null ? ahead.dividedBy(2) : slack;
            promised = Math.max(promised, start + ahead.minus(kept).toMillis());
            messages.add(RibMessage.knownUntil(start + ahead.minus(kept).toMillis()));
        }
        listed = true;
        return new Found(messages, refused);
    }

    /** All that was found by now once more, for a task that begins. */
    Found again() {
        List<String> refused = new ArrayList<>();
        List<RibMessage> messages = tell(accepted.values(), refused);
        if (promised != Long.MIN_VALUE) {
            messages.add(RibMessage.knownUntil(promised));
        }
        return new Found(messages, refused);
    }

    private List<RibMessage> tell(Collection<RibVersion> versions, List<String> refused) {
        Set<RibVersion> newest =
                new HashSet<>(
                        accepted.values().stream()
                                .sorted(RibVersion.BY_TIME.reversed())
                                .limit(MOST_SENT)
                                .toList());
        List<RibMessage> messages = new ArrayList<>();
        for (RibVersion version : versions) {
            boolean reaches = delivery.byPath() || delivery.isShipped(version.id());
            if (delivery.sends(version.id()) && newest.contains(version)) {
                try {
                    RibChunk.of(version, Path.of(version.location()))
                            .forEach(chunk -> messages.add(RibMessage.chunk(chunk)));
                    reaches = true;
                } catch (IOException e) {
                    refused.add(String.valueOf(e.getMessage()));
                }
            }
            if (reaches) {
                messages.add(RibMessage.version(delivery.told(version)));
            }
        }
        return messages;
    }

    /**
     * Why a version is not used. Whether those that were there at the beginning are damaged is seen
     * when a flow needs them: an archive of years must not hold up the start. What shrank is
     * refused then too, so that a job that begins again has the tables that it had.
     */
    private @Nullable String refusal(RibArchive.Entry entry) {
        if (listed) {
            try {
                RibFile.open(entry.file());
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        }
        return tables.take(entry);
    }
}
