package org.asntally.sources.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes parts of inputs into checkpoints. */
final class FileSplitSerializer implements SimpleVersionedSerializer<FileSplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(FileSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public FileSplit deserialize(int version, byte[] bytes) throws IOException {
        check(version);
        return read(new DataInputDeserializer(bytes));
    }

    static void check(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException("parts of inputs in the unknown version " + version);
        }
    }

    static void write(FileSplit split, DataOutputSerializer out) throws IOException {
        out.writeInt(split.ordinal());
        byte[] name = split.name().getBytes(UTF_8);
        out.writeInt(name.length);
        out.write(name);
        out.writeLong(split.position());
        out.writeBoolean(split.inLine());
        out.writeLong(split.lastStart());
    }

    static FileSplit read(DataInputDeserializer in) throws IOException {
        int ordinal = in.readInt();
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a name of " + length + " bytes");
        }
        byte[] name = new byte[length];
        in.readFully(name);
        return new FileSplit(
                ordinal, new String(name, UTF_8), in.readLong(), in.readBoolean(), in.readLong());
    }
}
