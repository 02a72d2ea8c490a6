package org.asntally.sources.packet;

import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/** The records of a pcap file: one a packet. */
final class PcapRecords extends CaptureRecords {
    private final PcapHeader header;
    private final PacketReader packets;
    private final long wantedFrom;

    /**
     * Reads records.
     *
     * @param wantedFrom packets whose record begins before this are passed over, or shown to a
     *     reader that remembers without being counted
     */
    PcapRecords(PcapHeader header, PacketReader packets, long wantedFrom) {
        this.header = header;
        this.packets = packets;
        this.wantedFrom = wantedFrom;
    }

    @Override
    int readRecords(
            byte[] bytes,
            int from,
            int to,
            long position,
            long lastStart,
            FlowBatchBuilder flows,
            BadPackets badPackets) {
        int before = header.recordHeader();
        int at = from;
        while (!flows.isFull()) {
            if (position + at - from > lastStart) {
                done();
                return at;
            }
            if (to - at < before) {
                return at;
            }
            int captured = header.captured(bytes, at);
            if (captured < 0) {
                fail(
                        "the packet at byte "
                                + (position + at - from)
                                + " claims to be longer than a capture can hold");
                return at;
            }
            int data = at + before;
            int kept = Math.min(captured, CaptureReader.KEPT - before);
            if (to - data < kept) {
                return at;
            }
            if (position + at - from >= wantedFrom) {
                packet(bytes, at, data, data + kept, flows, badPackets);
            } else if (packets.remembers()) {
                packet(bytes, at, data, data + kept, past(packets), BadPackets.UNHEARD);
            }
            at = pass(at, (long) before + captured, to);
            if (passing() > 0) {
                return at;
            }
        }
        return at;
    }

    private void packet(
            byte[] bytes,
            int at,
            int data,
            int end,
            FlowBatchBuilder flows,
            BadPackets badPackets) {
        flows.time(header.millis(bytes, at));
        SkipReason reason =
                packets.read(header.link(), bytes, data, end, header.wire(bytes, at), flows);
        if (reason != SkipReason.NONE) {
            flows.skip(reason);
            badPackets.badPacket(reason, bytes, data, end);
        }
    }
}
