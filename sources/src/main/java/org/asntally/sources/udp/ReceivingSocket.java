package org.asntally.sources.udp;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A bound socket. One thread receives; another one asks, stops it, and closes when that thread has
 * ended.
 */
interface ReceivingSocket extends Closeable {

    /** What {@link #drops} gives where nobody tells. */
    long UNKNOWN = -1;

    /** Takes datagrams over, on the thread that receives. */
    interface Taker {

        /**
         * One datagram, of {@code length} bytes from {@code at} on; these are overwritten later.
         *
         * @param family 4 or 6
         * @param high of the sender's address, see {@code Address}; 0 for v4
         */
        void take(ByteBuffer memory, int at, int length, int family, long high, long low);
    }

    /**
     * Waits for datagrams and hands over those that are there.
     *
     * @return false once it is stopped and nothing is left in the kernel
     * @throws IOException when nothing comes any more; the message says why
     */
    boolean receive(Taker taker) throws IOException;

    /** Has {@link #receive} end. Any thread. */
    void stop();

    /** Where it is bound. */
    InetSocketAddress address();

    /** What the kernel holds, in bytes; it may be less than was asked for. */
    int receiveBuffer();

    /** Datagrams that the kernel dropped at this socket, modulo 2^32, or {@link #UNKNOWN}. */
    long drops();

    /** Gives the address up. */
    @Override
    void close();

    /**
     * Binds a socket: one that takes many datagrams with one call where Linux has that, else one of
     * the JDK.
     *
     * @param together whether other sockets of this user may have the same address, and share what
     *     comes by its sender; else one that has it already is an error
     * @param buffer what the kernel is asked to hold, in bytes; it may give less
     * @throws IOException when it cannot be bound; the message says why
     */
    static ReceivingSocket bind(InetSocketAddress address, boolean together, int buffer)
            throws IOException {
        return LinuxSocket.isThere()
                ? LinuxSocket.bind(address, together, buffer)
                : ChannelSocket.bind(address, together, buffer);
    }
}
