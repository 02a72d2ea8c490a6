package org.asntally.job.attribute;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.asntally.job.attribute.RibArchiveSource.Split;

/**
 * Asks {@link RibArchiveEnumerator} for what is new, and tells it. That one must not send by
 * itself: an event that comes to a task while it ends by a savepoint is lost, and fails the job.
 */
final class RibArchiveReader implements SourceReader<RibMessage, Split> {

    private final SourceReaderContext context;
    private final long pauseMillis;
    private long nextAskNanos;
    private boolean asked;
    private final Queue<RibMessage> found = new ArrayDeque<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();

    /**
     * Asks as often as this, milliseconds; once only where there is nothing more to hear.
     *
     * @param pauseMillis between two questions
     */
    RibArchiveReader(SourceReaderContext context, long pauseMillis) {
        this.context = context;
        this.pauseMillis = pauseMillis;
    }

    @Override
    public void start() {
        ask();
    }

    private void ask() {
        context.sendSourceEventToCoordinator(new RibAsk(!asked));
        asked = true;
        nextAskNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof RibTold told) {
            found.addAll(told.messages());
            available.complete(null);
        }
    }

    /** One at a time: a part of a table is large, and barriers go between. */
    @Override
    public InputStatus pollNext(ReaderOutput<RibMessage> output) {
        if (System.nanoTime() - nextAskNanos >= 0) {
            ask();
        }
        RibMessage next = found.poll();
        if (next != null) {
            output.collect(next);
        }
        if (!found.isEmpty()) {
            return InputStatus.MORE_AVAILABLE;
        }
        long pause = nextAskNanos - System.nanoTime();
        available =
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, Math.max(0, pause), TimeUnit.NANOSECONDS);
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return found.isEmpty() ? available : CompletableFuture.completedFuture(null);
    }

    @Override
    public List<Split> snapshotState(long checkpointId) {
        return List.of();
    }

    @Override
    public void addSplits(List<Split> splits) {
        // There are none.
    }

    @Override
    public void notifyNoMoreSplits() {
        // There are none.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
