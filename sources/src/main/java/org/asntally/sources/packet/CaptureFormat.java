package org.asntally.sources.packet;

import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/**
 * Packets of a capture, as tcpdump and Wireshark write it: each IP packet is a flow of its outer
 * addresses. Which of the two file formats it is, its first bytes say.
 *
 * @param label {@code pcap} or {@code pcapng}
 * @param filter which packets count
 */
public record CaptureFormat(String label, PacketFilter filter) implements PacketFormat {

    private static final long serialVersionUID = 1;

    /** The classic format, or one of unknown kind. */
    public static final CaptureFormat PCAP = new CaptureFormat("pcap", PacketFilter.ALL);

    /** The format of blocks. */
    public static final CaptureFormat PCAPNG = new CaptureFormat("pcapng", PacketFilter.ALL);

    /** As many bytes as {@link #of} needs. */
    public static final int HEAD = 4;

    /** The format of an input that begins with these bytes; null when it is no capture. */
    public static @Nullable CaptureFormat of(byte[] head, int length) {
        if (length < HEAD) {
            return null;
        }
        int magic = Bytes.int32(head, 0);
        if (magic == PcapngRecords.SECTION) {
            return PCAPNG;
        }
        return PcapHeader.isMagic(magic) ? PCAP : null;
    }

    @Override
    public CaptureFormat with(PacketFilter newFilter) {
        return new CaptureFormat(label, newFilter);
    }

    @Override
    public CaptureReader open() {
        return new CaptureReader(new IpPackets(filter));
    }

    /** A new reader of packets that come one by one. */
    public LivePackets live() {
        return new LivePackets(new IpPackets(filter));
    }

    @Override
    public boolean provides(FlowColumn column) {
        return switch (column) {
            case TIME,
                    SOURCE,
                    DESTINATION,
                    PACKETS,
                    BYTES,
                    PROTOCOL,
                    SOURCE_PORT,
                    DESTINATION_PORT,
                    TCP_FLAGS,
                    TTL,
                    DSCP,
                    ECN,
                    FRAGMENT ->
                    true;
            default -> false;
        };
    }

    /** pcapng is not: what a packet means, blocks anywhere before it say. */
    @Override
    public boolean divisible() {
        return !label.equals(PCAPNG.label);
    }
}
