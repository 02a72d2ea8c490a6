package org.asntally.sources.packet;

import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/** The records of a pcap file: one a packet. */
final class PcapRecords extends CaptureRecords {
    private final PcapHeader header;
    private final PacketReader packets;

    PcapRecords(PcapHeader header, PacketReader packets) {
        this.header = header;
        this.packets = packets;
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
            flows.time(header.millis(bytes, at));
            SkipReason reason =
                    packets.read(
                            header.link(), bytes, data, data + kept, header.wire(bytes, at), flows);
            if (reason != SkipReason.NONE) {
                flows.skip(reason);
                badPackets.badPacket(reason, bytes, data, data + kept);
            }
            at = pass(at, (long) before + captured, to);
            if (passing() > 0) {
                return at;
            }
        }
        return at;
    }
}
