package org.asntally.sources.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.asntally.sources.text.BadLines;
import org.jspecify.annotations.Nullable;

/**
 * A file that is followed, under whatever name it has: its content is what it is. {@link Follower}
 * finds out what became of it, its reader tells how far it was read. One thread.
 */
public final class FollowedFile {
    private static final byte[] NO_BYTES = {};

    final long id;
    long device;
    long inode;
    FileHead head = FileHead.NONE;
    byte[] headBytes = NO_BYTES;
    Path path;
    @Nullable Path formerPath;
    long position;
    boolean inLine;
    long size;
    Compression compression = Compression.NONE;
    boolean packed;
    boolean done;
    long goneMillis;

    /** Of a part of a file: no line that begins behind this byte is its. */
    long lastStart = LineBlocks.NO_END;

    /** Looks since it is gone. */
    int missed;

    /** Of the last look that found it changed. */
    long seenSize = -1;

    long seenChanged;

    /** Clock time of the last growth that was seen. */
    long grewMillis;

    boolean rotated;

    /** It is gone, and its last bytes are the last. */
    boolean ending;

    /** Whether a look has found it since the start of this process. */
    boolean found;

    private int generation;
    private @Nullable FollowedBytes bytes;
    private @Nullable StreamBytes stream;

    FollowedFile(long id, Path path) {
        this.id = id;
        this.path = path;
    }

    static FollowedFile of(FileMark mark) {
        FollowedFile file = new FollowedFile(mark.id(), Path.of(mark.path()));
        file.device = mark.device();
        file.inode = mark.inode();
        file.head = mark.head();
        file.position = mark.position();
        file.inLine = mark.inLine();
        file.size = mark.size();
        file.packed = mark.packed();
        file.done = mark.done();
        file.goneMillis = mark.goneMillis();
        file.lastStart = mark.lastStart();
        return file;
    }

    /** What is to be remembered of it. */
    public FileMark mark() {
        return new FileMark(
                id,
                device,
                inode,
                head,
                path.toString(),
                position,
                inLine,
                size,
                packed,
                done,
                goneMillis,
                lastStart);
    }

    /** Its number in its source. */
    public long id() {
        return id;
    }

    /** Where it was seen last. */
    public String name() {
        return path.toString();
    }

    /** Its first bytes, as far as they are known; not to be changed. */
    public byte[] firstBytes() {
        return headBytes;
    }

    /** Where its next line begins, in unpacked bytes. */
    public long position() {
        return position;
    }

    /** Whether {@link #position} is in the middle of a line that is not wanted. */
    public boolean isInLine() {
        return inLine;
    }

    /** No line that begins behind this byte is wanted; {@link LineBlocks#NO_END}. */
    public long lastStart() {
        return lastStart;
    }

    /** Whether it is compressed. */
    public boolean isPacked() {
        return packed;
    }

    /** When it was changed last, clock time; 0 when unknown. */
    public long changedMillis() {
        return seenChanged;
    }

    /** Whether there is something to read: more bytes, or an end. */
    public boolean isUnread() {
        if (done || (isGone() && !isOpen())) {
            return false;
        }
        return packed
                ? stream != null || compression != Compression.NONE
                : wantedEnd() > position || ending;
    }

    /**
     * Whether it has unread bytes that are in no file at the moment: they may come back under
     * another name, or are lost.
     */
    public boolean isSought() {
        return !done
                && isGone()
                && bytes == null
                && stream == null
                && (packed || wantedEnd() > position);
    }

    /** What a reader that has read all of it may compare with later: another means more. */
    public long end() {
        return ending ? -1 : size;
    }

    /** How many bytes are to be read, of packed files as packed. */
    public long unread() {
        return done ? 0 : packed ? size : Math.max(0, wantedEnd() - position);
    }

    private long wantedEnd() {
        return lastStart < size ? lastStart + 1 : size;
    }

    /** Whether its writer has most likely left it: it has another name now, or none. */
    public boolean isRotated() {
        return rotated || packed || isGone();
    }

    /** Whether no more will come from it. */
    public boolean isDone() {
        return done;
    }

    /** Changes when it is to be opened anew. */
    public int generation() {
        return generation;
    }

    /** Everything before {@code newPosition} has been handed over. */
    public void readTo(long newPosition, boolean newInLine) {
        position = newPosition;
        inLine = newInLine;
    }

    /** It was read to its end, or what is left cannot be read. */
    public void finish() {
        done = true;
        close();
    }

    /**
     * Opens it where it was left, or for the first time.
     *
     * @throws NoSuchFileException when it was renamed since the last look: the next finds it
     */
    public LineBlocks open(BadLines tooLong) throws IOException {
        return new LineBlocks(feed(position), position, inLine, lastStart, tooLong);
    }

