package org.asntally.sources.udp;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A socket that takes over many datagrams with one call, and knows what the kernel dropped.
 *
 * <p>After a call that emptied the kernel's buffer it lets some more come: to be woken for each
 * datagram costs more than all else that is done for it. It rests for so short a time that the
 * kernel's buffer would have to fill at {@link #BURST} to overflow, and at most {@link
 * #LONGEST_REST_NANOS}.
 */
final class LinuxSocket implements ReceivingSocket {

    /** Datagrams of one call. */
    static final int BATCH = 32;

    private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Datagrams a second that find room while it rests. */
    private static final long BURST = 400_000;

    /** What a datagram of an Ethernet frame costs of the kernel's buffer, in bytes. */
    private static final long OF_BUFFER = 2_304;

    /** No datagram costs less of it. */
    private static final int LEAST_OF_BUFFER = 512;

    /** What Linux oversleeps, usually. */
    private static final long LATE_NANOS = TimeUnit.MICROSECONDS.toNanos(60);

    // struct mmsghdr: a msghdr and the length of what was received; struct iovec.
    private static final int MESSAGE = 64;
    private static final int NAME_LENGTH = 8;
    private static final int RECEIVED = 56;
    private static final int PLACE = 16;

    // struct sockaddr_in6; sockaddr_in is shorter.
    private static final int NAME = 28;
    private static final int PORT = 2;
    private static final int ADDRESS4 = 4;
    private static final int ADDRESS6 = 8;
    private static final int SCOPE = 24;

    /** The first 64 bits of an IPv4 address in IPv6 are 0, then these (RFC 4291, 2.5.5.2). */
    private static final long MAPPED = 0xffffL;

    private final int socket;
    private final InetSocketAddress address;
    private final int receiveBuffer;
    private final long restNanos;

    /** Of the thread that receives: messages, places, names, datagrams. */
    private final ByteBuffer memory;

    private final Pointer messages;
    private final int names;
    private final int datagrams;

    /** Of the thread that asks. */
    private final Memory answer = new Memory(64);

    private volatile boolean isStopped;

    /** More than fit into the kernel's buffer; once stopped, no more than these are taken. */
    private int left;

    /** Whether the last call found less than there was room for. */
    private boolean hasEmptied;

    private long dropsAtEnd;
    private boolean isClosed;

    private LinuxSocket(int socket) throws IOException {
        this.socket = socket;
        answer.setInt(0, NAME);
        need(LinuxCalls.getsockname(socket, answer.share(8), answer), "getsockname");
        this.address = nameIn(answer.getByteBuffer(8, NAME).order(ByteOrder.nativeOrder()));
        answer.setInt(0, Integer.BYTES);
        need(
                LinuxCalls.getsockopt(
                        socket,
                        LinuxCalls.SOL_SOCKET,
                        LinuxCalls.SO_RCVBUF,
                        answer.share(8),
                        answer),
                "getsockopt");
        int whole = answer.getInt(8);
        // The kernel doubles what it is asked for, for its own records.
        this.receiveBuffer = whole / 2;
        long fullAfter = whole / OF_BUFFER * TimeUnit.SECONDS.toNanos(1) / BURST;
        this.restNanos = Math.min(LONGEST_REST_NANOS, fullAfter - LATE_NANOS);
        this.left = whole / LEAST_OF_BUFFER;

        int places = BATCH * MESSAGE;
        this.names = places + BATCH * PLACE;
        this.datagrams = names + BATCH * 32;
        this.memory =
                ByteBuffer.allocateDirect(datagrams + BATCH * Datagrams.LONGEST)
                        .order(ByteOrder.nativeOrder());
        this.messages = Native.getDirectBufferPointer(memory);
        long start = Pointer.nativeValue(messages);
        for (int i = 0; i < BATCH; i++) {
            memory.putLong(i * MESSAGE, start + names + i * 32L);
            memory.putLong(i * MESSAGE + 16, start + places + (long) i * PLACE);
            memory.putLong(i * MESSAGE + 24, 1);
            memory.putLong(places + i * PLACE, start + datagrams + (long) i * Datagrams.LONGEST);
            memory.putLong(places + i * PLACE + 8, Datagrams.LONGEST);
        }
    }

    /** Whether there is such a thing here. */
    static boolean isThere() {
        return LinuxCalls.areThere();
    }

    static LinuxSocket bind(InetSocketAddress to, boolean together, int buffer) throws IOException {
        InetAddress host = to.getAddress();
        boolean v6 = host instanceof Inet6Address;
        int socket =
                LinuxCalls.socket(
                        v6 ? LinuxCalls.AF_INET6 : LinuxCalls.AF_INET, LinuxCalls.DATAGRAMS, 0);
        if (socket < 0 && Native.getLastError() == LinuxCalls.EAFNOSUPPORT) {
            throw new IOException("IPv6 is switched off here");
        }
        need(socket, "socket");
        LinuxSocket whole = null;
        try {
            set(socket, LinuxCalls.SOL_SOCKET, LinuxCalls.SO_RCVBUF, buffer);
            if (together) {
                set(socket, LinuxCalls.SOL_SOCKET, LinuxCalls.SO_REUSEPORT, 1);
            }
            if (v6) {
                set(socket, LinuxCalls.IPPROTO_IPV6, LinuxCalls.IPV6_V6ONLY, 0);
            }
            Memory name = name(host, to.getPort());
            if (LinuxCalls.bind(socket, name, v6 ? NAME : 16) < 0) {
                throw new BindException(LinuxCalls.strerror(Native.getLastError()));
            }
            whole = new LinuxSocket(socket);
            return whole;
        } finally {
            if (whole == null) {
                LinuxCalls.close(socket);
            }
        }
    }

