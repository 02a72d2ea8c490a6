package org.asntally.sources.packet;

import org.asntally.sources.SkipReason;

/**
 * Finds the UDP datagram that a packet carries: the outermost one. Reused from packet to packet;
 * one thread. Never throws, whatever the bytes.
 */
public final class UdpDatagram {
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;

    // Protocols, as IANA numbers them.
    private static final int HOP_BY_HOP = 0;
    private static final int UDP = 17;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int DESTINATION_OPTIONS = 60;

    private final LinkLayer linkLayer = new LinkLayer();
    private boolean v6;
    private long sourceHigh;
    private long sourceLow;
    private int port;
    private int from;
    private int to;
    private boolean whole;

    /** None found yet. */
    public UdpDatagram() {}

    /**
     * Looks for one.
     *
     * @param link the link layer, as LINKTYPE_ numbers it
     * @param bytes holds what was captured in {@code [start, end)}
     * @return {@link SkipReason#NONE} when there is one with at least its header; {@link
     *     SkipReason#NOT_SFLOW} for IP packets that carry something else, or a later part of one
     */
    public SkipReason find(int link, byte[] bytes, int start, int end) {
        SkipReason reason = linkLayer.find(link, bytes, start, end);
        if (reason != SkipReason.NONE) {
            return reason;
        }
        int at = linkLayer.at();
        return bytes[at] >>> 4 == 4 ? ipv4(bytes, at, end) : ipv6(bytes, at, end);
    }

    private SkipReason ipv4(byte[] bytes, int at, int end) {
        if (end - at < IPV4_HEADER) {
            return SkipReason.CUT_SHORT;
        }
        int header = (bytes[at] & 0xf) * 4;
        if (header < IPV4_HEADER) {
            return SkipReason.BAD_HEADER;
        }
        v6 = false;
        sourceHigh = 0;
        sourceLow = Integer.toUnsignedLong(Bytes.int32(bytes, at + 12));
        boolean first = (Bytes.int16(bytes, at + 6) & 0x1fff) == 0;
        return first && (bytes[at + 9] & 0xff) == UDP
                ? udp(bytes, at + header, end)
                : SkipReason.NOT_SFLOW;
    }

    private SkipReason ipv6(byte[] bytes, int at, int end) {
        if (end - at < IPV6_HEADER) {
            return SkipReason.CUT_SHORT;
        }
        v6 = true;
        sourceHigh = Bytes.int64(bytes, at + 8);
        sourceLow = Bytes.int64(bytes, at + 16);
        int protocol = bytes[at + 6] & 0xff;
        int next = at + IPV6_HEADER;
        while (protocol != UDP) {
            if (end - next < 8) {
                return SkipReason.NOT_SFLOW;
            }
            switch (protocol) {
                case HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS -> {
                    protocol = bytes[next] & 0xff;
                    next += ((bytes[next + 1] & 0xff) + 1) * 8;
                }
                case FRAGMENT -> {
                    if (Bytes.int16(bytes, next + 2) >>> 3 != 0) {
                        return SkipReason.NOT_SFLOW;
                    }
                    protocol = bytes[next] & 0xff;
                    next += 8;
                }
                default -> {
                    return SkipReason.NOT_SFLOW;
                }
            }
        }
        return udp(bytes, next, end);
    }

    private SkipReason udp(byte[] bytes, int at, int end) {
        if (end - at < UDP_HEADER) {
            return SkipReason.CUT_SHORT;
        }
        port = Bytes.int16(bytes, at + 2);
        int length = Bytes.int16(bytes, at + 4);
        if (length < UDP_HEADER) {
            return SkipReason.BAD_HEADER;
        }
        from = at + UDP_HEADER;
        whole = length <= end - at;
        to = whole ? at + length : end;
        return SkipReason.NONE;
    }

    /** The family of the source address. */
    public boolean isV6() {
        return v6;
    }

    /** The upper 64 bits of a v6 source address, else 0. */
    public long sourceHigh() {
        return sourceHigh;
    }

    /** The lower 64 bits of the source address, or the v4 address as an unsigned number. */
    public long sourceLow() {
        return sourceLow;
    }

    /** The destination port. */
    public int port() {
        return port;
    }

    /** Where the payload begins. */
    public int from() {
        return from;
    }

    /** Where it ends, or what was captured of it. */
    public int to() {
        return to;
    }

    /** Whether it was captured whole. */
    public boolean isWhole() {
        return whole;
    }
}
