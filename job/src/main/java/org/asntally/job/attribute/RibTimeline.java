package org.asntally.job.attribute;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.sources.flink.Notices;

/**
 * The versions known, by the time from which each is in force, and the time up to which all are
 * known. Grows in any order of messages to the same timeline.
 */
public final class RibTimeline implements Serializable {

    private static final long serialVersionUID = 1;

    private final ArrayList<RibVersion> versions = new ArrayList<>();
    private long knownUntil = Long.MIN_VALUE;

    /** Nothing known yet. */
    public RibTimeline() {}

    /** One table for all time. */
    public static RibTimeline always(RibVersion version) {
        RibTimeline timeline = new RibTimeline();
        timeline.add(RibMessage.version(version));
        timeline.add(RibMessage.knownUntil(Long.MAX_VALUE));
        return timeline;
    }

    /** The tables of an archive; until when all are known is not said. */
    public static RibTimeline of(List<RibArchive.Entry> entries) {
        return of(entries, RibDelivery.byReference());
    }

    /**
     * The tables of an archive that come to the tasks, but for those that shrank, which are told to
     * {@link Notices}; until when all are known is not said.
     */
    public static RibTimeline of(List<RibArchive.Entry> entries, RibDelivery delivery) {
        RibTimeline timeline = new RibTimeline();
        AcceptedTables accepted = new AcceptedTables();
        for (RibArchive.Entry entry : entries.stream().sorted(AcceptedTables.AS_ADDED).toList()) {
            String reason = accepted.take(entry);
            if (reason != null) {
                Notices.tableRefused(reason, reason);
            } else if (delivery.byPath() || delivery.isShipped(entry.id())) {
                timeline.add(RibMessage.version(delivery.told(RibVersion.of(entry))));
            }
        }
        return timeline;
    }

    /**
     * Learns from a message. Of two versions valid from the same time the larger id counts, in
     * whatever order. A version that is known is known by the place that was told first.
     */
    public void add(RibMessage message) {
        knownUntil = Math.max(knownUntil, message.knownUntil());
        RibVersion version = message.version();
        if (version == null || versions.stream().anyMatch(version::isSame)) {
            return;
        }
        versions.add(version);
        versions.sort(RibVersion.BY_TIME);
    }

    /** The versions, oldest first. */
    public List<RibVersion> versions() {
        return versions;
    }

    /** All versions valid from before this time are known. */
    public long knownUntil() {
        return knownUntil;
    }

    /** Whether no version is known. */
    public boolean isEmpty() {
        return versions.isEmpty();
    }

    /**
     * The place of the version in force at a time; 0 also before the oldest, which then serves.
     *
     * @throws IndexOutOfBoundsException when no version is known
     */
    public int at(long millis) {
        int place = versions.size() - 1;
        while (place > 0 && versions.get(place).validFrom() > millis) {
            place--;
        }
        return place;
    }

    /** The messages that make this timeline. */
    public List<RibMessage> messages() {
        List<RibMessage> messages = new ArrayList<>();
        for (RibVersion version : versions) {
            messages.add(RibMessage.version(version));
        }
        messages.add(RibMessage.knownUntil(knownUntil));
        return messages;
    }
}
