package org.asntally.sources.flink;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.asntally.lookup.read.Reasons;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.files.Blocks;
import org.asntally.sources.files.ByteBlocks;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.packet.PacketFormat;
import org.jspecify.annotations.Nullable;

/** An input of unknown format: its first bytes tell whether there are packets or lines in it. */
final class OpenUnknown extends OpenPart {
    private volatile @Nullable ByteBlocks blocks;
    private volatile @Nullable OpenPart told;

    OpenUnknown(FileSplit split, LineInputs inputs, FlowBatchBuilder flows) {
        super(split, inputs, flows);
    }

    @Override
    Step step(ReaderOutput<FlowBatch> out) {
        OpenPart known = told;
        if (known != null) {
            return known.step(out);
        }
        try {
            ByteBlocks head = blocks;
            if (head == null) {
                head = inputs.bytes(input, split.position());
                blocks = head;
            }
            Blocks.Next next = head.next();
            boolean ended = next == Blocks.Next.END;
            if (!ended && head.to() - head.from() < CaptureFormat.HEAD) {
                return next == Blocks.Next.WAIT ? Step.WAIT : Step.MORE;
            }
            known = tell(head);
        } catch (IOException e) {
            return fail(Reasons.of(e), split.position(), out);
        }
        if (known == null) {
            return fail(UNKNOWN, split.position(), out);
        }
        told = known;
        return Step.MORE;
    }

    private @Nullable OpenPart tell(ByteBlocks head) {
        byte[] first = Arrays.copyOfRange(head.bytes(), head.from(), head.to());
        if (CaptureFormat.of(first, first.length) == null) {
            return new OpenLines(split, inputs, flows, head);
        }
        FlowFormat format = inputs.teller().tell(first, first.length, false);
        if (!(format instanceof PacketFormat capture)) {
            return null;
        }
        Notices.formatChosen(input.name(), format);
        return new OpenCapture(split, inputs, flows, capture, head);
    }

    @Override
    void flush(ReaderOutput<FlowBatch> out) {
        OpenPart known = told;
        if (known != null) {
            known.flush(out);
        } else if (!flows.isEmpty()) {
            out.collect(flows.build());
        }
    }

    @Override
    boolean isNearlyDone() {
        OpenPart known = told;
        return known != null && known.isNearlyDone();
    }

    @Override
    CompletableFuture<Void> available() {
        OpenPart known = told;
        ByteBlocks head = blocks;
        return known != null ? known.available() : head == null ? NOW : head.available();
    }

    @Override
    void stop() {
        OpenPart known = told;
        ByteBlocks head = blocks;
        if (known != null) {
            known.stop();
        } else if (head != null) {
            head.stop();
        }
    }

    @Override
    FileSplit left() {
        OpenPart known = told;
        return known != null ? known.left() : split;
    }

    @Override
    void close() {
        OpenPart known = told;
        ByteBlocks head = blocks;
        if (known != null) {
            known.close();
        } else if (head != null) {
            head.close();
        }
    }
}