    /**
     * Opens what has no lines.
     *
     * @param from the first unpacked byte that is wanted
     * @throws NoSuchFileException when it was renamed since the last look: the next finds it
     */
    public ByteBlocks openBytes(long from) throws IOException {
        return new ByteBlocks(feed(from), from);
    }

    /** Reads its first bytes, unpacked; gives how many. */
    public int head(byte[] into) throws IOException {
        try (InputStream onDisk = Files.newInputStream(path)) {
            checkOpened(onDisk);
            InputStream unpacked = packed ? unpack(onDisk, compression) : onDisk;
            return unpacked.readNBytes(into, 0, into.length);
        }
    }

    private ByteFeed feed(long from) throws IOException {
        close();
        if (!packed) {
            return plain(from);
        }
        // Opened here, not by the thread that reads: by then the name may be another's.
        InputStream bytesOnDisk = Files.newInputStream(path);
        checkOpened(bytesOnDisk);
        Compression how = compression;
        StreamBytes unpacked = new StreamBytes(name(), () -> unpack(bytesOnDisk, how), from, false);
        stream = unpacked;
        return unpacked;
    }

    private static InputStream unpack(InputStream in, Compression how) throws IOException {
        try {
            return how.unpack(in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** What was opened by name is this file only if the name is still its own. */
    private void checkOpened(Closeable opened) throws IOException {
        FileEntry now = FileEntry.of(path);
        // A packed file does not change: one that did is another, of the same inode.
        if (now == null
                || !hasInode(now)
                || (packed && (now.size() != seenSize || now.changedMillis() != seenChanged))) {
            opened.close();
            throw new NoSuchFileException(name(), null, "it was renamed");
        }
    }

    private FollowedBytes plain(long from) throws IOException {
        FollowedBytes opened = new FollowedBytes(path, from);
        checkOpened(opened);
        byte[] first = new byte[head.length()];
        if (head.length() > 0 && !head.fits(first, opened.head(first))) {
            opened.close();
            throw new NoSuchFileException(name(), null, "another file has its inode");
        }
        opened.limit(size);
        if (ending) {
            opened.end();
        }
        bytes = opened;
        return opened;
    }

    /** Closes what is open. It may be opened again. */
    public void close() {
        FollowedBytes plain = bytes;
        StreamBytes open = stream;
        bytes = null;
        stream = null;
        if (plain != null) {
            plain.close();
        }
        if (open != null) {
            open.close();
        }
    }

    // What follows is for Follower.

    boolean isGone() {
        return goneMillis != 0;
    }

    boolean isOpen() {
        return bytes != null || stream != null;
    }

    boolean hasInode(FileEntry entry) {
        return inode != 0 && inode == entry.inode() && device == entry.device();
    }

    /** Bytes up to this one were seen. */
    void grow(long newSize, long nowMillis) {
        if (newSize != size) {
            grewMillis = nowMillis;
        }
        size = newSize;
        if (bytes != null) {
            bytes.limit(newSize);
        }
    }

    /** How many bytes a gone file has that is still open, with its first bytes; -1: it is not. */
    long lookAtOpenFile(byte[] first) throws IOException {
        FollowedBytes open = bytes;
        if (open == null) {
            return -1;
        }
        long now = open.size();
        int length = open.head(first);
        return Math.max(now, length);
    }

    /** What is open ends where it ends now. */
    void endHere() {
        ending = true;
        if (bytes != null) {
            bytes.end();
        }
    }

    /** Reads the first bytes of a plain file; gives how many. */
    int readHead(byte[] into) throws IOException {
        FollowedBytes open = bytes;
        if (open != null) {
            return open.head(into);
        }
        int length;
        try (InputStream in = Files.newInputStream(path)) {
            length = in.readNBytes(into, 0, into.length);
        }
        FileEntry now = FileEntry.of(path);
        if (now == null || !hasInode(now)) {
            throw new NoSuchFileException(name(), null, "it was renamed");
        }
        return length;
    }

    void setHead(byte[] first, int length) {
        head = FileHead.ofLines(first, length);
        headBytes = Arrays.copyOf(first, length);
    }

    /** Its content is in no file now. */
    void detach(long nowMillis) {
        close();
        generation++;
        device = 0;
        inode = 0;
        goneMillis = nowMillis;
        missed = 0;
    }

    /** Its content is in this file now. */
    void attach(FileEntry entry, Compression newCompression) {
        close();
        generation++;
        device = entry.device();
        inode = entry.inode();
        path = entry.path();
        compression = newCompression;
        packed = newCompression != Compression.NONE;
        size = entry.size();
        seenSize = entry.size();
        seenChanged = entry.changedMillis();
        goneMillis = 0;
        missed = 0;
        found = true;
    }
}
