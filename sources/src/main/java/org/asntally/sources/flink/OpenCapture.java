package org.asntally.sources.flink;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.asntally.lookup.read.Reasons;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;
import org.asntally.sources.files.ByteBlocks;
import org.asntally.sources.files.FollowedFile;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.packet.BadPackets;
import org.asntally.sources.packet.CaptureReader;
import org.asntally.sources.packet.PacketFormat;
import org.jspecify.annotations.Nullable;

/** A capture, or a part of one, that is being read into batches. */
final class OpenCapture extends OpenPart {
    /** As many bytes may be read without a batch: some thousand packets, some milliseconds. */
    private static final int UNTOLD = 8 << 20;

    /** The head of a pcap file. */
    private static final int HEAD = 24;

    private final @Nullable FollowedFile followed;

    /** Whether the first position of a followed file need not be the beginning of a record. */
    private final boolean fromEnd;

    private final CaptureReader packets;
    private final BadPackets bad = this::badPacket;
    private final Notices.@Nullable Told[] told =
            new Notices.@Nullable Told[SkipReason.values().length];
    private volatile @Nullable ByteBlocks blocks;
    private long emittedTo;
    private long untold;

    /**
     * Reads a part.
     *
     * @param begun the input, when its first bytes have been read already
     */
    OpenCapture(
            FileSplit split,
            LineInputs inputs,
            FlowBatchBuilder flows,
            PacketFormat format,
            @Nullable ByteBlocks begun) {
        this(split, inputs, inputs.of(split), null, false, flows, format, begun);
    }

    private OpenCapture(
            FileSplit split,
            LineInputs inputs,
            InputFile input,
            @Nullable FollowedFile followed,
            boolean fromEnd,
            FlowBatchBuilder flows,
            PacketFormat format,
            @Nullable ByteBlocks begun) {
        super(split, inputs, input, flows);
        this.followed = followed;
        this.fromEnd = fromEnd;
        this.packets = format.open();
        this.packets.endAt(split.lastStart());
        this.blocks = begun;
        this.emittedTo = split.position();
    }

    /** A file that is followed, from where it was left. A failure is left to the caller. */
    static OpenCapture of(
            FollowedFile file,
            int ordinal,
            LineInputs inputs,
            PacketFormat format,
            boolean fromEnd,
            FlowBatchBuilder flows) {
        return new OpenCapture(
                rest(file, ordinal),
                inputs,
                followed(file, ordinal, format),
                file,
                fromEnd,
                flows,
                format,
                null);
    }

    @Override
    Step step(ReaderOutput<FlowBatch> out) {
        try {
            ByteBlocks bytes = blocks;
            if (bytes == null) {
                bytes = open();
                blocks = bytes;
            }
            read(bytes);
            if (flows.isFull() || untold >= UNTOLD) {
                flush(out);
                return Step.MORE;
            }
            String failure = packets.failure();
            if (failure != null) {
                endPackets();
                return fail(failure, out);
            }
            if (packets.isDone()) {
                endPackets();
                flush(out);
                return Step.DONE;
            }
            switch (bytes.next()) {
                case MORE -> {
                    return Step.MORE;
                }
                case WAIT -> {
                    flush(out);
                    return Step.WAIT;
                }
                case END -> {
                    return end(bytes, out);
                }
            }
        } catch (IOException e) {
            return fail(Reasons.of(e), out);
        }
        throw new IllegalStateException();
    }

    private Step fail(String cause, ReaderOutput<FlowBatch> out) {
        return followed != null ? leave(cause, out) : fail(cause, emittedTo, out);
    }

    private ByteBlocks open() throws IOException {
        long position = split.position();
        FollowedFile file = followed;
        if (file != null) {
            byte[] head = new byte[HEAD];
            int length = position == 0 || fromEnd ? 0 : file.head(head);
            return file.openBytes(
                    fromEnd ? packets.passTo(position) : packets.goOn(head, length, position));
        }
        if (position == 0) {
            return inputs.bytes(input, 0);
        }
        if (input.isStream()) {
            throw new IOException("a capture that comes by a pipe cannot be read on in its middle");
        }
        byte[] head = new byte[HEAD];
        int length;
        try (InputStream in = input.open()) {
            length = in.readNBytes(head, 0, HEAD);
        }
        return inputs.bytes(input, packets.goOn(head, length, position));
    }

    private void read(ByteBlocks bytes) {
        int from = bytes.from();
        startBatch(bytes.position());
        int at = packets.read(bytes.bytes(), from, bytes.to(), bytes.position(), flows, bad);
        bytes.consume(at);
        untold += at - from;
    }

    private void endPackets() {
        packets.end(flows);
        Notices.exporterLosses(input.name(), packets.exporters());
    }

    private Step end(ByteBlocks bytes, ReaderOutput<FlowBatch> out) {
        endPackets();
        boolean whole = bytes.from() == bytes.to() && packets.isWhole();
        if (!whole && !bytes.isStopped()) {
            return fail("it is cut off at byte " + bytes.end(), out);
        }
        flush(out);
        return Step.DONE;
    }

    @Override
    void flush(ReaderOutput<FlowBatch> out) {
        if (!flows.isEmpty()) {
            out.collect(flows.build());
        }
        ByteBlocks bytes = blocks;
        if (bytes != null) {
            emittedTo = Math.max(emittedTo, bytes.position() + packets.passing());
        }
        untold = 0;
    }

    private void badPacket(SkipReason reason, byte[] bytes, int from, int to) {
        ByteBlocks now = blocks;
        if (now != null) {
            tellBadPacket(told, reason, bytes, from, to, now.positionOf(from));
        }
    }

    @Override
    boolean isNearlyDone() {
        ByteBlocks bytes = blocks;
        return bytes != null && (bytes.isEnded() || split.lastStart() - bytes.position() < NEARLY);
    }

    @Override
    CompletableFuture<Void> available() {
        ByteBlocks bytes = blocks;
        return bytes == null ? NOW : bytes.available();
    }

    @Override
    void stop() {
        ByteBlocks bytes = blocks;
        if (bytes != null) {
            bytes.stop();
        }
    }

    @Override
    FileSplit left() {
        return new FileSplit(split.ordinal(), split.name(), emittedTo, false, split.lastStart());
    }

    @Override
    void close() {
        ByteBlocks bytes = blocks;
        if (bytes != null) {
            bytes.close();
        }
    }
}
