package org.asntally.job.attribute;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.api.common.cache.DistributedCache;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.taskmanager.TaskManagerRuntimeInfo;
import org.asntally.lookup.rib.Rib;
import org.asntally.sources.flink.Notices;

/**
 * The tables that one task knows: which there are, kept in its state, and the tables themselves.
 * All tasks find them alike, so that everywhere the same one serves for a table that cannot be
 * read. One thread.
 *
 * <p>State: the timeline, and the bytes of the newest two tables that were sent in parts.
 */
public final class KnownTables {

    private final RibTimeline timeline = new RibTimeline();
    private final OpenTables tables;
    private final TimelineState state;
    private final SentTables sent;
    private final Counter refused;

    /**
     * What is known at submission and what was kept.
     *
     * @param context of the operator whose state it is
     * @param files of the job, each by its content hash
     * @param machine whose folder is for files that live a moment
     * @param refused counts versions that cannot be read, which are told too
     */
    public KnownTables(
            RibTimeline bootstrap,
            StateInitializationContext context,
            DistributedCache files,
            TaskManagerRuntimeInfo machine,
            Counter refused)
            throws Exception {
        this.refused = refused;
        bootstrap.messages().forEach(timeline::add);
        state = new TimelineState(context.getOperatorStateStore());
        sent = new SentTables(context.getOperatorStateStore());
        if (context.isRestored()) {
            state.restore(timeline);
        }
        Path folder = Path.of(machine.getTmpDirectories()[0]);
        tables = new OpenTables(timeline, new TaskTables(files, folder, sent), this::refuse);
    }

    private void refuse(RibVersion version, IOException reason) {
        refused.inc();
        Notices.tableRefused(version.id(), String.valueOf(reason.getMessage()));
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

    /** The tables themselves. */
    OpenTables tables() {
        return tables;
    }

    /** Closes tables that others have followed before this time; one that is needed is opened. */
    public void followedBefore(long millis) {
        tables.followedBefore(millis);
    }
}
