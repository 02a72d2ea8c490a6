package org.asntally.lookup.unpack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;

/** One packed block of bzip2: bits {@code from} to before {@code to}, its pattern among them. */
final class Bzip2Bits {

    private static final int PATTERN = 48;
    private static final long END = 0x177245385090L;
    private static final byte[] HEADER = {'B', 'Z', 'h', '9'};
    private static final int FIRST_GUESS = 1 << 20;

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final boolean ends;
    private final int streamSum;

    /**
     * A block within {@code bytes}, which must not change any more.
     *
     * @param bytes the first bit of a byte is its highest
     * @param ends whether it is the last block of its stream
     * @param streamSum then the checksum of its stream's checksums
     */
    Bzip2Bits(byte[] bytes, int from, int to, boolean ends, int streamSum) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.ends = ends;
        this.streamSum = streamSum;
    }

    /** The same block as the last one of its stream. */
    Bzip2Bits ending(int sum) {
        return new Bzip2Bits(bytes, from, to, true, sum);
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    boolean ends() {
        return ends;
    }

    int streamSum() {
        return streamSum;
    }

    /** The checksum of what is in it. */
    int checksum() {
        return bits(from + PATTERN);
    }

    private int bits(int at) {
        long bits = 0;
        for (int i = 0; i < 5; i++) {
            int octet = (at >> 3) + i;
            bits = bits << 8 | (octet < bytes.length ? bytes[octet] & 0xff : 0);
        }
        return (int) (bits >>> (8 - (at & 7)));
    }

    /** Two that were one. */
    static Bzip2Bits joined(Bzip2Bits first, Bzip2Bits second) {
        int length = first.to - first.from + second.to - second.from;
        Bits joined = new Bits((length + 7) / 8);
        joined.put(first);
        joined.put(second);
        return new Bzip2Bits(joined.bytes, 0, length, second.ends, second.streamSum);
    }

    /** What is in it, as a stream of its own; null when it is damaged. */
    byte @Nullable [] unpackOrNull() {
        if (to - from < PATTERN + 32) {
            return null;
        }
        Bits stream = new Bits(HEADER.length + (to - from + PATTERN + 32 + 7) / 8);
        System.arraycopy(HEADER, 0, stream.bytes, 0, HEADER.length);
        stream.at = 8 * HEADER.length;
        stream.put(this);
        stream.put(END, PATTERN);
        // The checksum of one checksum is that checksum.
        stream.put(checksum() & 0xffffffffL, 32);
        byte[] unpacked = new byte[FIRST_GUESS];
        int length = 0;
        try (InputStream in =
                new BZip2CompressorInputStream(new ByteArrayInputStream(stream.bytes))) {
            while (true) {
                int count = in.read(unpacked, length, unpacked.length - length);
                if (count < 0) {
                    return Arrays.copyOf(unpacked, length);
                }
                length += count;
                if (length == unpacked.length) {
                    unpacked = Arrays.copyOf(unpacked, 2 * length);
                }
            }
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Bits that are put one behind the other. */
    private static final class Bits {
        final byte[] bytes;
        int at;

        Bits(int length) {
            bytes = new byte[length];
        }

        void put(Bzip2Bits block) {
            int count = block.to - block.from;
            int done = 0;
            for (; done + 32 <= count; done += 32) {
                put(block.bits(block.from + done) & 0xffffffffL, 32);
            }
            if (done < count) {
                put(
                        (block.bits(block.from + done) & 0xffffffffL) >>> (32 - (count - done)),
                        count - done);
            }
        }

        /** At most 48 bits. */
        void put(long bits, int count) {
            int left = count;
            while (left > 0) {
                int room = 8 - (at & 7);
                int take = Math.min(room, left);
                long part = bits >>> (left - take) & ((1L << take) - 1);
                bytes[at >> 3] |= (byte) (part << (room - take));
                at += take;
                left -= take;
            }
        }
    }
}
