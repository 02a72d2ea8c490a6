package org.asntally.lookup.read;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.unpack.DamagedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cache file of asn-tools, {@code asn-db.dat}: prefixes cut from ranges, IPv4 alone.
 *
 * <pre>
 * little-endian
 * "ASDB" "bin1"  count (8)
 * record: network (4) length (1) AS (4)  country's length (8) country  owner's length (8) owner
 * </pre>
 *
 * <p>Where a record cannot be, nothing more is read: there is no telling where the next one begins.
 */
public final class AsnDbReader {

    private static final byte[] MAGIC = {'A', 'S', 'D', 'B', 'b', 'i', 'n', '1'};

    private static final int LONGEST = 10_000;

    private final RouteSink sink;
    private final NameText names;
    private final byte[] head = new byte[9];
    private final byte[] country = new byte[LONGEST];
    private final byte[] owner = new byte[LONGEST];
    private long position;

    /** Gives what it reads to {@code sink}. */
    public AsnDbReader(RouteSink sink) {
        this.sink = sink;
        this.names = new NameText(sink, LONGEST);
    }

    /** Whether a file begins as one of this format does, in any version of it. */
    public static boolean begins(byte[] head) {
        return head.length >= 8
                && head[0] == 'A'
                && head[1] == 'S'
                && head[2] == 'D'
                && head[3] == 'B';
    }

    /**
     * Reads to the end; does not close.
     *
     * @return the number of prefixes
     */
    public int read(InputStream in, String name, TableFaults faults) throws IOException {
        byte[] magic = in.readNBytes(MAGIC.length);
        position = magic.length;
        if (!Arrays.equals(magic, MAGIC)) {
            faults.skipped(name, 1, LineFault.NO_RECORD, "another version of this format");
            return 0;
        }
        int prefixes = 0;
        long number = 0;
        try {
            long count = number(in, 8);
            while (number < count || count < 0) {
                number++;
                long at = position;
                fill(in, head, head.length);
                int countryLength = length(in);
                if (countryLength >= 0) {
                    fill(in, country, countryLength);
                }
                int ownerLength = countryLength < 0 ? -1 : length(in);
                if (ownerLength < 0) {
                    faults.skipped(name, number, LineFault.NO_RECORD, "byte " + at);
                    return prefixes;
                }
                fill(in, owner, ownerLength);
                LineFault fault = prefix(countryLength, ownerLength, number);
                if (fault == null) {
                    prefixes++;
                } else {
                    faults.skipped(name, number, fault, "byte " + at);
                }
            }
            if (in.read() >= 0) {
                faults.skipped(name, number + 1, LineFault.NO_RECORD, "byte " + position);
            }
        } catch (EOFException e) {
            faults.skipped(name, number, LineFault.CUT_OFF, "byte " + position);
        } catch (DamagedException e) {
            if (!e.soundBefore()) {
                throw e;
            }
            faults.skipped(
                    name, number, LineFault.CUT_OFF, "byte " + position + ", " + e.getMessage());
        }
        return prefixes;
    }

    private @Nullable LineFault prefix(int countryLength, int ownerLength, long number) {
        ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int network = fields.getInt();
        int length = fields.get() & 0xff;
        int asn = fields.getInt();
        if (length > 32 || (network & ~Prefix.mask4(length)) != 0) {
            return LineFault.BAD_LENGTH;
        }
        if (length == 0) {
            return LineFault.DEFAULT_ROUTE;
        }
        if (asn == 0) {
            return LineFault.BAD_ASN;
        }
        long first = network & 0xffffffffL;
        long last = first | (~Prefix.mask4(length) & 0xffffffffL);
        int code = IpLocationDbReader.country(country, 0, countryLength);
        int line = (int) Math.min(number, Integer.MAX_VALUE);
        sink.range(false, 0, first, 0, last, asn, code, line);
        names.give(asn, owner, ownerLength);
        return null;
    }

    /** A text's length, or -1 when no text of ours is as long. */
    private int length(InputStream in) throws IOException {
        long length = number(in, 8);
        return length < 0 || length > LONGEST ? -1 : (int) length;
    }

    private long number(InputStream in, int width) throws IOException {
        long number = 0;
        for (int i = 0; i < width; i++) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException();
            }
            position++;
            number |= (long) octet << (8 * i);
        }
        return number;
    }

    private void fill(InputStream in, byte[] to, int length) throws IOException {
        int filled = in.readNBytes(to, 0, length);
        position += filled;
        if (filled < length) {
            throw new EOFException();
        }
    }
}