    private static void set(int socket, int level, int option, int value) throws IOException {
        Memory place = new Memory(Integer.BYTES);
        place.setInt(0, value);
        need(LinuxCalls.setsockopt(socket, level, option, place, Integer.BYTES), "setsockopt");
    }

    private static void need(int status, String call) throws IOException {
        if (status < 0) {
            throw new IOException(call + ": " + LinuxCalls.strerror(Native.getLastError()));
        }
    }

    private static Memory name(InetAddress host, int port) {
        Memory name = new Memory(NAME);
        name.clear();
        byte[] bytes = host.getAddress();
        boolean v4 = bytes.length == 4;
        name.setShort(0, (short) (v4 ? LinuxCalls.AF_INET : LinuxCalls.AF_INET6));
        name.setByte(PORT, (byte) (port >> 8));
        name.setByte(PORT + 1, (byte) port);
        name.write(v4 ? ADDRESS4 : ADDRESS6, bytes, 0, bytes.length);
        if (host instanceof Inet6Address scoped) {
            name.setInt(SCOPE, scoped.getScopeId());
        }
        return name;
    }

    private static InetSocketAddress nameIn(ByteBuffer name) throws UnknownHostException {
        boolean v4 = name.getShort(0) == LinuxCalls.AF_INET;
        byte[] bytes = new byte[v4 ? 4 : 16];
        name.get(v4 ? ADDRESS4 : ADDRESS6, bytes);
        int port = (name.get(PORT) & 0xff) << 8 | (name.get(PORT + 1) & 0xff);
        return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    }

    @Override
    public boolean receive(Taker taker) throws IOException {
        if (hasEmptied && restNanos > 0 && !isStopped) {
            LockSupport.parkNanos(restNanos);
        }
        for (int i = 0; i < BATCH; i++) {
            memory.putInt(i * MESSAGE + NAME_LENGTH, NAME);
        }
        boolean isLast = isStopped;
        int flags = isLast ? LinuxCalls.MSG_DONTWAIT : LinuxCalls.MSG_WAITFORONE;
        int count = LinuxCalls.recvmmsg(socket, messages, BATCH, flags, null);
        if (count < 0) {
            int error = Native.getLastError();
            if (error == LinuxCalls.EINTR) {
                return true;
            }
            if (error == LinuxCalls.EAGAIN) {
                return !isLast;
            }
            throw new IOException(LinuxCalls.strerror(error));
        }
        hasEmptied = count < BATCH;
        for (int i = 0; i < count; i++) {
            take(i, taker);
        }
        left -= isLast ? count : 0;
        return left > 0;
    }

    /** Whether nothing waited any more after the last call; it is rested only then. */
    boolean hasEmptied() {
        return hasEmptied;
    }

    private void take(int i, Taker taker) {
        int name = names + i * 32;
        int length = memory.getInt(i * MESSAGE + RECEIVED);
        if (memory.getInt(i * MESSAGE + NAME_LENGTH) == 0) {
            // Nobody sent it: it is how a wait ends that was stopped.
            return;
        }
        int at = datagrams + i * Datagrams.LONGEST;
        if (memory.getShort(name) == LinuxCalls.AF_INET) {
            taker.take(memory, at, length, 4, 0, Integer.toUnsignedLong(big32(name + ADDRESS4)));
            return;
        }
        long high = big64(name + ADDRESS6);
        long low = big64(name + ADDRESS6 + 8);
        if (high == 0 && low >>> 32 == MAPPED) {
            taker.take(memory, at, length, 4, 0, low & 0xffff_ffffL);
        } else {
            taker.take(memory, at, length, 6, high, low);
        }
    }

    private int big32(int at) {
        int value = memory.getInt(at);
        return memory.order() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
    }

    private long big64(int at) {
        long value = memory.getLong(at);
        return memory.order() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
    }

    @Override
    public void stop() {
        isStopped = true;
        // It says that it is not connected, and ends the wait.
        LinuxCalls.shutdown(socket, LinuxCalls.SHUT_RD);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public int receiveBuffer() {
        return receiveBuffer;
    }

    @Override
    public long drops() {
        if (isClosed) {
            return dropsAtEnd;
        }
        answer.setInt(0, LinuxCalls.MEMINFO);
        int status =
                LinuxCalls.getsockopt(
                        socket,
                        LinuxCalls.SOL_SOCKET,
                        LinuxCalls.SO_MEMINFO,
                        answer.share(8),
                        answer);
        return status < 0 || answer.getInt(0) < LinuxCalls.MEMINFO
                ? UNKNOWN
                : Integer.toUnsignedLong(answer.getInt(8 + LinuxCalls.MEMINFO_DROPS));
    }

    @Override
    public void close() {
        if (!isClosed) {
            dropsAtEnd = drops();
            isClosed = true;
            LinuxCalls.close(socket);
        }
    }
}
