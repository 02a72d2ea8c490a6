package org.asntally.sources.flink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.asntally.sources.files.FileMark;
import org.jspecify.annotations.Nullable;

/**
 * Hands out archives in the order of their times: a reader that asks gets what begins first of all
 * that nobody has. Readers ask when they have nothing to read, or have come to the time at which
 * that begins.
 *
 * <p><b>Time.</b> All readers are told where the rest begins ({@link UnreadFrom}), and none tells a
 * later time: so a file that begins before others end makes nothing late. What a reader has heard
 * can be old; then it is too early, which is safe.
 *
 * <p><b>State.</b> What no reader has; null before the first look.
 */
final class ArchiveEnumerator implements SplitEnumerator<FollowState, FollowState> {

    /** A part of a file as no reader has it. */
    private record Part(FileMark mark, long time) {}

    private final SplitEnumeratorContext<FollowState> context;
    private final LogFiles what;
    private final PriorityQueue<Part> left =
            new PriorityQueue<>(
                    Comparator.comparingLong(Part::time).thenComparingLong(p -> p.mark().id()));
    private final Set<Integer> waiting = new TreeSet<>();
    private boolean listed;
    private long told = UnreadFrom.UNKNOWN;
    private long nextId;
    private int failed;

    /** What is left, or {@link FollowState#NEW}; null: nothing is left. */
    ArchiveEnumerator(
            SplitEnumeratorContext<FollowState> context,
            LogFiles what,
            @Nullable FollowState left) {
        this.context = context;
        this.what = what;
        this.listed = left == null || left.looked();
        if (left != null) {
            take(left);
        }
    }

    private void take(FollowState found) {
        nextId = Math.max(nextId, found.nextId());
        failed += found.failed();
        for (FileMark mark : found.marks()) {
            left.add(new Part(mark, found.times().getOrDefault(mark.id(), Long.MIN_VALUE)));
        }
    }

    @Override
    public void start() {
        if (!listed) {
            int readers = context.currentParallelism();
            // Unpacking the first lines of thousands of files takes its time.
            context.callAsync(
                    () -> ArchiveList.of(what, readers, System.currentTimeMillis()), this::listed);
        }
    }

    private void listed(@Nullable FollowState found, @Nullable Throwable failure) {
        if (found == null) {
            throw new IllegalStateException("archives cannot be listed", failure);
        }
        listed = true;
        take(found);
        waiting.forEach(this::serve);
        waiting.clear();
        tell();
    }

    @Override
    public void addReader(int subtask) {
        if (listed) {
            context.sendEventToSourceReader(subtask, new UnreadFrom(unreadFrom()));
        }
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        if (!listed) {
            waiting.add(subtask);
        } else {
            serve(subtask);
            tell();
        }
    }

    private void serve(int subtask) {
        List<FollowState> splits = new ArrayList<>();
        if (failed > 0) {
            splits.add(split(List.of(), failed));
            failed = 0;
        }
        long bytes = 0;
        while (bytes < RangeEnumerator.WORTH_ASKING
                && splits.size() < RangeEnumerator.MOST_AT_ONCE
                && !left.isEmpty()) {
            Part part = left.remove();
            splits.add(split(List.of(part), 0));
            // Nobody knows how large a packed file really is.
            bytes +=
                    part.mark().packed()
                            ? Math.max(part.mark().size(), RangeEnumerator.WORTH_ASKING / 16)
                            : part.mark().size() - part.mark().position();
        }
        if (splits.isEmpty()) {
            context.signalNoMoreSplits(subtask);
        } else {
            context.assignSplits(new SplitsAssignment<>(Map.of(subtask, splits)));
        }
    }

    private void tell() {
        long from = unreadFrom();
        if (from != told) {
            told = from;
            for (int reader : context.registeredReaders().keySet()) {
                context.sendEventToSourceReader(reader, new UnreadFrom(from));
            }
        }
    }

    private long unreadFrom() {
        Part next = left.peek();
        return next == null ? UnreadFrom.NOTHING : next.time();
    }

    private FollowState split(Collection<Part> parts, int failures) {
        Map<Long, Long> times = new HashMap<>();
        for (Part part : parts) {
            if (part.time() != Long.MIN_VALUE) {
                times.put(part.mark().id(), part.time());
            }
        }
        return new FollowState(
                true,
                nextId,
                0,
                Long.MIN_VALUE,
                failures,
                parts.stream().map(Part::mark).toList(),
                times);
    }

    @Override
    public void addSplitsBack(List<FollowState> splits, int subtask) {
        splits.forEach(this::take);
    }

    @Override
    public FollowState snapshotState(long checkpointId) {
        return listed ? split(left, failed) : FollowState.NEW;
    }

    @Override
    public void close() {}
}
