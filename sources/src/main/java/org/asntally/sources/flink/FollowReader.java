package org.asntally.sources.flink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.asntally.lookup.read.Reasons;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;
import org.asntally.sources.files.FileMark;
import org.asntally.sources.files.FollowedFile;
import org.asntally.sources.files.Follower;
import org.asntally.sources.packet.PacketFormat;
import org.asntally.sources.text.LineFormat;
import org.jspecify.annotations.Nullable;

/**
 * Follows files on the task's thread: looks at all of them some times a second, reads what there is
 * in between, always in the file that is furthest behind in time. Of archives it reads those that
 * {@link ArchiveEnumerator} gives it.
 *
 * <p>Time is that of the file furthest behind, among those that have unread lines or had new ones
 * lately. A file that was read to its end holds time no longer than the idleness that was asked
 * for; one that was rotated and read to its end does not hold it. When no file holds time the
 * source is idle. What is not read of archives holds time, here and with no reader.
 */
final class FollowReader implements SourceReader<FlowBatch, FollowState> {

    /** Files that are kept open though nothing new is in them. */
    private static final int OPEN = 64;

    private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

    private final SourceReaderContext context;
    private final LogFiles what;
    private final LongSupplier clock;
    private final LineInputs inputs;
    private final FlowBatchBuilder flows;
    private final FlowTimes.LatestTime times;
    private final WatchedOutput watched = new WatchedOutput(this::left);
    private final Map<Long, Tail> tails = new HashMap<>();
    private final Runnable endOfInput = this::wakeUp;
    private final FirstTime firstTime;
    private final Counter lostBytes = new SimpleCounter();
    private final Follower follower;
    private final SourceTime time;
    private volatile CompletableFuture<Void> wait = new CompletableFuture<>();
    private boolean hasSplit;
    private boolean noMoreSplits;
    private @Nullable Tail current;
    private boolean hasLeft;
    private long nextLook = Long.MIN_VALUE;
    private long lost;

    /**
     * What was told before a restore, and by which files: whoever restarts has to be told again.
     */
    private long restoredTime = Long.MIN_VALUE;

    private final Map<Long, Long> restoredTimes = new HashMap<>();

    /** Where what no reader has begins; nothing of what is followed is with no reader. */
    private long unreadFrom;

    private boolean asked;

    /** Inputs that could not be opened and are not counted so far. */
    private int failed;

    private long behind;

    FollowReader(SourceReaderContext context, LogFiles what) {
        this(context, what, System::currentTimeMillis);
    }

    /** By another clock, of milliseconds since 1970. */
    FollowReader(SourceReaderContext context, LogFiles what, LongSupplier clock) {
        this.context = context;
        this.clock = clock;
        this.what = what;
        this.inputs = what.lines();
        this.flows = new FlowBatchBuilder(what.columns());
        this.firstTime = new FirstTime(what);
        this.times =
                new FlowTimes.LatestTime(
                        what.maxAhead().toMillis(),
                        context.metricGroup().counter(FlowTimes.FROM_THE_FUTURE));
        this.time = new SourceTime(what.outOfOrder().toMillis(), new Told());
        this.unreadFrom = what.follow() ? UnreadFrom.NOTHING : UnreadFrom.UNKNOWN;
        this.follower =
                new Follower(
                        what.paths(),
                        what.fromEnd(),
                        new Follower.Listener() {
                            @Override
                            public void trouble(String name, String cause) {
                                // Of archives what cannot be found was told when they were listed.
                                if (what.follow() || isMine(name)) {
                                    Notices.inputTrouble(name, cause);
                                }
                            }

                            @Override
                            public void lost(String name, long bytes, String cause) {
                                lose(name, bytes, cause);
                            }
                        });
        follower.onlyKnown(!what.follow());
    }

    @Override
    public void start() {
        var metrics = context.metricGroup();
        metrics.setPendingBytesGauge(() -> behind);
        metrics.gauge("files_known", follower::size);
        metrics.gauge("files_failing", follower::failing);
        metrics.counter("bytes_lost", lostBytes);
        EndOfInput.listen(endOfInput);
        if (what.follow() && !hasSplit) {
            context.sendSplitRequest();
        }
    }

    private boolean isMine(String name) {
        return tails.values().stream().anyMatch(tail -> tail.file.name().equals(name));
    }

