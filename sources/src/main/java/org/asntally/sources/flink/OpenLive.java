package org.asntally.sources.flink;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;
import org.asntally.sources.live.CaptureException;
import org.asntally.sources.live.LiveCapture;
import org.asntally.sources.live.LiveFormat;
import org.asntally.sources.packet.BadPackets;
import org.jspecify.annotations.Nullable;

/**
 * An interface that is being captured from. Positions are numbers of packets. At most once: what
 * was captured and not counted before a failure is gone.
 */
final class OpenLive extends OpenPart {
    private static final long DROPS_NANOS = 1_000_000_000;

    /** A batch waits for more packets no longer than this. */
    private static final long FLUSH_NANOS = 100_000_000;

    /** So long what the kernel holds is taken after the wish to end: more comes all the time. */
    private static final long LAST_NANOS = 500_000_000;

    /** So long after a failure it is tried again. */
    private static final long PAUSE_MILLIS = 2_000;

    private final LiveFormat format;
    private final BadPackets bad = this::badPacket;
    private final Notices.@Nullable Told[] told =
            new Notices.@Nullable Told[SkipReason.values().length];
    private volatile @Nullable LiveCapture capture;
    private volatile boolean stopping;
    private volatile CompletableFuture<Void> pause = NOW;
    private long packets;
    private long begunAt;
    private long stoppedAt;
    private long dropsAt = System.nanoTime();

    OpenLive(FileSplit split, LineInputs inputs, FlowBatchBuilder flows, LiveFormat format) {
        super(split, inputs, flows);
        this.format = format;
        this.packets = split.position();
    }

    @Override
    Step step(ReaderOutput<FlowBatch> out) {
        LiveCapture from = capture;
        if (from == null) {
            if (stopping && format.patient()) {
                flush(out);
                return Step.DONE;
            }
            if (!pause.isDone()) {
                return Step.WAIT;
            }
            try {
                from = LiveCapture.open(input.name(), format);
            } catch (CaptureException e) {
                String said = e.said();
                return gone(said.isEmpty() ? words(e.trouble()) : said, out);
            }
            capture = from;
            if (stopping) {
                from.stop();
            }
        }
        boolean last = from.isStopped();
        if (last && stoppedAt == 0) {
            stoppedAt = System.nanoTime();
        }
        if (flows.isEmpty()) {
            begunAt = System.nanoTime();
            startBatch(packets);
        }
        int count = from.read(flows, bad);
        packets += Math.max(count, 0);
        long now = System.nanoTime();
        if (last || now - dropsAt > DROPS_NANOS) {
            from.countDrops(flows);
            dropsAt = now;
        }
        if (count < 0) {
            return gone(from.failure(), out);
        }
        if (flows.isFull() || count == 0 || now - begunAt > FLUSH_NANOS) {
            flush(out);
        }
        if (last && (count == 0 || now - stoppedAt > LAST_NANOS)) {
            flush(out);
            return Step.DONE;
        }
        return count > 0 ? Step.MORE : Step.WAIT;
    }

    private static String words(CaptureException.Trouble trouble) {
        return trouble.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The end, or a pause. */
    private Step gone(String cause, ReaderOutput<FlowBatch> out) {
        if (!format.patient()) {
            return fail(cause, packets, out);
        }
        Notices.inputTrouble(input.name(), cause);
        flush(out);
        close();
        capture = null;
        pause =
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return Step.WAIT;
    }

    private void badPacket(SkipReason reason, byte[] bytes, int from, int to) {
        tellBadPacket(told, reason, bytes, from, to, packets);
    }

    @Override
    void flush(ReaderOutput<FlowBatch> out) {
        if (!flows.isEmpty()) {
            out.collect(flows.build());
        }
    }

    @Override
    boolean isNearlyDone() {
        return false;
    }

    @Override
    CompletableFuture<Void> available() {
        LiveCapture from = capture;
        return from == null ? pause : from.available();
    }

    @Override
    void stop() {
        stopping = true;
        LiveCapture from = capture;
        if (from != null) {
            from.stop();
        }
        pause.complete(null);
    }

    @Override
    FileSplit left() {
        return new FileSplit(split.ordinal(), split.name(), packets, false, split.lastStart());
    }

    @Override
    void close() {
        LiveCapture from = capture;
        if (from != null) {
            from.close();
        }
    }
}
