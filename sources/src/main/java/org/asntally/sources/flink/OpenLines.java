package org.asntally.sources.flink;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.asntally.lookup.read.Reasons;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.SkipReason;
import org.asntally.sources.files.Blocks;
import org.asntally.sources.files.ByteBlocks;
import org.asntally.sources.files.FollowedFile;
import org.asntally.sources.files.FormatTeller;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.files.LineBlocks;
import org.asntally.sources.text.BadLines;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LineReader;
import org.asntally.sources.text.ReaderOptions;
import org.jspecify.annotations.Nullable;

/** Lines of an input, or of a part of one, that are being read into batches. */
final class OpenLines extends OpenPart {
    /** Opens an input that may have to be opened again. */
    @FunctionalInterface
    interface Opener {
        LineBlocks open(BadLines tooLong) throws IOException;
    }

    /** As much text may be read without a batch: that bounds what a checkpoint repeats. */
    private static final int UNTOLD = 1 << 20;

    /** As much is looked at to tell a format. */
    private static final int HEAD = 1 << 16;

    /** Where a line stands is not looked for behind this. */
    private static final long NUMBERED = 4L << 30;

    private final @Nullable Opener opener;
    private final BadLines bad =
            new BadLines() {
                @Override
                public void badLine(SkipReason reason, byte[] text, int from, int to) {
                    OpenLines.this.badLine(reason, text, from, to);
                }

                @Override
                public void otherFormat(LineFormat format) {
                    Notices.formatChosen(input.name(), format);
                }
            };
    private final LongSupplier lineNumber = this::lineNumber;
    private final Notices.@Nullable Told[] told =
            new Notices.@Nullable Told[SkipReason.values().length];

    /** Whether all lines pass here, so that they can be counted. */
    private final boolean numbered;

    private volatile @Nullable LineBlocks blocks;
    private @Nullable LineReader lines;
    private long emittedTo;
    private boolean emittedInLine;
    private int untold;
    private long feeds;
    private int counted;
    private long badAt;
    private int badFrom;

    /**
     * Reads a part.
     *
     * @param begun the input, when its first bytes have been read already
     */
    OpenLines(
            FileSplit split,
            LineInputs inputs,
            FlowBatchBuilder flows,
            @Nullable ByteBlocks begun) {
        this(split, inputs, inputs.of(split), null, flows);
        if (begun != null) {
            blocks = LineBlocks.of(begun, split.inLine(), split.lastStart(), bad);
        }
    }

    private OpenLines(
            FileSplit split,
            LineInputs inputs,
            InputFile input,
            @Nullable Opener opener,
            FlowBatchBuilder flows) {
        super(split, inputs, input, flows);
        this.opener = opener;
        this.emittedTo = split.position();
        this.emittedInLine = split.inLine();
        this.numbered = !input.isDivisible() && split.position() == 0;
        if (input.format() instanceof LineFormat format) {
            lines = reader(format);
        }
    }

    /** A file that is followed, from where it was left. A failure is left to the caller. */
    static OpenLines of(
            FollowedFile file,
            int ordinal,
            LineInputs inputs,
            @Nullable LineFormat format,
            FlowBatchBuilder flows) {
        return new OpenLines(
                rest(file, ordinal), inputs, followed(file, ordinal, format), file::open, flows);
    }

    private LineReader reader(LineFormat format) {
        return format.open(dated(inputs.options(), input.changedMillis()));
    }

    /** What the user said, the day of a file's last change being the one of stamps without. */
    static ReaderOptions dated(ReaderOptions options, long changedMillis) {
        return changedMillis == 0
                ? options
                : options.orDate(
                        LocalDate.ofInstant(Instant.ofEpochMilli(changedMillis), options.zone()));
    }

    @Override
    Step step(ReaderOutput<FlowBatch> out) {
        LineBlocks text = blocks;
        try {
            if (text == null) {
                text = open();
                blocks = text;
            }
            LineReader reader = lines;
            if (reader != null && text.from() < text.to()) {
                parse(text, reader, out);
                return Step.MORE;
            }
            count(text);
            counted = 0;
            Blocks.Next next = text.next();
            counted = text.from();
            switch (next) {
                case MORE -> {
                    return lines != null || tellFormat(text) ? Step.MORE : fail(UNKNOWN, out);
                }
                case WAIT -> {
                    flush(out);
                    return Step.WAIT;
                }
                case END -> {
                    flush(out);
                    return Step.DONE;
                }
            }
        } catch (IOException e) {
            return fail(Reasons.of(e), out);
        }
        throw new IllegalStateException();
    }

