package org.asntally.sources.files;

import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.packet.PacketFormat;
import org.asntally.sources.packet.PcapCut;
import org.jspecify.annotations.Nullable;

/**
 * One input, as it was when it was listed.
 *
 * @param name as the user gave it, or as it was found below a directory
 * @param ordinal its place in the list of inputs, from 0
 * @param kind how it is read
 * @param size bytes at listing; 0 also where a size means nothing
 * @param compression of regular files; other streams tell it when they are read
 * @param format what its lines look like; null: told when it is read, from the first lines that are
 *     not blank
 * @param changedMillis when it was changed last; 0 when unknown
 * @param text the lines of {@link Kind#TEXT}, else empty
 */
public record InputFile(
        String name,
        int ordinal,
        Kind kind,
        long size,
        Compression compression,
        @Nullable FlowFormat format,
        long changedMillis,
        String text)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** The name of standard input in lists and messages. */
    public static final String STDIN = "<stdin>";

    /** As many inputs as positions can tell apart. */
    public static final int MOST = 1 << 19;

    /** How an input is read. */
    public enum Kind {
        /** Any part of it, as often as one likes. */
        REGULAR,
        /** Once, at its writer's pace: a FIFO, a device. */
        STREAM,
        /** Standard input, as a stream. */
        STDIN,
        /** Given in the command itself. */
        TEXT,
        /** An interface that is captured from. */
        LIVE
    }

    /** Standard input as a stream; with no format it is told from the first lines. */
    public static InputFile stdin(int ordinal, @Nullable FlowFormat format) {
        return new InputFile(STDIN, ordinal, Kind.STDIN, 0, Compression.NONE, format, 0, "");
    }

    /** Lines that are here already, such as addresses from the command line. */
    public static InputFile ofText(String name, int ordinal, FlowFormat format, String text) {
        return new InputFile(
                name, ordinal, Kind.TEXT, text.length(), Compression.NONE, format, 0, text);
    }

    /** The packets of an interface, as they come. */
    public static InputFile live(String name, int ordinal, FlowFormat format) {
        return new InputFile(name, ordinal, Kind.LIVE, 0, Compression.NONE, format, 0, "");
    }

    /** The same input, its lines read as this. */
    public InputFile withFormat(FlowFormat newFormat) {
        return new InputFile(
                name, ordinal, kind, size, compression, newFormat, changedMillis, text);
    }

    /** The same input at another place of the list. */
    public InputFile withOrdinal(int newOrdinal) {
        return new InputFile(
                name, newOrdinal, kind, size, compression, format, changedMillis, text);
    }

    /** The day of its last change; null when unknown. */
    public @Nullable LocalDate date(ZoneId zone) {
        return changedMillis == 0
                ? null
                : LocalDate.ofInstant(Instant.ofEpochMilli(changedMillis), zone);
    }

    /** Whether its parts may be read apart. */
    public boolean isDivisible() {
        return kind == Kind.REGULAR
                && compression == Compression.NONE
                && size > 0
                && format != null
                && format.divisible();
    }

    /**
     * Where a part that begins at {@code start} may end: the place of the next part's first byte.
     * Lines are cut anywhere, since a part's reader finds the first line by itself.
     *
     * @param wanted about where
     * @return {@link LineBlocks#NO_END} when what is left has to stay one part
     */
    public long cut(long start, long wanted) {
        if (!isCutBetweenRecords()) {
            return wanted;
        }
        long cut = PcapCut.after(path(), start, wanted, size);
        return cut == PcapCut.NONE ? LineBlocks.NO_END : cut;
    }

    /** Whether parts begin at their very first byte. */
    public boolean isCutBetweenRecords() {
        return format instanceof PacketFormat;
    }

    /** Whether bytes come at a writer's pace, and only once. */
    public boolean isStream() {
        return kind == Kind.STREAM || kind == Kind.STDIN || kind == Kind.LIVE;
    }

    /** Its unpacked bytes, from the beginning, blocking. Of a stream: those not read so far. */
    public InputStream open() throws IOException {
        return switch (kind) {
            case REGULAR -> unpack(Files.newInputStream(path()));
            case STREAM -> Compression.unpackUnknown(new FileInputStream(name));
            case STDIN -> Compression.unpackUnknown(stdinBytes());
            case LIVE -> InputStream.nullInputStream();
            case TEXT -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        };
    }

    ByteFeed feed(long position) throws IOException {
        if (kind == Kind.REGULAR && compression == Compression.NONE) {
            return new RegularBytes(path(), position, size);
        }
        // What a stream gave once it does not give again: it goes on where it is.
        return new StreamBytes(name, this::open, isStream() ? 0 : position, isStream());
    }

    private Path path() {
        return name.equals(STDIN) ? StandardInput.PATH : Path.of(name);
    }

    private InputStream unpack(InputStream in) throws IOException {
        try {
            return compression.unpack(in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static InputStream stdinBytes() throws IOException {
        if (StandardInput.isClosed()) {
            throw new IOException("standard input is closed");
        }
        // Not System.in: its buffer hides what the kernel holds.
        return new FileInputStream(FileDescriptor.in);
    }
}
