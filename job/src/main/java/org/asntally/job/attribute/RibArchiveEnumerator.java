package org.asntally.job.attribute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.metrics.Counter;
import org.asntally.job.attribute.RibArchiveSource.Split;
import org.asntally.sources.flink.Notices;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the archive where the job is led: one process that has to reach it, wherever the tasks are.
 * On a thread of its own, so that a slow disk holds up nothing. The reader asks for what was found;
 * one that begins, also after a failure, hears all of it again.
 */
final class RibArchiveEnumerator implements SplitEnumerator<Split, Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RibArchiveEnumerator.class);

    private final SplitEnumeratorContext<Split> context;
    private final List<RibMessage> fixed;
    private final @Nullable RibArchiveWatch watch;
    private final Duration poll;
    private final Counter refused;
    private final Counter failures;
    private final List<RibMessage> found = new ArrayList<>();
    private String lastFailure = "";

    /** Has these messages to tell, and no more. */
    RibArchiveEnumerator(SplitEnumeratorContext<Split> context, List<RibMessage> messages) {
        this(context, messages, null, Duration.ZERO);
    }

    RibArchiveEnumerator(
            SplitEnumeratorContext<Split> context, RibArchiveWatch watch, Duration poll) {
        this(context, List.of(), watch, poll);
    }

    private RibArchiveEnumerator(
            SplitEnumeratorContext<Split> context,
            List<RibMessage> fixed,
            @Nullable RibArchiveWatch watch,
            Duration poll) {
        this.context = context;
        this.fixed = fixed;
        this.watch = watch;
        this.poll = poll;
        this.refused = context.metricGroup().counter("ribVersionsRefused");
        this.failures = context.metricGroup().counter("ribListingsFailed");
    }

    @Override
    public void start() {
        RibArchiveWatch archive = watch;
        if (archive != null) {
            context.callAsync(archive::look, this::keep, 0, Math.max(1, poll.toMillis()));
        }
    }

    @Override
    public void addReader(int subtask) {
        // It asks.
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        RibArchiveWatch archive = watch;
        if (!(event instanceof RibAsk ask)) {
            return;
        }
        List<RibMessage> news = List.copyOf(found);
        found.clear();
        if (!ask.all()) {
            send(news);
        } else if (archive == null) {
            send(fixed);
        } else {
            context.callAsync(
                    archive::again,
                    (all, failure) -> {
                        if (all != null) {
                            send(all.messages());
                        }
                    });
        }
    }

    private void keep(RibArchiveWatch.@Nullable Found listed, @Nullable Throwable failure) {
        if (listed == null) {
            failures.inc();
            String said = String.valueOf(failure == null ? null : failure.getMessage());
            if (!said.equals(lastFailure)) {
                LOG.warn("the archive of routing tables cannot be listed: {}", said);
                lastFailure = said;
            }
            return;
        }
        lastFailure = "";
        for (String reason : listed.refused()) {
            Notices.tableRefused(reason, reason);
            refused.inc();
        }
        // A promise takes the place of the one before it, should nobody ask for long.
        if (!found.isEmpty()
                && listed.messages().stream().allMatch(RibArchiveEnumerator::isPromise)
                && isPromise(found.get(found.size() - 1))) {
            found.remove(found.size() - 1);
        }
        found.addAll(listed.messages());
    }

    private static boolean isPromise(RibMessage message) {
        return message.version() == null && message.chunk() == null;
    }

    /** A reader that is not there any more has nothing of it. */
    private void send(List<RibMessage> messages) {
        for (int subtask : context.registeredReaders().keySet()) {
            for (RibTold told : RibTold.of(messages)) {
                context.sendEventToSourceReader(subtask, told);
            }
        }
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        // There is nothing to split.
    }

    @Override
    public void addSplitsBack(List<Split> splits, int subtask) {
        // There are none.
    }

    @Override
    public Integer snapshotState(long checkpointId) {
        return 0;
    }

    @Override
    public void close() {
        // The context ends its threads.
    }
}