    @Override
    public InputStatus pollNext(ReaderOutput<FlowBatch> out) {
        watched.to(out);
        if (EndOfInput.requested()) {
            flush();
            return InputStatus.END_OF_INPUT;
        }
        countFailed();
        if (!hasSplit) {
            if (noMoreSplits) {
                return InputStatus.END_OF_INPUT;
            }
            if (what.follow()) {
                time.idle(true);
            } else {
                tellTime();
                ask(null);
            }
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (clock.getAsLong() >= nextLook) {
            look();
        }
        Tail tail = current;
        if (tail == null) {
            tail = furthestBehind();
            current = tail;
            ask(tail);
        }
        if (tail == null) {
            tellTime();
            return !what.follow() && noMoreSplits && follower.isAllRead()
                    ? InputStatus.END_OF_INPUT
                    : InputStatus.NOTHING_AVAILABLE;
        }
        hasLeft = false;
        step(tail);
        if (hasLeft) {
            // Batches never mix files, so this is the moment to take another.
            current = null;
            tellTime();
        }
        return current != null && current.waits()
                ? InputStatus.NOTHING_AVAILABLE
                : InputStatus.MORE_AVAILABLE;
    }

    /** Asks for more when nothing is left to read, or what nobody reads may be earlier. */
    private void ask(@Nullable Tail next) {
        boolean isDue =
                next == null || (unreadFrom != UnreadFrom.UNKNOWN && next.heldAt() >= unreadFrom);
        if (!what.follow() && !asked && !noMoreSplits && isDue) {
            asked = true;
            context.sendSplitRequest();
        }
    }

    private void countFailed() {
        if (failed > 0) {
            flush();
            flows.skip(SkipReason.BROKEN_INPUT, failed);
            failed = 0;
            flushSkips();
        }
    }

    private void step(Tail tail) {
        OpenPart open = tail.open;
        if (open == null) {
            open = tail.open();
        }
        tail.waits = false;
        OpenPart.Step step = open.step(watched);
        tail.handedOver();
        switch (step) {
            case MORE -> tail.wentOn();
            case WAIT -> {
                if (tail.file.isPacked()) {
                    tail.waits = true;
                } else {
                    tail.succeeded();
                    tail.readTo = tail.file.end();
                    current = null;
                }
            }
            case DONE -> {
                finish(tail);
                tail.close();
                current = null;
            }
            case FAILED -> {
                failed(tail, open.failure());
                current = null;
            }
        }
    }

    private void finish(Tail tail) {
        tail.file.finish();
        if (!what.follow()) {
            watched.releaseOutputForSplit(FollowState.splitId(tail.file.id()));
        }
    }

    private void failed(Tail tail, String cause) {
        tail.close();
        if (tail.isHopeless()) {
            Notices.inputFailed(tail.file.name(), cause);
            startBatch(tail);
            flows.skip(SkipReason.BROKEN_INPUT);
            finish(tail);
        } else {
            if (!cause.equals(Reasons.MISSING)) {
                Notices.inputTrouble(tail.file.name(), cause);
            }
            tail.backOff();
        }
        flushSkips();
    }

    /** A look, and nothing is read: for tests. */
    void look(ReaderOutput<FlowBatch> out) {
        watched.to(out);
        look();
    }

    private void look() {
        flush();
        long now = clock.getAsLong();
        follower.look(now);
        if (!what.follow()) {
            follower.endAll();
            follower.forgetRead();
        }
        behind = 0;
        int open = 0;
        for (FollowedFile file : follower.files()) {
            Tail tail = tails.get(file.id());
            if (tail == null && file.isDone()) {
                continue;
            }
            if (tail == null) {
                tail = new Tail(file);
                tails.put(file.id(), tail);
            }
            tail.look(now);
            behind += file.unread();
            open += tail.open != null ? 1 : 0;
        }
        tails.values().removeIf(tail -> tail.isOver(now));
        for (Tail tail : open > OPEN ? List.copyOf(tails.values()) : List.<Tail>of()) {
            if (open > OPEN && tail.open != null && !tail.file.isUnread()) {
                tail.close();
                open--;
            }
        }
        flushSkips();
        tellTime();
        // Looking must not take more than a tenth of the time.
        long end = clock.getAsLong();
        nextLook = end + Math.max(what.poll().toMillis(), 9 * (end - now));
    }

    private void lose(String name, long bytes, String cause) {
        lost += bytes;
        lostBytes.inc(bytes);
        flows.skip(SkipReason.LOST_BYTES, bytes);
        Notices.bytesLost(name, bytes, cause);
    }

    /** What is counted without a line of it leaves at once. */
    private void flushSkips() {
        if (!flows.isEmpty()) {
            watched.collect(flows.build());
        }
    }

    private void startBatch(Tail tail) {
        if (flows.isEmpty()) {
            flows.startsAt(FlowBatch.position(tail.ordinal(), tail.file.position()));
        }
    }

    private void flush() {
        Tail tail = current;
        OpenPart open = tail == null ? null : tail.open;
        if (tail != null && open != null) {
            open.flush(watched);
            tail.handedOver();
        }
        current = null;
    }

    private void left(FlowBatch batch) {
        hasLeft = true;
        Tail tail = current;
        if (tail != null) {
            tail.time = Math.max(tail.time, times.latestOf(batch, clock.getAsLong()));
        }
    }

    private @Nullable Tail furthestBehind() {
        long now = clock.getAsLong();
        Tail best = null;
        for (Tail tail : tails.values()) {
            if (tail.isReadable(now) && (best == null || tail.isBefore(best))) {
                best = tail;
            }
        }
        return best;
    }

    private void tellTime() {
        long now = clock.getAsLong();
        time.look(!follower.hasLooked());
        for (Tail tail : tails.values()) {
            time.part(tail.time);
            if (tail.holdsTime(now)) {
                time.heldAt(tail.heldAt());
            }
        }
        if (unreadFrom != UnreadFrom.NOTHING) {
            time.heldAt(unreadFrom);
        }
        time.tell(restoredTime);
        time.tell(what.follow());
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        if (EndOfInput.requested()) {
            return NOW;
        }
        Tail tail = current;
        OpenPart open = tail == null ? null : tail.open;
        if (tail != null && !tail.waits()) {
            return NOW;
        }
        if (wait.isDone()) {
            wait = new CompletableFuture<>();
        }
        CompletableFuture<Void> waiting = wait;
        if (open != null) {
            var unused = open.available().thenRun(() -> waiting.complete(null));
        }
        if (noMoreSplits && (!hasSplit || follower.isAllRead())) {
            waiting.complete(null);
        }
        if (hasSplit) {
            long pause = Math.max(0, nextLook - clock.getAsLong());
            var unused = waiting.completeOnTimeout(null, pause, TimeUnit.MILLISECONDS);
        }
        if (EndOfInput.requested()) {
            waiting.complete(null);
        }
        return waiting;
    }

    /** Whether bytes of a packed file are being unpacked and nothing else is to be done. */
    boolean waitsForBytes() {
        Tail tail = current;
        return tail != null && tail.waits();
    }

    private void wakeUp() {
        wait.complete(null);
    }

    @Override
    public void addSplits(List<FollowState> splits) {
        asked = false;
        for (FollowState split : splits) {
            hasSplit = true;
            lost += split.lostBytes();
            failed += split.failed();
            if (split.time() != Long.MIN_VALUE) {
                // Readers may have told different times; the earliest is right for all.
                restoredTime =
                        restoredTime == Long.MIN_VALUE
                                ? split.time()
                                : Math.min(restoredTime, split.time());
            }
            restoredTimes.putAll(split.times());
            if (what.follow()) {
                follower.restore(split.looked(), split.nextId(), split.marks());
            } else {
                split.marks().forEach(this::adopt);
            }
        }
        wait.complete(null);
    }

    /** From now on it holds time. */
    private void adopt(FileMark mark) {
        long now = clock.getAsLong();
        Tail tail = new Tail(follower.adopt(mark, now));
        tail.look(now);
        tails.put(mark.id(), tail);
        if (tail.file.changedMillis() == 0) {
            // It is not where it was.
            nextLook = now;
        }
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof UnreadFrom from) {
            unreadFrom = from.millis();
            wait.complete(null);
        }
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        wait.complete(null);
    }

