package org.asntally.sources.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asntally.lookup.read.Reasons;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of some patterns again and again, and knows each by its content whatever became
 * of it: renamed, shifted along, copied and cut, packed, deleted.
 *
 * <p>A file is known by device, inode and {@link FileHead}. An inode whose file is shorter than
 * what was read of it, or begins otherwise, has a new file on it; what was on it before is sought:
 * among files that are new, by head, packed or not, and in the folder where it was seen last. What
 * is found is read on at the same position. What is not found within {@link #PATIENCE_MILLIS} is
 * lost, as many bytes as had been seen.
 *
 * <p>A file that begins as one that is known and still there is a copy of it and not read: packing
 * and copying take time.
 *
 * <p>Blocks on the file system. One thread. At most {@link #MOST} files are known; what is gone is
 * forgotten after a day.
 */
public final class Follower implements Closeable {

    /** Hears what the user should know. */
    public interface Listener {
        /** A file or folder cannot be read now; it is tried again. */
        void trouble(String name, String cause);

        /** Bytes were seen and will never be read. */
        void lost(String name, long bytes, String cause);
    }

    /** As many files are known at a time. */
    public static final int MOST = 10_000;

    /** So long what is in no file any more may take to come back. */
    static final long PATIENCE_MILLIS = 10_000;

    private static final int LOOKS = 3;

    /** So long a deleted file that is still open is watched for more. */
    private static final long GRACE_MILLIS = 30_000;

    /** So long a file is watched for more that was renamed to what no pattern fits. */
    private static final long LEFT_MILLIS = 600_000;

    /**
     * A packed file that was changed since is still being written; a plain one may have been cut
     * and written to the same size within the resolution of its time.
     */
    private static final long STEADY_MILLIS = 2_000;

    private static final long FORGET_MILLIS = 24 * 3_600_000L;

    private final List<String> arguments;
    private final Listener listener;
    private final Map<Long, FollowedFile> files = new LinkedHashMap<>();
    private final Map<FileEntry.Key, Copy> copies = new HashMap<>();
    private final Map<FileEntry.Key, Unsteady> unsteady = new HashMap<>();
    private final Map<String, Retry> retries = new HashMap<>();
    private final byte[] first = new byte[FileHead.LONGEST];
    private boolean fromEnd;
    private boolean looked;
    private boolean whole;
    private boolean onlyKnown;
    private long nextId = 1;
    private long now;
    private int failing;

    /** A copy of a file that is still there, as it was when it was told to be one. */
    private record Copy(long id, int head, long size, long changedMillis) {}

    private record Unsteady(long size, long changedMillis, long sinceMillis) {}

    private record Retry(long atMillis, long pauseMillis) {}

    /**
     * Follows what these patterns fit; see {@link InputFiles} for them. A folder means all files
     * below it.
     *
     * @param fromEnd whether what the very first look finds counts from its end on
     */
    public Follower(List<String> arguments, boolean fromEnd, Listener listener) {
        this.arguments = List.copyOf(arguments);
        this.fromEnd = fromEnd;
        this.listener = listener;
    }

    /** Goes on from what another has known. */
    public void restore(boolean hasLooked, long newNextId, List<FileMark> marks) {
        looked = hasLooked;
        nextId = newNextId;
        for (FileMark mark : marks) {
            files.put(mark.id(), FollowedFile.of(mark));
        }
    }

    /**
     * Goes on with one more file, which is looked at where it was seen last. Whether it is there is
     * left to the next look.
     */
    public FollowedFile adopt(FileMark mark, long nowMillis) {
        now = nowMillis;
        looked = true;
        nextId = Math.max(nextId, mark.id() + 1);
        FollowedFile file = FollowedFile.of(mark);
        files.put(mark.id(), file);
        FileEntry entry = elsewhere(file);
        if (entry != null) {
            present(file, entry);
        }
        file.endHere();
        return file;
    }

    /** Forgets what was read to its end, when nothing that is new is read anyway. */
    public void forgetRead() {
        files.values().removeIf(FollowedFile::isDone);
    }

    /** Whether there was a first look. */
    public boolean hasLooked() {
        return looked;
    }

    /** The number of the next file that is new. */
    public long nextId() {
        return nextId;
    }

    /** What is known of each file. */
    public List<FileMark> marks() {
        return files.values().stream().map(FollowedFile::mark).toList();
    }

    /** The files that are known, in the order in which they were found. */
    public Iterable<FollowedFile> files() {
        return files.values();
    }

    /** Whether it is still known. */
    public boolean knows(FollowedFile file) {
        return files.get(file.id) == file;
    }

    /** How many files are known. */
    public int size() {
        return files.size();
    }

    /** How many files and folders could not be read at the last look. */
    public int failing() {
        return failing;
    }

    /** All files that were found end where they end now. */
    public void endAll() {
        files.values().forEach(FollowedFile::endHere);
    }

    /** Whether all files that were found were read to their end. */
    public boolean isAllRead() {
        return looked && files.values().stream().allMatch(FollowedFile::isDone);
    }

    /** Whether the next look may find new files; else only those that are known are followed. */
    public void onlyKnown(boolean only) {
        onlyKnown = only;
    }

    /** Finds out what became of all files. Positions must be up to date. */
    public void look(long nowMillis) {
        now = nowMillis;
        failing = 0;
        Map<FileEntry.Key, FileEntry> found = list();
        for (FollowedFile file : List.copyOf(files.values())) {
            file.formerPath = null;
            FileEntry entry = found.get(new FileEntry.Key(file.device, file.inode));
            if (entry == null && file.inode != 0 && !file.done) {
                entry = elsewhere(file);
                if (entry != null && !file.isUnread() && now - file.grewMillis > LEFT_MILLIS) {
                    // No pattern fits it any more, and nobody writes to it.
                    file.finish();
                }
            }
            if (file.inode != 0 && entry != null) {
                present(file, entry);
            } else if (whole) {
                missing(file);
            }
        }
        if (!onlyKnown || !looked || files.values().stream().anyMatch(FollowedFile::isSought)) {
            newFiles(found);
        }
        seekInFolders(found);
        giveUp();
        looked |= whole || onlyKnown;
        unsteady.keySet().retainAll(found.keySet());
        copies.keySet().retainAll(found.keySet());
    }

    // What there is.

    private Map<FileEntry.Key, FileEntry> list() {
        whole = true;
        Map<FileEntry.Key, FileEntry> found = new LinkedHashMap<>();
        for (String argument : arguments) {
            PathSearch search = search(argument);
            try {
                Path path = Path.of(argument);
                if (Files.isDirectory(path)) {
                    for (Path file : search.below(path)) {
                        if (!file.getFileName().toString().startsWith(".")) {
                            add(file, found);
                        }
                    }
                } else if (PathSearch.isPattern(argument) && !Files.exists(path)) {
                    for (Path file : search.matches(path)) {
                        add(file, found);
                    }
                } else {
                    add(path, found);
                }
            } catch (InvalidPathException e) {
                trouble(argument, e.getReason());
            }
        }
        return found;
    }

    private PathSearch search(String argument) {
        return new PathSearch(
                new PathSearch.Troubles() {
                    @Override
                    public void cannotRead(Path path, IOException why) {
                        // Where there is no folder there is no file: nothing is hidden from us.
                        whole &= why instanceof NoSuchFileException;
                        trouble(path.toString(), Reasons.of(why));
                    }

                    @Override
                    public void badPattern(String why) {
                        trouble(argument, why);
                    }
                });
    }

    private void add(Path path, Map<FileEntry.Key, FileEntry> found) {
        try {
            FileEntry entry = FileEntry.of(path);
            if (entry != null) {
                found.putIfAbsent(entry.key(), entry);
            }
        } catch (IOException e) {
            whole = false;
            trouble(path.toString(), Reasons.of(e));
        }
    }

    /** A file that no pattern fits any more may still have its old name. */
    private static @Nullable FileEntry elsewhere(FollowedFile file) {
        try {
            FileEntry entry = FileEntry.of(file.path);
            return entry != null && file.hasInode(entry) ? entry : null;
        } catch (IOException e) {
            return null;
        }
    }

    // What became of the files that are known.

    private void present(FollowedFile file, FileEntry entry) {
        file.goneMillis = 0;
        file.missed = 0;
        if (!entry.path().equals(file.path)) {
            file.formerPath = file.path;
            file.rotated = true;
            file.path = entry.path();
        }
        boolean seen = file.found;
        if (!seen) {
            file.found = true;
            file.grewMillis = now;
        }
        if (seen
                && entry.size() == file.seenSize
                && entry.changedMillis() == file.seenChanged
                && (file.packed || entry.changedMillis() <= now - STEADY_MILLIS)) {
            return;
        }
        try {
            if (file.packed) {
                packedAgain(file, entry);
            } else {
                plainAgain(file, entry);
            }
            boolean settled = !file.packed || file.compression != Compression.NONE;
            file.seenSize = settled ? entry.size() : -1;
            file.seenChanged = entry.changedMillis();
        } catch (IOException e) {
            file.seenSize = -1;
            if (!(e instanceof NoSuchFileException)) {
                trouble(file.name(), Reasons.of(e));
            }
        }
    }

    private void packedAgain(FollowedFile file, FileEntry entry) throws IOException {
        Head head = head(entry);
        if (head == null) {
            // It is written to: another file, or the same once more.
            file.compression = Compression.NONE;
        } else if (file.head.fits(first, head.length())
                || (file.head.length() == 0 && entry.size() == file.size)) {
            file.size = entry.size();
            file.compression = head.compression();
        } else {
            vacate(file);
        }
    }

    private void plainAgain(FollowedFile file, FileEntry entry) throws IOException {
        int length = file.readHead(first);
        if (!begins(file, length)
                || (file.head.length() == 0 && Compression.of(first, length) != Compression.NONE)
                || (hadNoLine(file) && FileHead.ofLines(first, length).length() > 0)) {
            vacate(file);
            return;
        }
        if (entry.size() < file.position) {
            // Cut, but not to nothing: what is there was read.
            lose(file, "it was cut");
            file.readTo(entry.size(), false);
        }
        file.setHead(first, length);
        file.grow(entry.size(), now);
    }

    /** Nothing tells it from any other file yet: its inode may have been given to a copy of one. */
    private boolean hadNoLine(FollowedFile file) {
        return file.head.length() == 0 && file.position == 0 && !file.inLine && !onlyKnown;
    }

    /**
     * Whether these first bytes are the ones that are known, or fewer lines of them after a cut.
     */
    private boolean begins(FollowedFile file, int length) {
        // Also the beginning of a first line that was not whole: a reader may have kept it.
        int both = Math.min(length, file.headBytes.length);
        if (!Arrays.equals(first, 0, both, file.headBytes, 0, both)) {
            return false;
        }
        if (file.head.length() == 0) {
            return file.headBytes.length <= length;
        }
        return length >= file.head.length()
                ? file.head.fits(first, length)
                // Less than a line may be the beginning of another.
                : file.headBytes.length >= length && FileHead.ofLines(first, length).length() > 0;
    }

    /** The inode has another content now, which is looked at as any new file. */
    private void vacate(FollowedFile file) {
        file.detach(now);
        if (file.head.length() == 0) {
            files.remove(file.id);
        }
    }

    private void missing(FollowedFile file) {
        if (!file.isGone()) {
            file.goneMillis = now;
            file.missed = 0;
            file.rotated = true;
        }
        file.missed++;
        try {
            long size = file.lookAtOpenFile(first);
            int length = (int) Math.min(size, first.length);
            if (size >= 0 && !begins(file, length)) {
                // It was cut and written to anew before it was deleted.
                vacate(file);
            } else if (size >= file.position) {
                file.setHead(first, length);
                file.grow(size, now);
            }
        } catch (IOException e) {
            trouble(file.name(), Reasons.of(e));
        }
    }

    // What is new.

    private record Head(Compression compression, int length) {}

    private void newFiles(Map<FileEntry.Key, FileEntry> found) {
        Map<FileEntry.Key, FollowedFile> known = new HashMap<>();
        for (FollowedFile file : files.values()) {
            if (file.inode != 0) {
                known.put(new FileEntry.Key(file.device, file.inode), file);
            }
        }
        for (FileEntry entry : found.values()) {
            if (!known.containsKey(entry.key()) && !isKnownCopy(entry) && mayTry(entry)) {
                try {
                    newEntry(entry);
                    retries.remove(entry.path().toString());
                } catch (IOException e) {
                    if (!(e instanceof NoSuchFileException)) {
                        trouble(entry.path().toString(), Reasons.of(e));
                        pause(entry);
                    }
                }
            }
        }
    }

    private boolean isKnownCopy(FileEntry entry) {
        Copy copy = copies.get(entry.key());
        if (copy == null) {
            return false;
        }
        FollowedFile of = files.get(copy.id());
        return of != null
                && (!of.isGone() || of.isOpen())
                && copy.head() == of.head.length()
                && copy.size() == entry.size()
                && copy.changedMillis() == entry.changedMillis();
    }

    private void newEntry(FileEntry entry) throws IOException {
        Head head = head(entry);
        if (head == null) {
            return;
        }
        FollowedFile same = sameContent(entry, head);
        if (same == null && onlyKnown && looked) {
            return;
        }
        if (same == null) {
            newFile(entry, head, fromEnd && !looked);
        } else if (!same.isGone() || same.isOpen()) {
            copies.put(
                    entry.key(),
                    new Copy(same.id, same.head.length(), entry.size(), entry.changedMillis()));
        } else {
            takeOver(same, entry, head);
        }
    }

    /** The first bytes, unpacked; null while a packed file is being written. */
    private @Nullable Head head(FileEntry entry) throws IOException {
        Compression compression;
        int length;
        try (InputStream in = Files.newInputStream(entry.path())) {
            length = in.readNBytes(first, 0, first.length);
            compression = Compression.of(first, length);
        }
        FileEntry still = FileEntry.of(entry.path());
        if (still == null || !still.key().equals(entry.key())) {
            throw new NoSuchFileException(entry.path().toString(), null, "it was renamed");
        }
        if (compression == Compression.NONE) {
            return new Head(compression, length);
        }
        if (!isSteady(entry)) {
            return null;
        }
        length = 0;
        try (InputStream in = compression.unpack(Files.newInputStream(entry.path()))) {
            while (length < first.length) {
                int n = in.read(first, length, first.length - length);
                if (n < 0) {
                    break;
                }
                length += n;
            }
        } catch (RuntimeException e) {
            throw new IOException("cannot be unpacked: " + e, e);
        } catch (IOException e) {
            if (length == 0) {
                throw e;
            }
        }
        return new Head(compression, length);
    }

    private boolean isSteady(FileEntry entry) {
        if (onlyKnown || entry.changedMillis() <= now - STEADY_MILLIS) {
            return true;
        }
        Unsteady before = unsteady.get(entry.key());
        if (before == null
                || before.size() != entry.size()
                || before.changedMillis() != entry.changedMillis()) {
            unsteady.put(entry.key(), new Unsteady(entry.size(), entry.changedMillis(), now));
            return false;
        }
        return now - before.sinceMillis() >= STEADY_MILLIS;
    }

    private @Nullable FollowedFile sameContent(FileEntry entry, Head head) throws IOException {
        boolean packed = head.compression() != Compression.NONE;
        FollowedFile best = null;
        FileHead hash = FileHead.NONE;
        for (FollowedFile file : files.values()) {
            FileHead known = file.head;
            if (known.length() == 0 || file.hasInode(entry)) {
                continue;
            }
            boolean there = !file.isGone();
            if (head.length() >= known.length()) {
                if (hash.length() != known.length()) {
                    hash = FileHead.of(first, known.length());
                }
                if (!hash.equals(known)) {
                    continue;
                }
            } else if (packed || !there || !begins(file, head.length())) {
                continue;
            }
            if (there) {
                // The writer's new file stands where the old one stood; a copy cannot be longer.
                if (entry.path().equals(file.formerPath)
                        || (!packed && !file.packed && entry.size() > sizeNow(file))) {
                    continue;
                }
            } else if (!packed && !file.packed && !file.done && entry.size() < file.position) {
                continue;
            }
            if (best == null || worth(file) > worth(best)) {
                best = file;
            }
        }
        return best;
    }

    /** The size now, when the copy that may be one has been listed; no limit while it is cut. */
    private static long sizeNow(FollowedFile file) throws IOException {
        FileEntry entry = FileEntry.of(file.path);
        return entry == null || !file.hasInode(entry) || entry.size() < file.size
                ? Long.MAX_VALUE
                : entry.size();
    }

    private static int worth(FollowedFile file) {
        return file.head.length()
                + (file.isGone() ? 2 * FileHead.LONGEST : 0)
                + (file.done ? 0 : 4 * FileHead.LONGEST);
    }

    private void takeOver(FollowedFile file, FileEntry entry, Head head) {
        Path before = file.path;
        FileHead known = file.head;
        takeOverPart(file, entry, head);
        for (FollowedFile other : files.values()) {
            // Parts of one file are in one file again.
            if (other.lastStart != LineBlocks.NO_END
                    && other.isSought()
                    && other.path.equals(before)
                    && other.head.equals(known)) {
                takeOverPart(other, entry, head);
            }
        }
        copies.remove(entry.key());
    }

    private void takeOverPart(FollowedFile file, FileEntry entry, Head head) {
        boolean wasRead =
                file.packed
                        ? file.done
                        : file.position >= file.size
                                && (file.done || file.grewMillis < file.goneMillis - GRACE_MILLIS);
        boolean packed = head.compression() != Compression.NONE;
        file.done = packed ? wasRead && file.found : file.packed && file.done;
        file.ending = false;
        file.attach(entry, head.compression());
        file.setHead(first, head.length());
        file.rotated = true;
        file.grewMillis = now;
    }

    private void newFile(FileEntry entry, Head head, boolean atEnd) throws IOException {
        if (files.size() >= MOST && !forgetOne()) {
            trouble(entry.path().toString(), "more than " + MOST + " files are followed");
            return;
        }
        FollowedFile file = new FollowedFile(nextId++, entry.path());
        file.attach(entry, head.compression());
        file.setHead(first, head.length());
        file.grewMillis = now;
        if (atEnd && file.packed) {
            file.done = true;
        } else if (atEnd) {
            file.readTo(entry.size(), !endsLine(entry));
        }
        files.put(file.id, file);
        copies.remove(entry.key());
    }

    private static boolean endsLine(FileEntry entry) throws IOException {
        if (entry.size() == 0) {
            return true;
        }
        try (var file = new java.io.RandomAccessFile(entry.path().toFile(), "r")) {
            file.seek(entry.size() - 1);
            return file.read() == '\n';
        }
    }

    // What is gone.

    /** Looks for contents that are in no file of the patterns, where they were seen last. */
    private void seekInFolders(Map<FileEntry.Key, FileEntry> found) {
        Map<Path, List<FileEntry>> folders = new HashMap<>();
        for (FollowedFile file : List.copyOf(files.values())) {
            if (file.done || !file.isGone() || file.head.length() == 0) {
                continue;
            }
            Path folder = file.path.toAbsolutePath().getParent();
            if (folder == null) {
                continue;
            }
            List<FileEntry> there =
                    folders.computeIfAbsent(folder, wanted -> others(wanted, found));
            for (FileEntry entry : there) {
                if (file.isOpen()) {
                    if (file.hasInode(entry)) {
                        file.path = entry.path();
                        file.goneMillis = 0;
                        break;
                    }
                    continue;
                }
                if (isKnownToOthers(entry, file) || !mayBe(file, entry)) {
                    continue;
                }
                try {
                    Head head = head(entry);
                    if (head != null
                            && file.head.fits(first, head.length())
                            && (head.compression() != Compression.NONE
                                    || file.packed
                                    || entry.size() >= file.position)) {
                        takeOver(file, entry, head);
                        break;
                    }
                } catch (IOException e) {
                    // It is none of ours.
                }
            }
        }
    }

    private boolean isKnownToOthers(FileEntry entry, FollowedFile file) {
        return files.values().stream()
                .anyMatch(other -> other != file && other.hasInode(entry) && !other.isGone());
    }

    private static boolean mayBe(FollowedFile file, FileEntry entry) {
        String name = file.path.getFileName().toString();
        int dot = name.indexOf('.', 1);
        String stem = dot < 0 ? name : name.substring(0, dot);
        return file.hasInode(entry) || entry.path().getFileName().toString().startsWith(stem);
    }

    private static List<FileEntry> others(Path folder, Map<FileEntry.Key, FileEntry> found) {
        List<FileEntry> entries = new ArrayList<>();
        try (var stream = Files.newDirectoryStream(folder)) {
            for (Path path : stream) {
                FileEntry entry = FileEntry.of(path);
                if (entry != null && !found.containsKey(entry.key())) {
                    entries.add(entry);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // Then nothing is found there.
        }
        return entries;
    }

    private void giveUp() {
        for (FollowedFile file : List.copyOf(files.values())) {
            if (!file.isGone()) {
                continue;
            }
            long gone = now - file.goneMillis;
            if (file.done) {
                if (gone > FORGET_MILLIS) {
                    files.remove(file.id);
                }
            } else if (file.isOpen()) {
                if (gone > GRACE_MILLIS && now - file.grewMillis > GRACE_MILLIS) {
                    file.endHere();
                }
            } else if (file.head.length() == 0) {
                // There was no whole line in it, so nothing was read and nothing is missed.
                files.remove(file.id);
            } else if (gone > PATIENCE_MILLIS && file.missed >= LOOKS) {
                lose(file, "it is gone");
                file.done = true;
                file.detach(file.goneMillis);
            }
        }
    }

    private void lose(FollowedFile file, String cause) {
        long unread = file.unread();
        if (unread > 0) {
            // Nobody knows how much is in what is packed.
            listener.lost(file.name(), file.packed ? 0 : unread, cause);
        }
    }

    private boolean forgetOne() {
        return files.values().stream()
                .filter(file -> file.isGone() && file.done)
                .min(Comparator.comparingLong(file -> file.goneMillis))
                .map(file -> files.remove(file.id))
                .isPresent();
    }

    // What cannot be read.

    private void trouble(String name, String cause) {
        failing++;
        listener.trouble(name, cause);
    }

    private boolean mayTry(FileEntry entry) {
        Retry retry = retries.get(entry.path().toString());
        if (retry != null && now < retry.atMillis()) {
            failing++;
            return false;
        }
        return true;
    }

    private void pause(FileEntry entry) {
        if (retries.size() >= MOST) {
            retries.clear();
        }
        retries.merge(
                entry.path().toString(),
                new Retry(now + 1_000, 1_000),
                (before, fresh) -> {
                    long pause = Math.min(60_000, 2 * before.pauseMillis());
                    return new Retry(now + pause, pause);
                });
    }

    @Override
    public void close() {
        files.values().forEach(FollowedFile::close);
    }
}
