package org.asntally.lookup.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds where the blocks of a bzip2 file begin and end, without unpacking them. */
final class Bzip2Scanner {

    private static final int WIDTH = 48;
    private static final long BLOCK = 0x314159265359L;
    private static final long END = 0x177245385090L;
    private static final long MASK = (1L << WIDTH) - 1;

    /** The byte before the last two that are whole, where a pattern may just have ended. */
    private static final boolean[] CANDIDATE = new boolean[256];

    static {
        for (int behind = 0; behind < 8; behind++) {
            CANDIDATE[(int) (BLOCK >>> (16 - behind)) & 0xff] = true;
            CANDIDATE[(int) (END >>> (16 - behind)) & 0xff] = true;
        }
    }

    /** 900,000 bytes cannot take more. */
    private static final int LONGEST = 3_000_000;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int filled;
    private int next;
    private long position;

    /** The bytes from the one on in which the current block begins. */
    private byte[] bytes = new byte[1 << 20];

    private int length;
    private int from;
    private long window;
    private boolean within;

    /** Bits of the last byte that stand behind the pattern that was found. */
    private int behind;

    /** What is told when the block before it was given out. */
    private @Nullable DamagedException later;

    Bzip2Scanner(InputStream in) {
        this.in = in;
    }

    /**
     * The next block, from its pattern on, or null at the end of the file.
     *
     * @throws DamagedException where the file is no bzip2 file any more
     */
    @Nullable Bzip2Bits next() throws IOException {
        if (later != null) {
            throw later;
        }
        while (within || header()) {
            boolean last = toPattern();
            // The pattern that was found begins here.
            int to = 8 * length - behind - WIDTH;
            Bzip2Bits block = null;
            if (to > from) {
                block = new Bzip2Bits(Arrays.copyOf(bytes, (to + 7) / 8), from, to, false, 0);
                keepFrom(to);
            }
            if (last) {
                int sum = block == null ? end() : endOrLater();
                within = false;
                if (block != null && later == null) {
                    block = block.ending(sum);
                }
            }
            if (block != null) {
                return block;
            }
        }
        return null;
    }

    /** Reads a stream's header; false at the end of the file. */
    private boolean header() throws IOException {
        int first = octet();
        if (first < 0) {
            return false;
        }
        if (first != 'B' || octet() != 'Z' || octet() != 'h' || !isDigit(octet())) {
            throw new DamagedException(
                    true, "a bzip2 file with something else before byte " + position);
        }
        length = 0;
        from = 0;
        window = 0;
        within = true;
        return true;
    }

    private static boolean isDigit(int octet) {
        return octet >= '1' && octet <= '9';
    }

    /** Goes behind the next pattern; true when it is that of the end. */
    private boolean toPattern() throws IOException {
        while (true) {
            append();
            if (!CANDIDATE[(int) (window >>> 16) & 0xff]) {
                continue;
            }
            for (int k = 7; k >= 0; k--) {
                long bits = window >>> k & MASK;
                if ((bits == BLOCK || bits == END) && 8 * length - k - WIDTH >= from) {
                    behind = k;
                    return bits == END;
                }
            }
        }
    }

    private void append() throws IOException {
        int octet = octet();
        if (octet < 0) {
            throw new DamagedException(true, "a bzip2 file cut off after byte " + position);
        }
        if (length == LONGEST) {
            throw new DamagedException(
                    true, "a damaged bzip2 file: no block ends before byte " + position);
        }
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) octet;
        window = window << 8 | octet;
    }

    /** A block begins at this bit; what is before it is not needed any more. */
    private void keepFrom(int bit) {
        int drop = bit >> 3;
        System.arraycopy(bytes, drop, bytes, 0, length - drop);
        length -= drop;
        from = bit & 7;
    }

    private int endOrLater() throws IOException {
        try {
            return end();
        } catch (DamagedException e) {
            later = e;
            return 0;
        }
    }

    /** Reads the checksum behind the pattern of the end, up to a whole byte. */
    private int end() throws IOException {
        int at = 8 * length - behind;
        while (8 * length < at + 32) {
            append();
        }
        return new Bzip2Bits(bytes, at - WIDTH, at + 32, true, 0).checksum();
    }

    private int octet() throws IOException {
        if (next == filled) {
            next = 0;
            filled = Math.max(0, in.read(buffer, 0, buffer.length));
            if (filled == 0) {
                return -1;
            }
        }
        position++;
        return buffer[next++] & 0xff;
    }
}
