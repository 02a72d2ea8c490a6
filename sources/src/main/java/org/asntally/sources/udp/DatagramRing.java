package org.asntally.sources.udp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * Datagrams that wait to be decoded, in an array that is filled and emptied round and round. One
 * thread writes, one reads, neither waits for the other: what does not fit is not taken.
 *
 * <p>Records lie in it as {@link Datagrams} describes them, at multiples of eight bytes. One that
 * does not fit before the end of the array begins at its start again; a negative length says so.
 */
final class DatagramRing {

    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup own = MethodHandles.lookup();
            HEAD = own.findVarHandle(DatagramRing.class, "head", long.class);
            TAIL = own.findVarHandle(DatagramRing.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final byte[] bytes;
    private final int mask;

    /** Bytes that were ever written; of the writer. */
    private long head;

    /** What the writer knows of {@link #tail}: at least so much was read. */
    private long tailSeen;

    /** Bytes that were ever read; of the reader. */
    private long tail;

    /**
     * An empty ring.
     *
     * @param size bytes; the next power of two that holds a few of the longest datagrams is taken
     */
    DatagramRing(long size) {
        long wanted = Math.max(4L * Datagrams.LONGEST, Math.min(size, 1 << 30));
        int length = Integer.highestOneBit((int) wanted);
        this.bytes = new byte[length < wanted ? length << 1 : length];
        this.mask = bytes.length - 1;
    }

    /** Bytes that it holds at most. */
    int size() {
        return bytes.length;
    }

    /**
     * Takes a datagram over; false when there is no room. The writer's thread.
     *
     * @param memory where it is: {@code length} bytes from {@code from} on
     * @param millis when it was received, since 1970
     * @param family 4 or 6
     * @param high of the sender's address, see {@code Address}; 0 for v4
     */
    boolean offer(
            ByteBuffer memory, int from, int length, long millis, int family, long high, long low) {
        int record = Datagrams.record(length);
        int at = (int) head & mask;
        int left = bytes.length - at;
        int whole = record <= left ? record : left + record;
        if (bytes.length - (head - tailSeen) < whole) {
            tailSeen = (long) TAIL.getAcquire(this);
            if (bytes.length - (head - tailSeen) < whole) {
                return false;
            }
        }
        if (record > left) {
            Datagrams.putWrap(bytes, at);
            at = 0;
        }
        Datagrams.putHead(bytes, at, length, millis, family, high, low);
        memory.get(from, bytes, at + Datagrams.HEAD, length);
        // Whoever asks to be woken looks at this after it has asked, and the writer the other way.
        HEAD.setVolatile(this, head + whole);
        return true;
    }

    /** Bytes that wait. Any thread; only a hint, unless one of the two threads stands still. */
    long waiting() {
        return written() - read();
    }

    /** Bytes that were ever written. Any thread. */
    long written() {
        return (long) HEAD.getVolatile(this);
    }

    /** Bytes that were ever read. Any thread. */
    long read() {
        return (long) TAIL.getAcquire(this);
    }

    /** When the first that waits was received; the greatest long when none does. The reader's. */
    long oldestMillis() {
        long read = tail;
        int at = (int) read & mask;
        if (read == written()) {
            return Long.MAX_VALUE;
        }
        return Datagrams.millis(bytes, Datagrams.length(bytes, at) < 0 ? 0 : at);
    }

    /**
     * Moves whole records out. The reader's thread.
     *
     * @param most as many bytes are wanted; a first record that is longer comes alone
     * @return how many bytes of {@code into} were filled, from {@code at} on
     */
    int poll(byte[] into, int at, int most) {
        long written = (long) HEAD.getAcquire(this);
        long read = tail;
        int filled = 0;
        while (read < written) {
            int from = (int) read & mask;
            int length = Datagrams.length(bytes, from);
            if (length < 0) {
                read += bytes.length - from;
                continue;
            }
            int record = Datagrams.record(length);
            if (filled > 0 && filled + record > most) {
                break;
            }
            System.arraycopy(bytes, from, into, at + filled, record);
            filled += record;
            read += record;
        }
        TAIL.setRelease(this, read);
        return filled;
    }
}
