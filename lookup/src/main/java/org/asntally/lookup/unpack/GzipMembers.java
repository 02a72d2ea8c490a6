package org.asntally.lookup.unpack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What is in a gzip file, member after member. The JDK's own stream takes whatever is no member
 * behind a member for the end, in silence, and asks the file whether more is at hand.
 */
final class GzipMembers extends InputStream {

    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] packed = new byte[1 << 16];
    private int next;
    private int filled;
    private long packedBefore;
    private boolean within;
    private boolean ended;

    GzipMembers(InputStream in) {
        this.in = in;
    }

    static boolean begin(byte[] magic) {
        return magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (!ended) {
                if (!within) {
                    header();
                    continue;
                }
                int count = inflater.inflate(to, from, length);
                if (count > 0) {
                    crc.update(to, from, count);
                    return count;
                }
                if (inflater.finished()) {
                    trailer();
                } else if (inflater.needsDictionary()) {
                    throw damaged("it needs a dictionary");
                } else {
                    if (!fill()) {
                        throw new EOFException();
                    }
                    inflater.setInput(packed, next, filled - next);
                    next = filled;
                }
            }
            return -1;
        } catch (DataFormatException e) {
            throw damaged(String.valueOf(e.getMessage()));
        } catch (EOFException e) {
            ended = true;
            throw new DamagedException(true, "a gzip file cut off after byte " + position());
        }
    }

    private DamagedException damaged(String what) {
        ended = true;
        return new DamagedException(
                false, "a damaged gzip file, before byte " + position() + ": " + what);
    }

    private long position() {
        return packedBefore + next - inflater.getRemaining();
    }

    /** Reads the next header; none at the end of the file, where zeros may pad. */
    private void header() throws IOException {
        int first = more();
        boolean only = packedBefore + next == 1;
        while (first == 0 && !only) {
            first = more();
        }
        if (first < 0) {
            ended = true;
            return;
        }
        if (first != 0x1f || octet() != 0x8b) {
            ended = true;
            throw new DamagedException(
                    true, "a gzip file with something else from byte " + (position() - 1) + " on");
        }
        if (octet() != 8) {
            throw damaged("an unknown method");
        }
        int flags = octet();
        for (int i = 0; i < 6; i++) {
            octet();
        }
        if ((flags & EXTRA) != 0) {
            for (int left = octet() | octet() << 8; left > 0; left--) {
                octet();
            }
        }
        for (int text = NAME; text <= COMMENT; text <<= 1) {
            if ((flags & text) != 0) {
                while (octet() != 0) {
                    // passed over
                }
            }
        }
        if ((flags & HEADER_CRC) != 0) {
            octet();
            octet();
        }
        inflater.reset();
        inflater.setInput(packed, next, filled - next);
        next = filled;
        crc.reset();
        within = true;
    }

    private void trailer() throws IOException {
        next = filled - inflater.getRemaining();
        inflater.setInput(packed, 0, 0);
        long sum = 0;
        long size = 0;
        for (int i = 0; i < 4; i++) {
            sum |= (long) octet() << (8 * i);
        }
        for (int i = 0; i < 4; i++) {
            size |= (long) octet() << (8 * i);
        }
        if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw damaged("its checksum is wrong");
        }
        within = false;
    }

    private int octet() throws IOException {
        int octet = more();
        if (octet < 0) {
            throw new EOFException();
        }
        return octet;
    }

    private int more() throws IOException {
        return next < filled || fill() ? packed[next++] & 0xff : -1;
    }

    private boolean fill() throws IOException {
        packedBefore += filled;
        next = 0;
        filled = 0;
        int count = in.read(packed, 0, packed.length);
        filled = Math.max(count, 0);
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
