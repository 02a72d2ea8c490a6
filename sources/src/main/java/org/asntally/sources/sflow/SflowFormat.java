package org.asntally.sources.sflow;

import java.util.Set;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.packet.BadPackets;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.packet.CaptureReader;
import org.asntally.sources.packet.PacketFilter;
import org.asntally.sources.packet.PacketFormat;
import org.asntally.sources.packet.PacketReader;
import org.asntally.sources.packet.UdpDatagram;

/**
 * sFlow datagrams in a capture of any kind: each flow sample in them is a flow.
 *
 * @param options whose datagrams are taken, and how samples are scaled
 * @param filter which packets of the capture are looked at
 */
public record SflowFormat(SflowOptions options, PacketFilter filter) implements PacketFormat {

    private static final long serialVersionUID = 1;

    @Override
    public String label() {
        return "sflow";
    }

    @Override
    public String units() {
        return "samples";
    }

    @Override
    public CaptureReader open() {
        return new CaptureReader(new SflowPackets(options, filter));
    }

    @Override
    public SflowFormat with(PacketFilter newFilter) {
        return new SflowFormat(options, newFilter);
    }

    @Override
    public boolean provides(FlowColumn column) {
        return isOfSflow(column);
    }

    /** Whether a flow sample may tell this. */
    public static boolean isOfSflow(FlowColumn column) {
        return switch (column) {
            case EXPORTER,
                    SAMPLING_RATE,
                    INPUT_INTERFACE,
                    OUTPUT_INTERFACE,
                    DIRECTION,
                    EXPORTER_SOURCE_AS,
                    EXPORTER_DESTINATION_AS,
                    NEXT_HOP_AS ->
                    true;
            default -> CaptureFormat.PCAP.provides(column);
        };
    }

    /** Numbers of datagrams go on from one part to the next. */
    @Override
    public boolean divisible() {
        return false;
    }

    /**
     * Whether a capture that begins like this is one of sFlow: all packets are whole datagrams to
     * its port.
     */
    public static boolean isSflow(byte[] head, int length) {
        Probe probe = new Probe();
        FlowBatchBuilder none = new FlowBatchBuilder(Set.of());
        CaptureReader reader = new CaptureReader(probe);
        reader.read(head, 0, length, 0, none, BadPackets.UNHEARD);
        return probe.samples && !probe.others;
    }

    /** Looks, and makes no flows. */
    private static final class Probe implements PacketReader {
        private final UdpDatagram udp = new UdpDatagram();
        private boolean samples;
        private boolean others;

        @Override
        public SkipReason read(
                int link, byte[] bytes, int from, int to, long wireLength, FlowBatchBuilder flows) {
            boolean is =
                    udp.find(link, bytes, from, to) == SkipReason.NONE
                            && udp.port() == SflowDecoder.PORT
                            && udp.isWhole()
                            && SflowDecoder.looksLikeOne(bytes, udp.from(), udp.to());
            samples |= is;
            others |= !is;
            return SkipReason.NONE;
        }
    }
}
