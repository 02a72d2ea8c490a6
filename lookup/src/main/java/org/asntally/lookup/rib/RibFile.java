package org.asntally.lookup.rib;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.asntally.lookup.lpm.Ipv4Table;
import org.asntally.lookup.lpm.Ipv6Table;
import org.jspecify.annotations.Nullable;

/**
 * A table as a file that is mapped and used as it lies.
 *
 * <pre>
 * offset  bytes  little-endian
 *      0      8  0x89 'R' 'I' 'B' CR LF 0x1a LF
 *      8      4  layout version, 2
 *     12      4  number of sections s
 *     16      8  length of the file
 *     24     32  content hash
 *     56      4  CRC-32C of bytes 0 to 55 and of the directory
 *     60      4  0
 *     64   24*s  directory: section (4), its CRC-32C (4), offset (8), length (8)
 *                sections, each at a multiple of 64
 * </pre>
 *
 * <p>Sections of unknown numbers are passed over. Opening checks everything: what it gives can be
 * asked anything without an exception.
 */
public final class RibFile {

    private static final long MAGIC = 0x0a1a0a0d42495289L;
    private static final int VERSION = 2;
    private static final int HEADER = 64;
    private static final int ENTRY = 24;
    private static final int ALIGNMENT = 64;
    private static final int MAX_SECTIONS = 1_000;

    private final Path path;
    private final ByteBuffer file;
    private final @Nullable ByteBuffer[] sections = new ByteBuffer[RibSection.count()];

