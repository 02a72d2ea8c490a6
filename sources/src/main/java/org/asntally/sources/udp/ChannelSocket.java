package org.asntally.sources.udp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** A socket of the JDK: a call for each datagram, and no word of what was dropped. */
final class ChannelSocket implements ReceivingSocket {

    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final int receiveBuffer;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(Datagrams.LONGEST);
    private @Nullable InetAddress sender;
    private int family;
    private long high;
    private long low;

    private ChannelSocket(DatagramChannel channel) throws IOException {
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.receiveBuffer = channel.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    static ChannelSocket bind(InetSocketAddress address, boolean together, int buffer)
            throws IOException {
        DatagramChannel channel = open(address.getAddress() instanceof Inet4Address);
        ChannelSocket socket = null;
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, buffer);
            if (together) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(address);
            socket = new ChannelSocket(channel);
            return socket;
        } finally {
            if (socket == null) {
                channel.close();
            }
        }
    }

    private static DatagramChannel open(boolean v4) throws IOException {
        try {
            return DatagramChannel.open(
                    v4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        } catch (UnsupportedOperationException e) {
            throw new IOException("IPv6 is switched off here", e);
        }
    }

    @Override
    public boolean receive(Taker taker) throws IOException {
        try {
            datagram.clear();
            InetSocketAddress from = (InetSocketAddress) channel.receive(datagram);
            if (from != null) {
                setSender(from.getAddress());
                taker.take(datagram, 0, datagram.position(), family, high, low);
            }
            return true;
        } catch (ClosedChannelException e) {
            return false;
        }
    }

    private void setSender(InetAddress from) {
        if (from.equals(sender)) {
            return;
        }
        sender = from;
        ByteBuffer bytes = ByteBuffer.wrap(from.getAddress()).order(ByteOrder.BIG_ENDIAN);
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

    @Override
    public void stop() {
        close();
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
        return UNKNOWN;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It takes nothing any more, whatever it says.
        }
    }
}