    @Override
    public List<FollowState> snapshotState(long checkpointId) {
        if (!hasSplit) {
            return List.of();
        }
        long now = clock.getAsLong();
        Map<Long, Long> latest = new HashMap<>(restoredTimes);
        for (Tail tail : tails.values()) {
            if (tail.time != Long.MIN_VALUE && (!what.follow() || tail.holdsTime(now))) {
                latest.put(tail.file.id(), tail.time);
            }
        }
        long told = Math.max(time.sent(), restoredTime);
        if (what.follow()) {
            return List.of(
                    new FollowState(
                            follower.hasLooked(),
                            follower.nextId(),
                            lost,
                            told,
                            0,
                            follower.marks(),
                            latest));
        }
        List<FollowState> parts = new ArrayList<>();
        for (FileMark mark : follower.marks()) {
            if (!mark.done()) {
                Long held = latest.get(mark.id());
                parts.add(
                        new FollowState(
                                true,
                                follower.nextId(),
                                0,
                                told,
                                0,
                                List.of(mark),
                                held == null ? Map.of() : Map.of(mark.id(), held)));
            }
        }
        if (failed > 0) {
            parts.add(new FollowState(true, 1, 0, told, failed, List.of(), Map.of()));
        }
        return parts;
    }

    @Override
    public void close() {
        EndOfInput.forget(endOfInput);
        tails.values().forEach(Tail::close);
        follower.close();
    }

    private final class Told implements SourceTime.Output {
        @Override
        public void time(long millis) {
            watched.emitWatermark(new Watermark(millis));
        }