    private RibFile(Path path, ByteBuffer file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Maps a file and checks it from end to end: some ten milliseconds for a million routes.
     *
     * @throws RibFormatException when it is no RIB file or a damaged one
     * @throws IOException when it cannot be read
     */
    public static Rib open(Path path) throws IOException {
        RibFile opened = map(path);
        Rib rib = opened.rib();
        opened.checkSums();
        String damage = RibCheck.damage(rib.parts());
        if (damage != null) {
            throw opened.bad("is damaged: " + damage);
        }
        return rib;
    }

    /**
     * As {@link #open}, and makes the content hash anew: what the file's id promises is in it.
     *
     * @throws RibFormatException when it is no RIB file, a damaged one, or of other content
     * @throws IOException when it cannot be read
     */
    public static Rib verify(Path path) throws IOException {
        Rib rib = open(path);
        if (!Arrays.equals(rib.hash(), ContentHash.of(rib.parts(), rib.info()))) {
            throw new RibFormatException(path, "does not hold what its id says");
        }
        return rib;
    }

    /**
     * Maps a file that came with the program: checks its frame but not its content.
     *
     * @throws RibFormatException when it is no RIB file or a cut-off one
     * @throws IOException when it cannot be read
     */
    public static Rib openShipped(Path path) throws IOException {
        return map(path).rib();
    }

    /**
     * Maps a file whose content was checked when it was written: its frame and all checksums, which
     * tell whatever happened to it since, but not whether it makes sense.
     *
     * @throws RibFormatException when it is no RIB file or a damaged one
     * @throws IOException when it cannot be read
     */
    public static Rib openKnown(Path path) throws IOException {
        RibFile opened = map(path);
        opened.checkSums();
        return opened.rib();
    }

    /** Whether a file begins as a RIB file does. */
    static boolean begins(byte[] head) {
        return head.length >= 8
                && ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong() == MAGIC;
    }

    private static RibFile map(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < HEADER) {
                throw new RibFormatException(path, "is no RIB file: it has " + size + " bytes");
            }
            if (size > Integer.MAX_VALUE) {
                throw new RibFormatException(path, "is larger than 2 GB: not a RIB file of ours");
            }
            ByteBuffer file = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
            file.order(ByteOrder.LITTLE_ENDIAN);
            RibFile opened = new RibFile(path, file);
            opened.readFrame();
            return opened;
        }
    }

    private void readFrame() throws RibFormatException {
        if (file.getLong(0) != MAGIC) {
            throw bad("is no RIB file");
        }
        int version = file.getInt(8);
        if (version != VERSION) {
            throw bad("is of RIB layout " + version + ", this program reads " + VERSION);
        }
        long length = file.getLong(16);
        if (length != file.limit()) {
            throw bad(
                    length > file.limit()
                            ? "is cut off: " + file.limit() + " of " + length + " bytes"
                            : "has " + file.limit() + " bytes where " + length + " are due");
        }
        int count = file.getInt(12);
        if (count < 0 || count > MAX_SECTIONS || HEADER + (long) ENTRY * count > length) {
            throw bad("is damaged: " + count + " sections");
        }
        CRC32C crc = new CRC32C();
        crc.update(file.slice(0, 56));
        crc.update(file.slice(HEADER, ENTRY * count));
        if ((int) crc.getValue() != file.getInt(56)) {
            throw bad("is damaged: the checksum of its header is wrong");
        }
        for (int i = 0; i < count; i++) {
            readEntry(HEADER + ENTRY * i);
        }
        for (RibSection section : RibSection.values()) {
            if (sections[section.ordinal()] == null && section.isOptional()) {
                sections[section.ordinal()] = ByteBuffer.allocate(0);
            } else if (sections[section.ordinal()] == null) {
                throw bad("is damaged: it has no section '" + section.words + "'");
            }
        }
    }

    private void readEntry(int at) throws RibFormatException {
        RibSection section = RibSection.of(file.getInt(at));
        long offset = file.getLong(at + 8);
        long length = file.getLong(at + 16);
        if (offset < 0
                || length < 0
                || offset > file.limit()
                || length > file.limit() - offset
                || offset % ALIGNMENT != 0) {
            throw bad("is damaged: section " + file.getInt(at) + " is not within the file");
        }
        if (section == null) {
            return;
        }
        if (length % section.width != 0) {
            throw bad("is damaged: section '" + section.words + "' has " + length + " bytes");
        }
        sections[section.ordinal()] =
                file.slice((int) offset, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void checkSums() throws RibFormatException {
        int count = file.getInt(12);
        CRC32C crc = new CRC32C();
        for (int i = 0; i < count; i++) {
            int at = HEADER + ENTRY * i;
            crc.reset();
            crc.update(file.slice((int) file.getLong(at + 8), (int) file.getLong(at + 16)));
            if ((int) crc.getValue() != file.getInt(at + 4)) {
                RibSection section = RibSection.of(file.getInt(at));
                throw bad(
                        "is damaged: the checksum of section '"
                                + (section == null ? file.getInt(at) : section.words)
                                + "' is wrong");
            }
        }
    }

    private RibFormatException bad(String what) {
        return new RibFormatException(path, what);
    }

    private ByteBuffer section(RibSection section) {
        return sections[section.ordinal()].duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    private Rib rib() throws RibFormatException {
        RibParts parts =
                new RibParts(
                        section(RibSection.ADDRESS_4).asIntBuffer(),
                        section(RibSection.HIGH_6).asLongBuffer(),
                        section(RibSection.LOW_6).asLongBuffer(),
                        section(RibSection.LENGTHS),
                        section(RibSection.ORIGINS).asIntBuffer(),
                        section(RibSection.LINES).asIntBuffer(),
                        section(RibSection.FILES).asShortBuffer(),
                        section(RibSection.COUNTRIES).asShortBuffer(),
                        section(RibSection.MANY_ROUTES).asIntBuffer(),
                        section(RibSection.MANY_STARTS).asIntBuffer(),
                        section(RibSection.MANY_ORIGINS).asIntBuffer(),
                        section(RibSection.AS_SETS).asIntBuffer(),
                        section(RibSection.NAMED_ASNS).asIntBuffer(),
                        section(RibSection.NAME_STARTS).asIntBuffer(),
                        section(RibSection.NAME_TEXT),
                        Ipv4Table.over(
                                section(RibSection.CELLS_4).asLongBuffer(),
                                section(RibSection.RUNS_4).asIntBuffer()),
                        Ipv6Table.over(
                                section(RibSection.SLOTS_6).asIntBuffer(),
                                section(RibSection.HIGHS_6).asLongBuffer(),
                                section(RibSection.RUNS_6).asIntBuffer(),
                                section(RibSection.BLOCKS_6).asIntBuffer(),
                                section(RibSection.LOWS_6).asLongBuffer(),
                                section(RibSection.TAILS_6).asIntBuffer()));
        RibInfo info =
                RibFacts.read(
                        section(RibSection.FACTS),
                        parts.v4Routes(),
                        parts.high6().limit(),
                        parts.namedAsns().limit());
        if (info == null) {
            throw bad("is damaged: its facts cannot be read");
        }
        byte[] hash = new byte[32];
        file.get(24, hash);
        return new Rib(parts, info, hash);
    }

    /**
     * Writes a table: beside the target first, then renamed, so that a reader sees all or nothing.
     */
    public static void write(Rib rib, Path path) throws IOException {
        Path target = path.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new NoSuchFileException(String.valueOf(directory));
        }
        String name = String.valueOf(target.getFileName());
        Leftovers.sweep(directory, "." + name + ".");
        publish(rib, directory, "." + name + ".", written -> written, written -> name);
    }

    /**
     * Writes a table into a folder under a name that is known only when all is written.
     *
     * @param begin how the name of the file that is being written begins; the process follows
     * @param stamp gives the table with the times that hold at the moment of the rename
     * @return the file
     */
    static Path publish(
            Rib rib,
            Path directory,
            String begin,
            UnaryOperator<Rib> stamp,
            Function<Rib, String> name)
            throws IOException {
        Path beside = directory.resolve(begin + ProcessHandle.current().pid());
        Files.deleteIfExists(beside);
        try {
            Path target;
            try (FileChannel out =
                    FileChannel.open(
                            beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                RibWriter writer = new RibWriter(out);
                writer.write(rib);
                out.force(true);
                // What cannot be read back is not made known.
                open(beside);
                Rib stamped = stamp.apply(rib);
                if (stamped != rib) {
                    writer.restamp(stamped);
                    out.force(true);
                }
                target = directory.resolve(name.apply(stamped));
            }
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
            return target;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** The frame of a file, as {@link RibWriter} fills it. */
    static ByteBuffer frame(long length, byte[] hash, RibSection[] ids, int[] crcs, long[] places) {
        int count = ids.length;
        ByteBuffer frame =
                ByteBuffer.allocate(HEADER + ENTRY * count).order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(MAGIC).putInt(VERSION).putInt(count).putLong(length).put(hash);
        frame.position(HEADER);
        for (int i = 0; i < count; i++) {
            frame.putInt(ids[i].id).putInt(crcs[i]);
            frame.putLong(places[2 * i]).putLong(places[2 * i + 1]);
        }
        CRC32C crc = new CRC32C();
        crc.update(frame.array(), 0, 56);
        crc.update(frame.array(), HEADER, ENTRY * count);
        return frame.putInt(56, (int) crc.getValue()).rewind();
    }

    static long aligned(long offset) {
        return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
