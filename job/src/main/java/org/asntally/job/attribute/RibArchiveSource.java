package org.asntally.job.attribute;

import java.time.Duration;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Watches an archive of routing tables and tells each version that comes to it: the RIB source of a
 * job that goes on. Run it with parallelism 1. The archive is listed where the job is led (its
 * JobManager), so tasks need not reach it: see {@link RibDelivery}.
 *
 * <p><b>State.</b> None: after a restart the archive is listed anew, and a timeline that hears a
 * version twice stays the same.
 *
 * <p><b>Time.</b> After each listing it promises that all versions valid from before a time have
 * been told: the start of the listing and the archive's lead, less some slack for writers whose
 * clocks differ and for the way of the message.
 *
 * <p><b>Edge.</b> A version that cannot be read, or that has lost much of the table before it, is
 * refused, counted and told; the one before it serves on. An archive that cannot be listed promises
 * nothing until it can.
 */
public final class RibArchiveSource implements Source<RibMessage, RibArchiveSource.Split, Integer> {

    private static final long serialVersionUID = 1;

    /** How often the reader asks between two listings: what is found is told soon. */
    private static final int ASKED = 4;

    private static final long SOONEST_MILLIS = 20;

    private final String folder;
    private final Duration poll;
    private final @Nullable Duration lead;
    private final @Nullable Duration slack;
    private final RibDelivery delivery;
    private final RibTimeline fixed;

    private RibArchiveSource(
            String folder,
            Duration poll,
            @Nullable Duration lead,
            @Nullable Duration slack,
            RibDelivery delivery,
            RibTimeline fixed) {
        this.folder = folder;
        this.poll = poll;
        this.lead = lead;
        this.slack = slack;
        this.delivery = delivery;
        this.fixed = fixed;
    }

    /**
     * Watches a folder.
     *
     * @param poll time between two listings
     * @param lead how long before it is in force a table is there; null: what the archive says
     * @param slack how much of the lead is not promised; null: half of it
     * @param delivery how the tables come to the tasks
     */
    public static RibArchiveSource watching(
            String folder,
            Duration poll,
            @Nullable Duration lead,
            @Nullable Duration slack,
            RibDelivery delivery) {
        return new RibArchiveSource(folder, poll, lead, slack, delivery, new RibTimeline());
    }

    /** Tells a timeline that does not change, and stays. */
    public static RibArchiveSource telling(RibTimeline timeline) {
        return new RibArchiveSource(
                "", Duration.ofDays(1), null, null, RibDelivery.byReference(), timeline);
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<RibMessage, Split> createReader(SourceReaderContext context) {
        return new RibArchiveReader(context, Math.max(SOONEST_MILLIS, poll.toMillis() / ASKED));
    }

    @Override
    public SplitEnumerator<Split, Integer> createEnumerator(SplitEnumeratorContext<Split> context) {
        return folder.isEmpty()
                ? new RibArchiveEnumerator(context, fixed.messages())
                : new RibArchiveEnumerator(
                        context, new RibArchiveWatch(folder, lead, slack, delivery), poll);
    }

    @Override
    public SplitEnumerator<Split, Integer> restoreEnumerator(
            SplitEnumeratorContext<Split> context, Integer state) {
        return createEnumerator(context);
    }

    @Override
    public SimpleVersionedSerializer<Split> getSplitSerializer() {
        return new Empty<>(new Split());
    }

    @Override
    public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
        return new Empty<>(0);
    }

    /** There is nothing to split: the one reader watches the whole archive. */
    public static final class Split implements SourceSplit {
        @Override
        public String splitId() {
            return "archive";
        }
    }

    private record Empty<T>(T only) implements SimpleVersionedSerializer<T> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T object) {
            return new byte[0];
        }

        @Override
        public T deserialize(int version, byte[] serialized) {
            return only;
        }
    }
}
