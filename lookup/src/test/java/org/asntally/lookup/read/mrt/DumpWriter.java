package org.asntally.lookup.read.mrt;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Puts records together field by field, right ones and wrong ones. */
final class DumpWriter {

    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private ByteArrayOutputStream record = new ByteArrayOutputStream();

    /** Numbers of a byte each. */
    DumpWriter u8(int... values) {
        for (int value : values) {
            record.write(value);
        }
        return this;
    }

    DumpWriter u16(int value) {
        return u8(value >>> 8, value);
    }

    DumpWriter u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    DumpWriter bytes(byte[] bytes) {
        record.writeBytes(bytes);
        return this;
    }

    /** Ends the record. */
    DumpWriter end(int type, int subtype) {
        byte[] message = record.toByteArray();
        record = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(12);
        header.putInt(1_780_000_000).putShort((short) type).putShort((short) subtype);
        all.writeBytes(header.putInt(message.length).array());
        all.writeBytes(message);
        return this;
    }

    /** A peer table of these ASes, IPv4 addresses 198.51.100.0 and following. */
    DumpWriter peers(long... asns) {
        u32(0).u16(0).u16(asns.length);
        for (int i = 0; i < asns.length; i++) {
            u8(2).u32(0).u32(0xc6336400L + i).u32(asns[i]);
        }
        return end(13, 1);
    }

    /** An attribute without flags that matter. */
    static byte[] attribute(int type, byte[] value) {
        return new DumpWriter().u8(0x50, type).u16(value.length).bytes(value).take();
    }

    /** A path segment. */
    static byte[] segment(int width, int type, long... asns) {
        DumpWriter writer = new DumpWriter().u8(type, asns.length);
        for (long asn : asns) {
            if (width == 4) {
                writer.u32(asn);
            } else {
                writer.u16((int) asn);
            }
        }
        return writer.take();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private byte[] take() {
        return record.toByteArray();
    }

    /** An entry of the peer table's peer with this number. */
    DumpWriter entry(int peer, byte[] attributes) {
        return u16(peer).u32(0).u16(attributes.length).bytes(attributes);
    }

    /** The head of a record of 192.0.2.0/24 with so many entries. */
    DumpWriter documentation(int entries) {
        return u32(0).u8(24, 192, 0, 2).u16(entries);
    }

    byte[] dump() {
        return all.toByteArray();
    }
}
