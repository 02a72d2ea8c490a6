package org.asntally.job.attribute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.asntally.lookup.rib.Rib;
import org.jspecify.annotations.Nullable;

/**
 * The tables that one subtask uses. Each is opened when a flow first needs it, so an archive of
 * years costs nothing; only those used last stay open here. One thread.
 *
 * <p>A table that cannot be read is told once and never tried again: the one before it serves in
 * its place, or the next one after it where there is none before.
 */
final class OpenTables {

    /**
     * Two are in use while a new table takes over; late flows and shuffled input need some more.
     */
    private static final int MOST_OPEN = 8;

    private final RibTimeline timeline;
    private final TableBytes bytes;
    private final BiConsumer<RibVersion, IOException> refused;
    private final Map<String, Rib> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<String> damaged = new HashSet<>();
    private final Set<String> gone = new HashSet<>();

    /**
     * The tables of this timeline.
     *
     * @param bytes where they are beside their own places
     * @param refused hears of each version that cannot be read
     */
    OpenTables(
            RibTimeline timeline, TableBytes bytes, BiConsumer<RibVersion, IOException> refused) {
        this.timeline = timeline;
        this.bytes = bytes;
        this.refused = refused;
    }

    /**
     * The table at a place of the timeline, or the one that serves for it.
     *
     * @throws UncheckedIOException when no table of the timeline can be read
     */
    Rib at(int place) {
        for (int older = place; older >= 0; older--) {
            Rib rib = open(timeline.versions().get(older));
            if (rib != null) {
                return rib;
            }
        }
        for (int newer = place + 1; newer < timeline.versions().size(); newer++) {
            Rib rib = open(timeline.versions().get(newer));
            if (rib != null) {
                return rib;
            }
        }
        throw new UncheckedIOException(new IOException("no routing table can be read"));
    }

    /** Its bytes have come: one that could not be read is tried again. */
    void came(String id) {
        damaged.remove(id);
        gone.remove(id);
    }

    /** Whether a table that cannot be read is not there any more, and not damaged. */
    boolean isGone(String id) {
        return gone.contains(id);
    }

    /** Closes tables that others have followed before this time; a flow that needs one opens it. */
    void followedBefore(long millis) {
        if (open.size() < 2) {
            return;
        }
        List<RibVersion> versions = timeline.versions();
        Set<String> needed = new HashSet<>();
        for (int place = versions.size() - 1; place >= 0; place--) {
            needed.add(versions.get(place).id());
            if (versions.get(place).validFrom() <= millis) {
                break;
            }
        }
        open.keySet().retainAll(needed);
    }

    private @Nullable Rib open(RibVersion version) {
        Rib known = open.get(version.id());
        if (known != null || damaged.contains(version.id())) {
            return known;
        }
        try {
            Rib rib = Ribs.open(version, bytes);
            open.put(version.id(), rib);
            if (open.size() > MOST_OPEN) {
                open.remove(open.keySet().iterator().next());
            }
            return rib;
        } catch (IOException e) {
            damaged.add(version.id());
            if (e instanceof NoSuchFileException) {
                gone.add(version.id());
            }
            refused.accept(version, e);
            return null;
        }
    }
}
