package org.asntally.sources.flink;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.asntally.lookup.read.Reasons;
import org.asntally.sources.SkipReason;
import org.asntally.sources.udp.Datagrams;
import org.asntally.sources.udp.UdpAddress;
import org.asntally.sources.udp.UdpReceiver;
import org.jspecify.annotations.Nullable;

/**
 * Takes datagrams out of the rings of its sockets, on the task's thread: as soon as many wait, or
 * when the first has waited for {@link #GATHER_MILLIS}.
 *
 * <p>Time is the moment of receipt. What comes from now on is received from now on, so time goes on
 * while nothing comes, until the source is idle; it is idle while no socket is open.
 */
final class UdpReader implements SourceReader<byte[], UdpSplit> {

    /** A datagram waits for others no longer than this. */
    private static final long GATHER_MILLIS = 50;

    /** As often sockets are looked after, and time is told. */
    private static final long LOOK_MILLIS = 200;

    /** As often the kernel is asked what it dropped. */
    private static final long DROPS_MILLIS = 1_000;

    /** So long after the last datagram the kernel is asked on: by then all numbers are given up. */
    private static final long SETTLED_MILLIS = 3_000;

    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    /** An address that is required may be somebody else's for so long, as while a job moves. */
    private static final long PATIENCE_MILLIS = 10_000;

    /** Bytes of one record, about: some hundred datagrams. */
    private static final int PACK = 160 << 10;

    /** When so much waits it is not waited for more. */
    private static final int ENOUGH = 64 << 10;

    private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

    /** Of the task whose thread this is: what is chained behind a source finds it here. */
    private static final ThreadLocal<@Nullable UdpReader> OF_THREAD = new ThreadLocal<>();

    private final SourceReaderContext context;
    private final UdpListen listen;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final byte[] pack = new byte[PACK + 2 * Datagrams.LONGEST];
    private final Runnable wakeUp = this::wakeUp;
    private volatile CompletableFuture<Void> wait = new CompletableFuture<>();
    private long wakeAt;
    private long gatherUntil;
    private long nextLook;
    private long nextDrops;
    private long heard;
    private boolean unsettled;

    /** A required address cannot be had; told once. */
    private boolean isBroken;

    private boolean hasToldBroken;
    private int turn;
    private boolean saidIdle;
    private long sentTime = Long.MIN_VALUE;

    UdpReader(SourceReaderContext context, UdpListen listen) {
        this.context = context;
        this.listen = listen;
        // The thread that makes it is the task's.
        OF_THREAD.set(this);
    }

    /** The reader of the task that this thread runs; null when it is in another task. */
    static @Nullable UdpReader ofThisThread() {
        return OF_THREAD.get();
    }

    @Override
    public void start() {
        heard = now();
        EndOfInput.listen(wakeUp);
        MetricGroup metrics = context.metricGroup();
        metrics.gauge("sockets_failing", () -> sockets.stream().filter(s -> !s.isOpen()).count());
        metrics.gauge("bytes_waiting", this::waiting);
    }