    private LineBlocks open() throws IOException {
        if (opener != null) {
            return opener.open(bad);
        }
        ByteBlocks bytes = inputs.bytes(input, split.position());
        return LineBlocks.of(bytes, split.inLine(), split.lastStart(), bad);
    }

    private void parse(LineBlocks text, LineReader reader, ReaderOutput<FlowBatch> out) {
        int from = text.from();
        startBatch(text.positionOf(from));
        int at = reader.readBlock(text.bytes(), from, text.to(), flows, bad);
        text.consume(at);
        untold += at - from;
        if (flows.isFull() || untold >= UNTOLD) {
            flush(out);
        }
    }

    @Override
    void flush(ReaderOutput<FlowBatch> out) {
        if (!flows.isEmpty()) {
            out.collect(flows.build());
        }
        LineBlocks text = blocks;
        if (text != null) {
            emittedTo = text.position();
            emittedInLine = text.isInLine();
        }
        untold = 0;
    }

    /** Looks for the format, passing over blank lines; whether there is hope. */
    private boolean tellFormat(LineBlocks text) {
        int length = Math.min(text.to() - text.from(), HEAD);
        if (FormatTeller.isBlank(text.bytes(), text.from(), text.to())) {
            passBlanks(text);
            return true;
        }
        byte[] head = Arrays.copyOfRange(text.bytes(), text.from(), text.from() + length);
        boolean whole = text.isEnded() && length == text.to() - text.from();
        FlowFormat format = inputs.teller().tell(head, length, whole);
        if (format instanceof LineFormat told) {
            Notices.formatChosen(input.name(), format);
            lines = reader(told);
            return true;
        }
        return !text.isEnded() && length < HEAD;
    }

    private void passBlanks(LineBlocks text) {
        long blanks = LineCount.feeds(text.bytes(), text.from(), text.to());
        if (blanks > 0) {
            startBatch(text.positionOf(text.from()));
        }
        for (; blanks > 0; blanks--) {
            flows.skip(SkipReason.BLANK);
        }
        text.consume(text.to());
    }

    private Step fail(String cause, ReaderOutput<FlowBatch> out) {
        return opener != null ? leave(cause, out) : fail(cause, emittedTo, out);
    }

    private void badLine(SkipReason reason, byte[] text, int from, int to) {
        LineBlocks now = blocks;
        if (now == null) {
            return;
        }
        badFrom = from;
        badAt = now.positionOf(from);
        Notices.Told so = told[reason.ordinal()];
        if (so == null) {
            so = Notices.told(input.name(), reason);
            told[reason.ordinal()] = so;
        }
        Notices.badLine(so, input.name(), reason, text, from, to, lineNumber);
        if (reason == SkipReason.TOO_LONG) {
            startBatch(badAt);
            flows.skip(reason);
            feeds++;
        }
    }

    private void count(LineBlocks text) {
        if (numbered) {
            feeds += LineCount.feeds(text.bytes(), counted, text.from());
        }
    }

    private long lineNumber() {
        LineBlocks text = blocks;
        if (numbered && text != null) {
            return feeds + LineCount.feeds(text.bytes(), counted, badFrom) + 1;
        }
        if (!input.isDivisible() || badAt > NUMBERED) {
            return 0;
        }
        try (InputStream in = input.open()) {
            return LineCount.feeds(in, badAt) + 1;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    boolean isNearlyDone() {
        LineBlocks text = blocks;
        return text != null && (text.isEnded() || split.lastStart() - text.position() < NEARLY);
    }

    @Override
    CompletableFuture<Void> available() {
        LineBlocks text = blocks;
        return text == null ? NOW : text.available();
    }

    @Override
    void stop() {
        LineBlocks text = blocks;
        if (text != null) {
            text.stop();
        }
    }

    @Override
    FileSplit left() {
        return new FileSplit(
                split.ordinal(), split.name(), emittedTo, emittedInLine, split.lastStart());
    }

    @Override
    void close() {
        LineBlocks text = blocks;
        if (text != null) {
            text.close();
        }
    }
}
