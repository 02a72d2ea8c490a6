package org.asntally.job.attribute;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.asntally.job.attribute.RibArchiveSource.Split;

/** Tells what {@link RibArchiveEnumerator} has it tell. */
final class RibArchiveReader implements SourceReader<RibMessage, Split> {

    private final Queue<RibMessage> found = new ArrayDeque<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();

    @Override
    public void start() {
        // Hears of all by itself.
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
        RibMessage next = found.poll();
        if (next != null) {
            output.collect(next);
        }
        if (!found.isEmpty()) {
            return InputStatus.MORE_AVAILABLE;
        }
        available = new CompletableFuture<>();
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
