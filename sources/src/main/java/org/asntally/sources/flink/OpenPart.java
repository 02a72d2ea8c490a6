package org.asntally.sources.flink;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.SkipReason;
import org.asntally.sources.files.Compression;
import org.asntally.sources.files.FollowedFile;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.live.LiveFormat;
import org.asntally.sources.packet.PacketFormat;
import org.jspecify.annotations.Nullable;

/** A part of an input that is being read into batches. */
abstract sealed class OpenPart permits OpenLines, OpenCapture, OpenLive, OpenUnknown {

    /** What one step came to. */
    enum Step {
        MORE,
        WAIT,
        DONE,
        /** It may be tried again; what was read before was handed over. */
        FAILED
    }

    /** So much before the end the next part is asked for. */
    static final long NEARLY = 1 << 20;

    static final String UNKNOWN = "its first lines look like none of the known formats";

    static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

    final FileSplit split;
    final LineInputs inputs;
    final InputFile input;
    final FlowBatchBuilder flows;
    private String failure = "";

    OpenPart(FileSplit split, LineInputs inputs, FlowBatchBuilder flows) {
        this(split, inputs, inputs.of(split), flows);
    }

    /** A part of an input that need not be one of the list. */
    OpenPart(FileSplit split, LineInputs inputs, InputFile input, FlowBatchBuilder flows) {
        this.split = split;
        this.inputs = inputs;
        this.input = input;
        this.flows = flows;
        flows.forget();
    }

    /** What reads this part. */
    static OpenPart of(FileSplit split, LineInputs inputs, FlowBatchBuilder flows) {
        FlowFormat format = inputs.of(split).format();
        if (format == null) {
            return new OpenUnknown(split, inputs, flows);
        }
        if (format instanceof LiveFormat live) {
            return new OpenLive(split, inputs, flows, live);
        }
        return format instanceof PacketFormat capture
                ? new OpenCapture(split, inputs, flows, capture, null)
                : new OpenLines(split, inputs, flows, null);
    }

    /** Reads one block or makes one batch. */
    abstract Step step(ReaderOutput<FlowBatch> out);

    /** Why it failed. */
    final String failure() {
        return failure;
    }

    /** Hands over what is there. */
    abstract void flush(ReaderOutput<FlowBatch> out);

    /** Whether it is time to ask for more. */
    abstract boolean isNearlyDone();

    /** Done when {@link #step} is worth a call. */
    abstract CompletableFuture<Void> available();

    /** What was read still comes, then the end. Any thread. */
    abstract void stop();

    /** What is not in any batch that was emitted. */
    abstract FileSplit left();

    abstract void close();

    final boolean isStream() {
        return input.isStream();
    }

    /** Tells of a packet that gave no flow, unless that is no fault of the capture. */
    final void tellBadPacket(
            Notices.@Nullable Told[] told,
            SkipReason reason,
            byte[] bytes,
            int from,
            int to,
            long position) {
        if (reason == SkipReason.NOT_IP || reason == SkipReason.FILTERED) {
            return;
        }
        Notices.Told so = told[reason.ordinal()];
        if (so == null) {
            so = Notices.told(input.name(), reason);
            told[reason.ordinal()] = so;
        }
        Notices.badPacket(so, input.name(), reason, bytes, from, to, position);
    }

    final void startBatch(long position) {
        if (flows.isEmpty()) {
            flows.startsAt(FlowBatch.position(input.ordinal(), position));
        }
    }

    /** Leaves it to the caller what a failure means, after the batches that could be read. */
    final Step leave(String cause, ReaderOutput<FlowBatch> out) {
        failure = cause;
        flush(out);
        return Step.FAILED;
    }

    /** A file that is followed, as an input of its own. */
    static InputFile followed(FollowedFile file, int ordinal, @Nullable FlowFormat format) {
        return new InputFile(
                file.name(),
                ordinal,
                InputFile.Kind.REGULAR,
                0,
                Compression.NONE,
                format,
                file.changedMillis(),
                "");
    }

    /** What is left of it. */
    static FileSplit rest(FollowedFile file, int ordinal) {
        return new FileSplit(
                ordinal, file.name(), file.position(), file.isInLine(), file.lastStart());
    }

    /** Tells that the input cannot be read further, after the batches that could. */
    final Step fail(String cause, long emittedTo, ReaderOutput<FlowBatch> out) {
        startBatch(emittedTo);
        flows.skip(SkipReason.BROKEN_INPUT);
        Notices.inputFailed(input.name(), cause);
        flush(out);
        return Step.DONE;
    }
}
