package org.asntally.sources.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Makes captures, record by record. */
public final class Captures {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;
    private final boolean patched;
    private final boolean swappedLengths;

    private Captures(ByteOrder order, boolean patched, boolean swappedLengths) {
        this.order = order;
        this.patched = patched;
        this.swappedLengths = swappedLengths;
    }

    /** A pcap file with this magic. */
    static Captures pcap(ByteOrder order, int magic, int minor, int link) {
        Captures file = new Captures(order, magic == 0xa1b2cd34, minor < 3);
        file.write(
                file.buffer(24)
                        .putInt(magic)
                        .putShort((short) 2)
                        .putShort((short) minor)
                        .putInt(0)
                        .putInt(0)
                        .putInt(262_144)
                        .putInt(link));
        return file;
    }

    /** A pcap file of this machine, link layer Ethernet. */
    public static Captures pcap() {
        return pcap(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 4, 1);
    }

    /** A pcapng file, still without a section. */
    public static Captures pcapng(ByteOrder order) {
        return new Captures(order, false, false);
    }

    private ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(order);
    }

    private Captures write(ByteBuffer bytes) {
        byte[] written = new byte[bytes.position()];
        bytes.flip().get(written);
        out.writeBytes(written);
        return this;
    }

    /** A record of pcap. */
    public Captures packet(long seconds, int fraction, byte[] captured, long wire) {
        write(
                buffer(16)
                        .putInt((int) seconds)
                        .putInt(fraction)
                        .putInt(swappedLengths ? (int) wire : captured.length)
                        .putInt(swappedLengths ? captured.length : (int) wire));
        if (patched) {
            write(buffer(8).putInt(2).putShort((short) 0x800).put((byte) 0).put((byte) 0));
        }
        out.writeBytes(captured);
        return this;
    }

    /** A record of pcap, at some time, captured whole. */
    public Captures packet(byte[] frame) {
        return packet(1_772_366_400L, 250_000, frame, frame.length);
    }

    /** A block of pcapng. */
    public Captures block(int type, byte[] body) {
        int padded = (body.length + 3) / 4 * 4;
        return write(
                buffer(12 + padded)
                        .putInt(type)
                        .putInt(12 + padded)
                        .put(Arrays.copyOf(body, padded))
                        .putInt(12 + padded));
    }

    /** A section. */
    public Captures section() {
        return block(
                0x0a0d0d0a,
                buffer(16)
                        .putInt(0x1a2b3c4d)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1)
                        .array());
    }

    /** An interface that says nothing of its times: microseconds. */
    public Captures on(int link, int snapLength) {
        return block(
                1, buffer(8).putShort((short) link).putShort((short) 0).putInt(snapLength).array());
    }

    Captures on(int link, int resolution, long offset) {
        return block(
                1,
                buffer(40)
                        .putShort((short) link)
                        .putShort((short) 0)
                        .putInt(0)
                        // if_name
                        .putShort((short) 2)
                        .putShort((short) 4)
                        .put(new byte[] {'e', 't', 'h', '0'})
                        .putShort((short) 9)
                        .putShort((short) 1)
                        .put(new byte[] {(byte) resolution, 0, 0, 0})
                        .putShort((short) 14)
                        .putShort((short) 8)
                        .putLong(offset)
                        .putInt(0)
                        .array());
    }

    /** An enhanced packet block. */
    public Captures enhanced(int of, long time, byte[] captured, long wire) {
        return block(
                6,
                buffer(20 + captured.length)
                        .putInt(of)
                        .putInt((int) (time >>> 32))
                        .putInt((int) time)
                        .putInt(captured.length)
                        .putInt((int) wire)
                        .put(captured)
                        .array());
    }

    Captures old(int of, long time, byte[] captured, long wire) {
        return block(
                2,
                buffer(20 + captured.length)
                        .putShort((short) of)
                        .putShort((short) -1)
                        .putInt((int) (time >>> 32))
                        .putInt((int) time)
                        .putInt(captured.length)
                        .putInt((int) wire)
                        .put(captured)
                        .array());
    }

    Captures simple(byte[] captured, long wire) {
        return block(3, buffer(4 + captured.length).putInt((int) wire).put(captured).array());
    }

    /** Whatever bytes. */
    Captures raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** The file. */
    public byte[] bytes() {
        return out.toByteArray();
    }
}
