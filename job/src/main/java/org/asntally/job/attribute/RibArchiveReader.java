package org.asntally.job.attribute;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.asntally.job.attribute.RibArchiveSource.Split;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists the archive on a thread of its own, so that a slow disk holds up no barrier. */
final class RibArchiveReader implements SourceReader<RibMessage, Split> {

    private static final Logger LOG = LoggerFactory.getLogger(RibArchiveReader.class);

    private final @Nullable RibArchiveWatch watch;
    private final Duration poll;
    private final Counter refused;
    private final Counter failures;
    private final Queue<RibMessage> found = new ArrayDeque<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private @Nullable Thread watching;
    private String lastFailure = "";

    /** Has these messages to tell, and no more. */
    RibArchiveReader(SourceReaderContext context, List<RibMessage> messages) {
        this(context, null, Duration.ZERO);
        found.addAll(messages);
    }

    RibArchiveReader(SourceReaderContext context, @Nullable RibArchiveWatch watch, Duration poll) {
        this.watch = watch;
        this.poll = poll;
        this.refused = context.metricGroup().counter("ribVersionsRefused");
        this.failures = context.metricGroup().counter("ribListingsFailed");
    }

    @Override
    public void start() {
        RibArchiveWatch archive = watch;
        if (archive == null) {
            return;
        }
        Thread thread = new Thread(() -> watch(archive), "watch-rib-archive");
        thread.setDaemon(true);
        thread.start();
        watching = thread;
    }

    private void watch(RibArchiveWatch archive) {
        try {
            while (true) {
                look(archive);
                TimeUnit.MILLISECONDS.sleep(Math.max(1, poll.toMillis()));
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void look(RibArchiveWatch archive) {
        try {
            RibArchiveWatch.Found now = archive.look();
            lastFailure = "";
            for (String reason : now.refused()) {
                LOG.warn("a routing table is refused: {}", reason);
                refused.inc();
            }
            put(now.messages());
        } catch (IOException | RuntimeException e) {
            failures.inc();
            String said = String.valueOf(e.getMessage());
            if (!said.equals(lastFailure)) {
                LOG.warn("the archive of routing tables cannot be listed: {}", said);
                lastFailure = said;
            }
        }
    }

    private synchronized void put(List<RibMessage> messages) {
        found.addAll(messages);
        available.complete(null);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RibMessage> output) {
        while (true) {
            RibMessage next;
            synchronized (this) {
                next = found.poll();
                if (next == null) {
                    available = new CompletableFuture<>();
                    return InputStatus.NOTHING_AVAILABLE;
                }
            }
            output.collect(next);
        }
    }

    @Override
    public synchronized CompletableFuture<Void> isAvailable() {
        if (!found.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return available;
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
        Thread thread = watching;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
