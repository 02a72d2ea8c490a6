package org.asntally.sources.udp;

import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bound socket and the thread that empties it into a ring, each datagram with its sender and the
 * moment of its arrival. That thread does nothing else, so that the kernel's buffer stays empty;
 * what the ring has no room for is counted and gone.
 *
 * <p>One other thread reads and closes.
 */
public final class UdpReceiver implements Closeable {

    /**
     * Sockets are opened one after the other: each is found by what is new in the kernel's table.
     */
    private static final Object OPENING = new Object();

    private static final long UNKNOWN = 0;

    private final DatagramChannel channel;
    private final DatagramRing ring;
    private final Runnable arrival;
    private final Thread thread;
    private final int port;
    private final long inode;
    private final boolean isShared;
    private final int receiveBuffer;
    private volatile long wakeAt = Long.MAX_VALUE;
    private volatile long received;
    private volatile long dropped;
    private volatile @Nullable IOException failure;
    private long droppedTold;
    private long kernelDrops;
    private @Nullable InetAddress sender;
    private int family;
    private long high;
    private long low;

    private UdpReceiver(
            DatagramChannel channel,
            InetSocketAddress bound,
            long inode,
            boolean isShared,
            DatagramRing ring,
            Runnable arrival)
            throws IOException {
        this.channel = channel;
        this.port = bound.getPort();
        this.inode = inode;
        this.isShared = isShared;
        this.ring = ring;
        this.arrival = arrival;
        this.receiveBuffer = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        this.kernelDrops = inode == UNKNOWN ? 0 : drops();
        this.thread = new Thread(this::receive, "udp " + bound);
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
        boolean v4 = address.getAddress() instanceof Inet4Address;
        DatagramChannel channel = channel(v4);
        UdpReceiver receiver = null;
        try {
            channel.setOption(
                    StandardSocketOptions.SO_RCVBUF,
                    (int) Math.min(Math.max(1, receiveBuffer), 1 << 30));
            if (together) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            synchronized (OPENING) {
                Set<Long> before = port == 0 ? Set.of() : UdpSockets.drops(port).keySet();
                channel.bind(address);
                InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
                Set<Long> ours = UdpSockets.ours();
                Set<Long> news = new HashSet<>(UdpSockets.drops(bound.getPort()).keySet());
                news.removeAll(before);
                news.retainAll(ours);
                receiver =
                        new UdpReceiver(
                                channel,
                                bound,
                                news.size() == 1 ? news.iterator().next() : UNKNOWN,
                                together && !ours.containsAll(before),
                                new DatagramRing(ringBytes),
                                arrival);
            }
            receiver.thread.start();
            return receiver;
        } finally {
            if (receiver == null) {
                channel.close();
            }
        }
    }

    private static DatagramChannel channel(boolean v4) throws IOException {
        try {
            return DatagramChannel.open(
                    v4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        } catch (UnsupportedOperationException e) {
            throw new IOException("IPv6 is switched off here", e);
        }
    }

    private void receive() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(Datagrams.LONGEST);
        long taken = 0;
        long refused = 0;
        try {
            while (true) {
                datagram.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(datagram);
                if (from == null) {
                    continue;
                }
                datagram.flip();
                setSender(from.getAddress());
                long now = System.currentTimeMillis();
                if (ring.offer(datagram, now, family, high, low)) {
                    received = ++taken;
                } else {
                    dropped = ++refused;
                }
                if (ring.written() >= wakeAt) {
                    wakeAt = Long.MAX_VALUE;
                    arrival.run();
                }
            }
        } catch (ClosedChannelException e) {
            // By close.
        } catch (IOException e) {
            failure = e;
            arrival.run();
        }
    }

    private void setSender(InetAddress address) {
        if (address.equals(sender)) {
            return;
        }
        sender = address;
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress()).order(ByteOrder.BIG_ENDIAN);
        if (bytes.remaining() == 4) {
            family = 4;
            high = 0;
            low = Integer.toUnsignedLong(bytes.getInt(0));
        } else {
            family = 6;
            high = bytes.getLong(0);
            low = bytes.getLong(8);
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
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** What the kernel holds, in bytes; it may be less than was asked for. */
    public int receiveBuffer() {
        return receiveBuffer;
    }

    /** Whether a socket of another process takes a part of what comes to this address. */
    public boolean isShared() {
        return isShared;
    }

    /** Whether the kernel tells what it had to drop. */
    public boolean knowsKernelDrops() {
        return inode != UNKNOWN;
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
        if (inode == UNKNOWN) {
            return 0;
        }
        long now = drops();
        // The kernel counts in 32 bits.
        long since = now - kernelDrops & 0xffff_ffffL;
        kernelDrops = now;
        return since;
    }

    private long drops() {
        Map<Long, Long> all = UdpSockets.drops(port);
        Long drops = all.get(inode);
        return drops == null ? kernelDrops : drops;
    }

    /** Why nothing is received any more; null when all is well. */
    public @Nullable IOException failure() {
        return failure;
    }

    /** Gives the address up; what waits can still be read. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It takes nothing any more, whatever it says.
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
