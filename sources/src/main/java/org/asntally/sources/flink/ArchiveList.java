package org.asntally.sources.flink;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.files.Compression;
import org.asntally.sources.files.FileMark;
import org.asntally.sources.files.FollowedFile;
import org.asntally.sources.files.Follower;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.files.LineBlocks;
import org.asntally.sources.packet.PacketFormat;

/**
 * What there is in archives at one look: the parts of all files, with the time at which each
 * begins. Blocks on the file system.
 */
final class ArchiveList {

    /** So much of a part is looked at to tell when it begins. */
    private static final int LOOK = 1 << 16;

    private final LogFiles what;
    private final int readers;
    private final FirstTime firstTime;
    private final byte[] text = new byte[LOOK];
    private final List<FileMark> parts = new ArrayList<>();
    private final Map<Long, Long> times = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private long nextId;

    private ArchiveList(LogFiles what, int readers) {
        this.what = what;
        this.readers = readers;
        this.firstTime = new FirstTime(what);
    }

    /**
     * Lists them, cut for so many readers. What cannot be read is told to {@link Notices} and
     * counted in {@link FollowState#failed}.
     */
    static FollowState of(LogFiles what, int readers, long nowMillis) {
        ArchiveList list = new ArchiveList(what, readers);
        try (Follower follower = new Follower(what.paths(), false, list.listener())) {
            follower.onlyKnown(true);
            follower.look(nowMillis);
            list.nextId = follower.nextId();
            follower.files().forEach(list::add);
        }
        return new FollowState(
                true,
                list.nextId,
                0,
                Long.MIN_VALUE,
                list.failed.size(),
                List.copyOf(list.parts),
                Map.copyOf(list.times));
    }

    private Follower.Listener listener() {
        return new Follower.Listener() {
            @Override
            public void trouble(String name, String cause) {
                if (failed.add(name)) {
                    Notices.inputFailed(name, cause);
                }
            }

            @Override
            public void lost(String name, long bytes, String cause) {
                throw new IllegalStateException("nothing of '" + name + "' was known");
            }
        };
    }

    private void add(FollowedFile file) {
        FileMark mark = file.mark();
        long time = firstTime.of(file);
        if (mark.packed()) {
            add(mark, time);
        } else if (mark.size() > 0) {
            cut(mark, input(file), time);
        }
    }

    private InputFile input(FollowedFile file) {
        byte[] head = file.firstBytes();
        FlowFormat format = what.format();
        if (format == null) {
            format = what.teller().tell(head, head.length, head.length == file.mark().size());
        }
        return new InputFile(
                file.name(),
                0,
                InputFile.Kind.REGULAR,
                file.mark().size(),
                Compression.NONE,
                format,
                file.changedMillis(),
                "");
    }

    private void cut(FileMark mark, InputFile input, long begins) {
        long time = begins;
        InputPart part = InputPart.at(input, 0, readers);
        add(mark.part(mark.id(), 0, false, end(part, mark)), time);
        while (!part.isLast()) {
            part = InputPart.at(input, part.next(), readers);
            long of = timeAt(input, part);
            // What does not tell when it begins comes behind what is before it.
            time = of == Long.MIN_VALUE ? time : of;
            add(mark.part(nextId++, part.start(), part.inLine(), end(part, mark)), time);
        }
    }

    /** What is written to it from now on is not wanted; packets end where a reader finds them. */
    private long end(InputPart part, FileMark mark) {
        return part.lastStart() == LineBlocks.NO_END && !(what.format() instanceof PacketFormat)
                ? mark.size() - 1
                : part.lastStart();
    }

    private void add(FileMark part, long time) {
        parts.add(part);
        if (time != Long.MIN_VALUE) {
            times.put(part.id(), time);
        }
    }

    private long timeAt(InputFile input, InputPart part) {
        if (!part.inLine()) {
            return Long.MIN_VALUE;
        }
        int length = 0;
        try (RandomAccessFile file = new RandomAccessFile(input.name(), "r")) {
            file.seek(part.start());
            for (int n = 0; n >= 0 && length < text.length; n = read(file, length)) {
                length += n;
            }
        } catch (IOException e) {
            // Whoever reads it will find out.
            return Long.MIN_VALUE;
        }
        return firstTime.afterLine(text, length, input.changedMillis());
    }

    private int read(RandomAccessFile file, int length) throws IOException {
        return file.read(text, length, text.length - length);
    }
}
