package org.asntally.sources.flink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes into checkpoints what has not been given to any reader. */
final class RangesLeftSerializer implements SimpleVersionedSerializer<RangesLeft> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(RangesLeft left) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeInt(left.ordinal());
        out.writeLong(left.offset());
        out.writeInt(left.returned().size());
        for (FileSplit split : left.returned()) {
            FileSplitSerializer.write(split, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public RangesLeft deserialize(int version, byte[] bytes) throws IOException {
        FileSplitSerializer.check(version);
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int ordinal = in.readInt();
        long offset = in.readLong();
        int count = in.readInt();
        List<FileSplit> returned = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            returned.add(FileSplitSerializer.read(in));
        }
        return new RangesLeft(ordinal, offset, returned);
    }
}