    /** Milliseconds of a clock that nobody sets. */
    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void addSplits(List<UdpSplit> splits) {
        for (UdpSplit split : splits) {
            sockets.add(new Socket(listen.address(split)));
        }
        nextLook = now();
        wait.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public InputStatus pollNext(ReaderOutput<byte[]> out) {
        if (EndOfInput.requested()) {
            closeSockets();
            drain(out::collect);
            return InputStatus.END_OF_INPUT;
        }
        long now = now();
        if (now >= nextLook) {
            sockets.forEach(socket -> socket.look(now));
            nextLook = now + LOOK_MILLIS;
        }
        long waiting = waiting();
        if (waiting > 0) {
            heard = now;
            gatherUntil = gatherUntil == 0 ? now + GATHER_MILLIS : gatherUntil;
        }
        boolean settles = now >= nextDrops && (unsettled || now - heard < SETTLED_MILLIS);
        boolean breaks = isBroken && !hasToldBroken;
        if (settles || breaks || waiting >= ENOUGH || (waiting > 0 && now >= gatherUntil)) {
            gatherUntil = 0;
            out.collect(take(settles));
        }
        tellTime(out, now);
        return waiting() >= ENOUGH ? InputStatus.MORE_AVAILABLE : InputStatus.NOTHING_AVAILABLE;
    }

    /**
     * Hands over all that has come by now, and tells all that was dropped by now.
     *
     * <p>Called before a checkpoint by what is chained behind, so what is in the ring when a job is
     * stopped is counted.
     */
    void drain(Consumer<byte[]> to) {
        long left = waiting();
        gatherUntil = 0;
        while (left > 0) {
            byte[] taken = take(false);
            left -= Math.max(taken.length - Datagrams.FIRST, 1);
            to.accept(taken);
        }
        if (unsettled) {
            to.accept(take(true));
        }
    }

    /**
     * Takes as much as fits into one record.
     *
     * @param settles whether the kernel is asked what it dropped, after all else
     */
    private byte[] take(boolean settles) {
        int length = Datagrams.FIRST;
        int count = sockets.size();
        for (int i = 0; i < count && length < PACK; i++) {
            UdpReceiver receiver = sockets.get((turn + i) % count).receiver;
            if (receiver != null) {
                length += receiver.poll(pack, length, PACK - length);
            }
        }
        turn = count == 0 ? 0 : (turn + 1) % count;
        long byRing = 0;
        long byKernel = 0;
        for (Socket socket : sockets) {
            byRing += socket.takeRingDrops();
            byKernel += settles ? socket.takeKernelDrops() : 0;
        }
        Datagrams.putDropped(pack, byRing, byKernel, settles, isBroken && !hasToldBroken);
        hasToldBroken = isBroken;
        unsettled = !settles;
        if (settles) {
            nextDrops = now() + DROPS_MILLIS;
        }
        return Arrays.copyOf(pack, length);
    }

    private long waiting() {
        long waiting = 0;
        for (Socket socket : sockets) {
            UdpReceiver receiver = socket.receiver;
            waiting += receiver == null ? 0 : receiver.waiting();
        }
        return waiting;
    }

    private void tellTime(ReaderOutput<byte[]> out, long now) {
        // Before it is looked what waits: what comes after that look is not older.
        long oldest = System.currentTimeMillis() - GATHER_MILLIS;
        boolean anyOpen = false;
        for (Socket socket : sockets) {
            UdpReceiver receiver = socket.receiver;
            if (receiver != null) {
                anyOpen = true;
                oldest = Math.min(oldest, receiver.oldestMillis());
            }
        }
        long idle = listen.idle().toMillis();
        boolean isIdle = !anyOpen || (idle > 0 && now - heard >= idle);
        if (isIdle != saidIdle) {
            saidIdle = isIdle;
            if (isIdle) {
                out.markIdle();
            } else {
                out.markActive();
            }
        }
        long time = oldest - listen.outOfOrder().toMillis() - 1;
        if (!isIdle && time >= sentTime + GATHER_MILLIS) {
            sentTime = time;
            out.emitWatermark(new Watermark(time));
        }
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        if (EndOfInput.requested() || waiting() >= ENOUGH) {
            return NOW;
        }
        long now = now();
        long at = gatherUntil == 0 ? nextLook : Math.min(nextLook, gatherUntil);
        CompletableFuture<Void> waiting = wait;
        if (waiting.isDone() || at < wakeAt) {
            waiting = new CompletableFuture<>();
            wait = waiting;
            wakeAt = at;
            var unused =
                    waiting.completeOnTimeout(null, Math.max(0, at - now), TimeUnit.MILLISECONDS);
        }
        for (Socket socket : sockets) {
            UdpReceiver receiver = socket.receiver;
            if (receiver != null) {
                receiver.wakeWith(gatherUntil == 0 ? 1 : ENOUGH);
            }
        }
        if (EndOfInput.requested()) {
            waiting.complete(null);
        }
        return waiting;
    }

    private void wakeUp() {
        wait.complete(null);
    }

    /** Nothing: sockets are given anew. */
    @Override
    public List<UdpSplit> snapshotState(long checkpointId) {
        return List.of();
    }

    private void closeSockets() {
        sockets.forEach(Socket::close);
    }

    @Override
    public void close() {
        closeSockets();
        EndOfInput.forget(wakeUp);
        if (OF_THREAD.get() == this) {
            OF_THREAD.remove();
        }
    }

    /** A socket that is open, or is to be. */
    private final class Socket {
        private final UdpAddress address;
        private final Counter byRing;
        private final Counter byKernel;
        @Nullable UdpReceiver receiver;
        private boolean isClosed;
        private long retryAt = Long.MIN_VALUE;
        private long failsSince = Long.MIN_VALUE;
        private final Backoff backoff = new Backoff(LONGEST_PAUSE_MILLIS);

        Socket(UdpAddress address) {
            this.address = address;
            MetricGroup metrics = context.metricGroup().addGroup("listen", address.toString());
            this.byRing = metrics.counter("datagrams_dropped_by_ring");
            this.byKernel = metrics.counter("datagrams_dropped_by_kernel");
        }

        boolean isOpen() {
            UdpReceiver now = receiver;
            return now != null && !isClosed;
        }

        void look(long now) {
            UdpReceiver open = receiver;
            if (open == null) {
                if (retryAt == Long.MIN_VALUE || now >= retryAt) {
                    open(now);
                }
                return;
            }
            IOException failure = open.failure();
            if (failure != null && open.waiting() == 0) {
                receiver = null;
                open.close();
                trouble(failure, now);
            }
        }

        private void open(long now) {
            try {
                UdpReceiver opened =
                        UdpReceiver.open(
                                address.host(),
                                address.port(),
                                listen.sockets() > 1,
                                listen.receiveBuffer(),
                                listen.ring(),
                                wakeUp);
                receiver = opened;
                backoff.succeeded();
                failsSince = Long.MIN_VALUE;
                if (opened.receiveBuffer() < listen.receiveBuffer()) {
                    Notices.smallBuffer(
                            address.toString(), opened.receiveBuffer(), listen.receiveBuffer());
                }
                if (opened.isShared()) {
                    Notices.addressShared(address.toString());
                }
            } catch (IOException e) {
                trouble(e, now);
            }
        }

        private void trouble(IOException e, long now) {
            Notices.inputTrouble(address.toString(), Reasons.of(e));
            retryAt = now + backoff.failed();
            failsSince = failsSince == Long.MIN_VALUE ? now : failsSince;
            isBroken |= listen.required() && now - failsSince >= PATIENCE_MILLIS;
        }

        long takeRingDrops() {
            UdpReceiver open = receiver;
            return tell(
                    open == null ? 0 : open.takeRingDrops(),
                    byRing,
                    SkipReason.RING_BUFFER,
                    "decoding did not keep up");
        }

        long takeKernelDrops() {
            UdpReceiver open = receiver;
            return tell(
                    open == null ? 0 : open.takeKernelDrops(),
                    byKernel,
                    SkipReason.KERNEL_BUFFER,
                    "the kernel's buffer was full");
        }

        private long tell(long drops, Counter counter, SkipReason reason, String why) {
            if (drops > 0) {
                counter.inc(drops);
                Notices.datagramsDropped(address.toString(), reason, drops, why);
            }
            return drops;
        }

        void close() {
            UdpReceiver open = receiver;
            isClosed = true;
            if (open != null) {
                open.close();
            }
        }
    }
}
