package org.asntally.sources.sflow;

import java.util.List;
import org.asntally.sources.ExporterHealth;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;
import org.asntally.sources.packet.ChosenPackets;
import org.asntally.sources.packet.PacketFilter;
import org.asntally.sources.packet.PacketReader;
import org.asntally.sources.packet.UdpDatagram;

/**
 * Reads the sFlow datagrams among the packets of a capture: what is sent to port {@link
 * SflowDecoder#PORT}, and what looks like one on any other. The time of a packet is that at which
 * the datagram came.
 */
final class SflowPackets implements PacketReader {
    private final SflowDecoder decoder;
    private final ChosenPackets chosen;
    private final UdpDatagram udp = new UdpDatagram();

    SflowPackets(SflowOptions options, PacketFilter filter) {
        this.decoder = new SflowDecoder(options);
        this.chosen = new ChosenPackets(filter);
    }

    @Override
    public int mostFlows() {
        return SflowDecoder.MOST_FLOWS;
    }

    @Override
    public SkipReason read(
            int link, byte[] bytes, int from, int to, long wireLength, FlowBatchBuilder flows) {
        SkipReason reason = chosen.refusal(link, bytes, from, to, wireLength);
        if (reason != SkipReason.NONE) {
            return reason;
        }
        reason = udp.find(link, bytes, from, to);
        if (reason != SkipReason.NONE) {
            return reason;
        }
        if (udp.port() != SflowDecoder.PORT
                && !SflowDecoder.looksLikeOne(bytes, udp.from(), udp.to())) {
            return SkipReason.NOT_SFLOW;
        }
        reason =
                decoder.datagram(
                        bytes,
                        udp.from(),
                        udp.to(),
                        udp.isV6(),
                        udp.sourceHigh(),
                        udp.sourceLow(),
                        flows.timeMillis(),
                        flows);
        // What was cut off by the capture is no fault of the datagram.
        return reason == SkipReason.BAD_DATAGRAM && !udp.isWhole() ? SkipReason.CUT_SHORT : reason;
    }

    /** The numbers that exporters have reached. */
    @Override
    public boolean remembers() {
        return true;
    }

    @Override
    public void end(FlowBatchBuilder flows) {
        decoder.sequences().end(flows);
    }

    @Override
    public List<ExporterHealth> exporters() {
        return decoder.health();
    }
}
