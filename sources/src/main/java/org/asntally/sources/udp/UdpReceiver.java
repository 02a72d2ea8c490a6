package org.asntally.sources.udp;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A bound socket and the thread that empties it into a ring, each datagram with its sender and the
 * moment of its arrival. That thread does nothing else, so that the kernel's buffer stays empty;
 * what the ring has no room for is counted and gone.
 *
 * <p>One other thread reads and closes.
 */
public final class UdpReceiver implements Closeable {

    /** When the ring is full, until it is tried again. */
    private static final long FULL_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ReceivingSocket socket;
    private final DatagramRing ring;
    private final Runnable arrival;
    private final Thread thread;
    private final boolean isShared;

    /** Of the thread that receives. */
    private long taken;

    private long refused;
    private volatile long wakeAt = Long.MAX_VALUE;
    private volatile long received;
    private volatile long dropped;
    private volatile @Nullable IOException failure;
    private long droppedTold;
    private long kernelDrops;

    private UdpReceiver(
            ReceivingSocket socket, boolean isShared, DatagramRing ring, Runnable arrival) {
        this.socket = socket;
        this.isShared = isShared;
        this.ring = ring;
        this.arrival = arrival;
        this.thread = new Thread(this::receive, "udp " + socket.address());
        thread.setDaemon(true);
    }

    /**
     * Binds a socket and begins to receive.
     *
     * @param host an address or a name; {@code 0.0.0.0} is all of IPv4, {@code ::} both families
     * @param port 0 to 65535; 0 is any that is free
     * @param together whether other sockets of this user may have the same address, and share what
     *     comes by its sender; else one that has it already is an error
     * @param receiveBuffer what the kernel is asked to hold, in bytes; it may give less
     * @param ringBytes what waits to be read, in bytes
     * @param arrival runs on the receiving thread once {@link #wakeWith} is reached
     * @throws IOException when it cannot be bound; the message says why
     */
    public static UdpReceiver open(
            String host,
            int port,
            boolean together,
            long receiveBuffer,
            long ringBytes,
            Runnable arrival)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("no such host: " + host);
        }
        boolean isShared = together && port != 0 && UdpSockets.othersHave(port);
        int buffer = (int) Math.min(Math.max(1, receiveBuffer), 1 << 30);
        ReceivingSocket socket = ReceivingSocket.bind(address, together, buffer);
        return of(socket, isShared, ringBytes, arrival);
    }

    /** Begins to receive from a socket, which is closed with this. */
    static UdpReceiver of(
            ReceivingSocket socket, boolean isShared, long ringBytes, Runnable arrival) {
        UdpReceiver receiver =
                new UdpReceiver(socket, isShared, new DatagramRing(ringBytes), arrival);
        receiver.thread.start();
        return receiver;
    }

    private void receive() {
        PromptTurns.take();
        try {
            long refusedBefore = 0;
            while (socket.receive(this::take)) {
                if (ring.written() >= wakeAt) {
                    wakeAt = Long.MAX_VALUE;
                    arrival.run();
                }
                if (refused != refusedBefore) {
                    // The processor is for who makes room; what comes meanwhile the kernel holds.
                    refusedBefore = refused;
                    LockSupport.parkNanos(FULL_REST_NANOS);
                }
            }
        } catch (IOException e) {
            failure = e;
            arrival.run();
        }
    }

    private void take(ByteBuffer memory, int at, int length, int family, long high, long low) {
        long now = System.currentTimeMillis();
        if (ring.offer(memory, at, length, now, family, high, low)) {
            received = ++taken;
        } else {
            dropped = ++refused;
        }
    }

    /** Has {@code arrival} run, once, when so many bytes wait or the socket fails. */
    public void wakeWith(long bytes) {
        wakeAt = ring.read() + bytes;
        if (ring.written() >= wakeAt || failure != null) {
            wakeAt = Long.MAX_VALUE;
            arrival.run();
        }
    }

    /** Bytes that wait to be read. */
    public long waiting() {
        return ring.waiting();
    }

    /** When the oldest datagram that waits was received; the greatest long when none waits. */
    public long oldestMillis() {
        return ring.oldestMillis();
    }

    /** Bytes that can wait. */
    public int room() {
        return ring.size();
    }

    /**
     * Moves what waits into {@code into[at, …)} as records of {@link Datagrams}.
     *
     * @param most as many bytes are wanted; a first record that is longer comes alone, so there
     *     must be room for one
     * @return how many bytes were filled
     */
    public int poll(byte[] into, int at, int most) {
        return ring.poll(into, at, most);
    }

    /** Where it is bound. */
    public InetSocketAddress address() {
        return socket.address();
    }

    /** What the kernel holds, in bytes; it may be less than was asked for. */
    public int receiveBuffer() {
        return socket.receiveBuffer();
    }

    /** Whether a socket of another process takes a part of what comes to this address. */
    public boolean isShared() {
        return isShared;
    }

    /** Whether the kernel tells what it had to drop. */
    public boolean knowsKernelDrops() {
        return socket.drops() != ReceivingSocket.UNKNOWN;
    }

    /** Datagrams that were put into the ring so far. */
    public long received() {
        return received;
    }

    /** Datagrams that the ring had no room for, since the last call. */
    public long takeRingDrops() {
        long now = dropped;
        long since = now - droppedTold;
        droppedTold = now;
        return since;
    }

    /** Datagrams that the kernel had no room for, since the last call; 0 where it does not say. */
    public long takeKernelDrops() {
        long now = socket.drops();
        if (now == ReceivingSocket.UNKNOWN) {
            return 0;
        }
        // The kernel counts in 32 bits.
        long since = now - kernelDrops & 0xffff_ffffL;
        kernelDrops = now;
        return since;
    }

    /** Why nothing is received any more; null when all is well. */
    public @Nullable IOException failure() {
        return failure;
    }

    /**
     * Gives the address up; what the kernel held, and what waits, can still be read, and what was
     * dropped can still be asked for.
     */
    @Override
    public void close() {
        socket.stop();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        socket.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
