package org.asntally.job.attribute;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.cache.DistributedCache;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.asntally.lookup.rib.Rib;

/**
 * The tables that one task knows, for operators beside {@code attribute}: which there are, kept in
 * its state, and the tables themselves, which it finds as {@code attribute} does, so that the same
 * one serves for a table that cannot be read. One thread.
 *
 * <p>State: the timeline, and the bytes of the newest two tables that were sent in parts.
 */
public final class KnownTables {

    private final RibTimeline timeline = new RibTimeline();
    private final OpenTables tables;
    private final TimelineState state;
    private final SentTables sent;

    /**
     * What is known at submission and what was kept.
     *
     * @param files of the job, each by its content hash
     * @param folder a folder of this machine for files that live a moment
     * @param refused hears of each version that cannot be read
     */
    public KnownTables(
            RibTimeline bootstrap,
            OperatorStateStore store,
            boolean restored,
            DistributedCache files,
            Path folder,
            BiConsumer<RibVersion, IOException> refused)
            throws Exception {
        bootstrap.messages().forEach(timeline::add);
        state = new TimelineState(store);
        sent = new SentTables(store);
        if (restored) {
            state.restore(timeline);
        }
        TaskTables bytes = new TaskTables(files, folder);
        bytes.use(sent);
        tables = new OpenTables(timeline, bytes, refused);
    }

    /** Learns from a message; tells whether it names a version that was not known. */
    public boolean add(RibMessage message) throws Exception {
        RibChunk chunk = message.chunk();
        if (chunk != null) {
            if (sent.add(message, chunk)) {
                tables.came(chunk.id());
            }
            return false;
        }
        state.add(message, timeline);
        int before = timeline.versions().size();
        timeline.add(message);
        return timeline.versions().size() > before;
    }

    /** Which there are, and until when all are known. It grows as messages come. */
    public RibTimeline timeline() {
        return timeline;
    }

    /**
     * The table at a place of the timeline, or the one that serves for it.
     *
     * @throws java.io.UncheckedIOException when no table of the timeline can be read
     */
    public Rib at(int place) {
        return tables.at(place);
    }

    /** Closes tables that others have followed before this time; one that is needed is opened. */
    public void followedBefore(long millis) {
        tables.followedBefore(millis);
    }
}