        @Override
        public void idle(boolean isIdle) {
            if (isIdle) {
                watched.markIdle();
            } else {
                watched.markActive();
            }
        }
    }

    /** A file as far as it is read. */
    private final class Tail {
        private static final long LONGEST_PAUSE_MILLIS = 60_000;

        final FollowedFile file;
        @Nullable OpenPart open;
        long time = Long.MIN_VALUE;
        boolean waits;

        /** The file's {@link FollowedFile#end} when all whole lines had been read. */
        long readTo = Long.MIN_VALUE;

        private int generation;
        private boolean started;
        private boolean grown;
        private long seenEnd = Long.MIN_VALUE;
        private long start = Long.MIN_VALUE;
        private long quietSince;
        private final Backoff backoff = new Backoff(LONGEST_PAUSE_MILLIS);
        private long retryAtMillis;
        private int failures;
        private long failedAt = -1;

        Tail(FollowedFile file) {
            this.file = file;
            this.generation = file.generation();
            Long restored = restoredTimes.remove(file.id());
            if (restored != null) {
                time = restored;
            }
        }

        int ordinal() {
            return (int) (file.id() % org.asntally.sources.files.InputFile.MOST);
        }

        OpenPart open() {
            OpenPart opened =
                    what.format() instanceof PacketFormat packets
                            ? OpenCapture.of(
                                    file, ordinal(), inputs, packets, what.fromEnd(), flows)
                            : OpenLines.of(
                                    file,
                                    ordinal(),
                                    inputs,
                                    what.format() instanceof LineFormat lines ? lines : null,
                                    flows);
            open = opened;
            return opened;
        }

        void close() {
            OpenPart was = open;
            open = null;
            if (was != null) {
                was.close();
            }
            file.close();
        }

        /** After each look. */
        void look(long now) {
            if (generation != file.generation()) {
                generation = file.generation();
                retryAtMillis = 0;
                readTo = Long.MIN_VALUE;
                close();
            }
            grown |= seenEnd != Long.MIN_VALUE && seenEnd != file.end();
            seenEnd = file.end();
            if (isBehind()) {
                quietSince = 0;
            } else if (quietSince == 0) {
                // What nobody has written to since it was first seen is quiet for longer.
                long changed = file.changedMillis();
                quietSince = grown || changed == 0 ? now : Math.min(now, changed);
            }
            if (!started && file.isUnread() && file.position() == 0) {
                started = true;
                start = firstTime.of(file);
            }
        }

        /** Whether nothing more is to be done with it; it is closed then. */
        boolean isOver(long now) {
            boolean over = !follower.knows(file) || (file.isDone() && !holdsTime(now));
            if (over) {
                close();
            }
            return over;
        }

        void handedOver() {
            OpenPart now = open;
            if (now != null) {
                FileSplit left = now.left();
                file.readTo(left.position(), left.inLine());
            }
        }

        boolean waits() {
            return waits;
        }

        /** Whether lines are there that were not read, apart from one that is not whole. */
        boolean isBehind() {
            return (file.isUnread() && file.end() != readTo) || file.isSought();
        }

        boolean isReadable(long now) {
            return file.isUnread() && file.end() != readTo && now >= retryAtMillis;
        }

        boolean isBefore(Tail other) {
            int order = Long.compare(heldAt(), other.heldAt());
            return order < 0 || (order == 0 && file.id() < other.file.id());
        }

        /** No line before this time is to come from it, but for those out of order. */
        long heldAt() {
            return time != Long.MIN_VALUE ? time : start;
        }

        boolean holdsTime(long now) {
            if (isBehind()) {
                // What cannot be read for long does not stop the others.
                return failures == 0 || backoff.millis() < what.idle().toMillis();
            }
            if (!what.follow()) {
                return !file.isDone();
            }
            long quiet = quietSince == 0 ? 0 : now - quietSince;
            return time != Long.MIN_VALUE
                    && !file.isDone()
                    && quiet < (file.isRotated() ? 2 * what.poll().toMillis() : idleMillis());
        }

        private long idleMillis() {
            long idle = what.idle().toMillis();
            return idle == 0 ? Long.MAX_VALUE : idle;
        }

        /** What is packed and has failed some times will not get better. */
        boolean isHopeless() {
            return ++failures >= 3 && (file.isPacked() || !what.follow());
        }

        /** What is read again up to where it cannot be read has not got better. */
        void wentOn() {
            if (file.position() > failedAt) {
                succeeded();
            }
        }

        void succeeded() {
            failures = 0;
            backoff.succeeded();
        }

        void backOff() {
            failedAt = file.position();
            retryAtMillis = clock.getAsLong() + backoff.failed();
        }
    }
}
