package org.asntally.sources.flink;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Four bytes: the socket's number. */
final class UdpSplitSerializer implements SimpleVersionedSerializer<UdpSplit> {
    static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(UdpSplit split) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(split.number()).array();
    }

    @Override
    public UdpSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION || bytes.length != Integer.BYTES) {
            throw new IOException("a socket of version " + version + " with " + bytes.length);
        }
        return new UdpSplit(ByteBuffer.wrap(bytes).getInt());
    }
}
