package org.asntally.sources.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.asntally.sources.files.FileHead;
import org.asntally.sources.files.FileMark;
import org.asntally.sources.files.LineBlocks;

/** Writes what is known of followed files into checkpoints. */
final class FollowStateSerializer implements SimpleVersionedSerializer<FollowState> {
    static final int VERSION = 3;

    /** Knew no parts of files. */
    private static final int WHOLE = 2;

    /** Knew no times. */
    private static final int TIMELESS = 1;

    private static final int IN_LINE = 1;
    private static final int PACKED = 2;
    private static final int DONE = 4;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(FollowState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64 + 136 * state.marks().size());
        out.writeBoolean(state.looked());
        out.writeLong(state.nextId());
        out.writeLong(state.lostBytes());
        out.writeLong(state.time());
        out.writeInt(state.failed());
        out.writeInt(state.marks().size());
        for (FileMark mark : state.marks()) {
            out.writeLong(mark.id());
            out.writeLong(mark.device());
            out.writeLong(mark.inode());
            out.writeInt(mark.head().length());
            out.writeLong(mark.head().high());
            out.writeLong(mark.head().low());
            byte[] path = mark.path().getBytes(UTF_8);
            out.writeInt(path.length);
            out.write(path);
            out.writeLong(mark.position());
            out.writeLong(mark.size());
            out.writeLong(mark.goneMillis());
            out.writeLong(mark.lastStart());
            out.writeByte(
                    (mark.inLine() ? IN_LINE : 0)
                            | (mark.packed() ? PACKED : 0)
                            | (mark.done() ? DONE : 0));
            out.writeLong(state.times().getOrDefault(mark.id(), Long.MIN_VALUE));
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public FollowState deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION && version != WHOLE && version != TIMELESS) {
            throw new IOException("followed files in the unknown version " + version);
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        boolean looked = in.readBoolean();
        long nextId = in.readLong();
        long lostBytes = in.readLong();
        boolean timed = version != TIMELESS;
        long time = timed ? in.readLong() : Long.MIN_VALUE;
        boolean parted = version == VERSION;
        int failed = parted ? in.readInt() : 0;
        int count = in.readInt();
        List<FileMark> marks = new ArrayList<>();
        Map<Long, Long> times = new HashMap<>();
        for (int i = 0; i < count; i++) {
            FileMark mark = mark(in, parted);
            marks.add(mark);
            long latest = timed ? in.readLong() : Long.MIN_VALUE;
            if (latest != Long.MIN_VALUE) {
                times.put(mark.id(), latest);
            }
        }
        return new FollowState(
                looked, nextId, lostBytes, time, failed, List.copyOf(marks), Map.copyOf(times));
    }

    private static FileMark mark(DataInputDeserializer in, boolean parted) throws IOException {
        long id = in.readLong();
        long device = in.readLong();
        long inode = in.readLong();
        FileHead head = new FileHead(in.readInt(), in.readLong(), in.readLong());
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a path of " + length + " bytes");
        }
        byte[] path = new byte[length];
        in.readFully(path);
        long position = in.readLong();
        long size = in.readLong();
        long goneMillis = in.readLong();
        long lastStart = parted ? in.readLong() : LineBlocks.NO_END;
        int flags = in.readByte();
        return new FileMark(
                id,
                device,
                inode,
                head,
                new String(path, UTF_8),
                position,
                (flags & IN_LINE) != 0,
                size,
                (flags & PACKED) != 0,
                (flags & DONE) != 0,
                goneMillis,
                lastStart);
    }
}
