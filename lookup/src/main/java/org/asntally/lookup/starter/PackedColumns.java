package org.asntally.lookup.starter;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Columns of numbers and texts, each by itself so that like stands beside like, then gzip. A number
 * takes seven bits a byte, the lowest first; signed ones are folded (zigzag).
 */
final class PackedColumns {

    private PackedColumns() {}

    /** A column while it is written. */
    static final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void unsigned(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                bytes.write(((int) rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }

        void signed(long value) {
            unsigned((value << 1) ^ (value >> 63));
        }

        void text(byte[] utf8) {
            unsigned(utf8.length);
            bytes.writeBytes(utf8);
        }
    }

    /** A column while it is read. */
    static final class Reader {
        private final byte[] bytes;
        private int next;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return next < bytes.length;
        }

        long unsigned() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte part = bytes[next++];
                value |= (part & 0x7fL) << shift;
                if (part >= 0) {
                    return value;
                }
            }
        }

        long signed() {
            long folded = unsigned();
            return (folded >>> 1) ^ -(folded & 1);
        }

        byte[] text() {
            byte[] utf8 = new byte[(int) unsigned()];
            System.arraycopy(bytes, next, utf8, 0, utf8.length);
            next += utf8.length;
            return utf8;
        }
    }

    static void write(OutputStream to, Writer... columns) throws IOException {
        GZIPOutputStream gzip =
                new GZIPOutputStream(to) {
                    {
                        def.setLevel(Deflater.BEST_COMPRESSION);
                    }
                };
        try (DataOutputStream out = new DataOutputStream(gzip)) {
            for (Writer column : columns) {
                out.writeInt(column.bytes.size());
                column.bytes.writeTo(out);
            }
        }
    }

    static Reader[] read(InputStream from, int columns) throws IOException {
        Reader[] read = new Reader[columns];
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(from, 1 << 16))) {
            for (int i = 0; i < columns; i++) {
                read[i] = new Reader(in.readNBytes(in.readInt()));
            }
        }
        return read;
    }
}
