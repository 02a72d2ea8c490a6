package org.asntally.lookup.read.mrt;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.asntally.lookup.unpack.DamagedException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into MRT records, which stay in one buffer: {@code bytes[from, to)}, without the
 * header.
 *
 * <pre>
 * timestamp (4)  type (2)  subtype (2)  length (4)  message
 * </pre>
 */
final class MrtRecords {

    /** What comes next. */
    enum Next {
        RECORD,
        END,
        /** The stream ends within a record. */
        CUT_OFF,
        /** No header of a record. */
        NO_RECORD
    }

    /** A prefix with a thousand peers of long paths takes a tenth of it. */
    static final int LONGEST = 1 << 24;

    private static final int HEADER = 12;
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private final InputStream in;
    private byte[] buffer = new byte[1 << 18];
    private int next;
    private int filled;
    private long dropped;
    private @Nullable DamagedException damage;
    private int from;
    private int to;
    private int type;
    private int subtype;
    private int number;
    private long offset;

    MrtRecords(InputStream in) {
        this.in = in;
    }

    /** Goes to the next record. */
    Next next() throws IOException {
        offset = dropped + next;
        if (!have(HEADER)) {
            return filled == next && damage == null ? Next.END : Next.CUT_OFF;
        }
        type = u16(buffer, next + 4);
        subtype = u16(buffer, next + 6);
        int length = i32(buffer, next + 8);
        if (!isMrtType(type) || length < 0 || length > LONGEST) {
            return Next.NO_RECORD;
        }
        number++;
        if (!have(HEADER + length)) {
            return Next.CUT_OFF;
        }
        from = next + HEADER;
        to = from + length;
        next = to;
        return Next.RECORD;
    }

    /** The types of RFC 6396, the deprecated ones among them. */
    static boolean isMrtType(int type) {
        return (type >= 5 && type <= 17) || type == 32 || type == 33 || type == 48 || type == 49;
    }

    private boolean have(int count) throws IOException {
        while (filled - next < count) {
            if (damage != null) {
                return false;
            }
            if (next > 0) {
                System.arraycopy(buffer, next, buffer, 0, filled - next);
                dropped += next;
                filled -= next;
                next = 0;
            }
            if (filled == buffer.length) {
                // By what came, not by what a header claims.
                buffer = Arrays.copyOf(buffer, 2 * filled);
            }
            try {
                int read = in.read(buffer, filled, buffer.length - filled);
                if (read < 0) {
                    return false;
                }
                filled += read;
            } catch (DamagedException e) {
                if (!e.soundBefore()) {
                    throw e;
                }
                damage = e;
            }
        }
        return true;
    }

    byte[] bytes() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int type() {
        return type;
    }

    int subtype() {
        return subtype;
    }

    /** Counted from 1; stays at the largest number when there are more. */
    int number() {
        return number < 0 ? Integer.MAX_VALUE : number;
    }

    /** Where the record begins, or where none does. */
    long offset() {
        return offset;
    }

    /** The offset behind all that was read. */
    long end() {
        return dropped + filled;
    }

    /** Why the stream ended, when not because it was at its end. */
    @Nullable DamagedException damage() {
        return damage;
    }

    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    static int u16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xffff;
    }

    static int i32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }
}
