package org.asntally.sources.udp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Some datagrams one behind the other in an array, and what was dropped before them: what travels
 * from a socket to what decodes it.
 *
 * <pre>
 * offset  bytes  little-endian
 *      0      8  datagrams that our ring had no room for, since the ones before
 *      8      8  datagrams that the kernel's buffer had no room for
 *     16      8  bits: 1 these are all that were dropped until now, else the kernel was not asked;
 *                2 an address that the job requires cannot be had
 *     24         records, each at a multiple of 8:
 *             4    length of the datagram
 *             4    family of the sender's address: 4 or 6
 *             8    when it was received, milliseconds since 1970-01-01 UTC
 *            16    the sender's address: high, low; of v4 the low 32 bits
 *                  the datagram, padded to a multiple of 8
 * </pre>
 */
public final class Datagrams {

    /** As long as a datagram can be: what IP lets through is shorter. */
    public static final int LONGEST = 1 << 16;

    /** Where the first record is. */
    public static final int FIRST = 24;

    /** Bytes of a record before the datagram itself. */
    static final int HEAD = 32;

    private static final int WRAP = -1;
    private static final long ALL = 1;
    private static final long BROKEN = 2;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Datagrams() {}

    /**
     * Tells what was dropped since the records before, whether that is all, and whether an address
     * that is required cannot be had.
     */
    public static void putDropped(
            byte[] bytes, long byRing, long byKernel, boolean isAll, boolean isBroken) {
        LONG.set(bytes, 0, byRing);
        LONG.set(bytes, 8, byKernel);
        LONG.set(bytes, 16, (isAll ? ALL : 0) | (isBroken ? BROKEN : 0));
    }

    /**
     * Whether all is told that was dropped before any datagram came that is not among these or
     * those before: what else is missing was lost elsewhere.
     */
    public static boolean tellsAllDropped(byte[] bytes) {
        return ((long) LONG.get(bytes, 16) & ALL) != 0;
    }

    /** Whether an address that the job requires cannot be had. */
    public static boolean tellsBroken(byte[] bytes) {
        return ((long) LONG.get(bytes, 16) & BROKEN) != 0;
    }

    /** Datagrams that our ring had no room for. */
    public static long droppedByRing(byte[] bytes) {
        return (long) LONG.get(bytes, 0);
    }

    /** Datagrams that the kernel's buffer had no room for. */
    public static long droppedByKernel(byte[] bytes) {
        return (long) LONG.get(bytes, 8);
    }

    /** Bytes of the datagram of a record. */
    public static int length(byte[] bytes, int record) {
        return (int) INT.get(bytes, record);
    }

    /** 4 or 6, of the sender's address. */
    public static int family(byte[] bytes, int record) {
        return (int) INT.get(bytes, record + 4);
    }

    /** When it was received, milliseconds since 1970-01-01 UTC. */
    public static long millis(byte[] bytes, int record) {
        return (long) LONG.get(bytes, record + 8);
    }

    /** The high half of the sender's address, 0 for v4. */
    public static long senderHigh(byte[] bytes, int record) {
        return (long) LONG.get(bytes, record + 16);
    }

    /** The low half of the sender's address; of v4 its 32 bits. */
    public static long senderLow(byte[] bytes, int record) {
        return (long) LONG.get(bytes, record + 24);
    }

    /** Where the datagram of a record begins. */
    public static int payload(int record) {
        return record + HEAD;
    }

    /** Where the record behind this one begins. */
    public static int next(byte[] bytes, int record) {
        return record + record(length(bytes, record));
    }

    /** Bytes that a datagram of this length takes. */
    static int record(int length) {
        return HEAD + (length + 7 & ~7);
    }

    static void putHead(
            byte[] bytes, int at, int length, long millis, int family, long high, long low) {
        INT.set(bytes, at, length);
        INT.set(bytes, at + 4, family);
        LONG.set(bytes, at + 8, millis);
        LONG.set(bytes, at + 16, high);
        LONG.set(bytes, at + 24, low);
    }

    static void putWrap(byte[] bytes, int at) {
        INT.set(bytes, at, WRAP);
    }
}
