package org.asntally.sources.packet;

import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/** Reads the first bytes of a packet that an exporter sent on. One thread. */
public final class SampledHeader {
    private final IpPackets packets = new IpPackets(PacketFilter.ALL);

    /** Reads nothing yet. */
    public SampledHeader() {
        packets.lookIntoPseudoWires();
    }

    /**
     * Sets the addresses and whatever else is asked for of the headers; the flow goes on.
     *
     * @param link the link layer, as LINKTYPE_ numbers it
     * @param bytes holds the packet's beginning in {@code [from, to)}
     * @return why there are no addresses, or {@link SkipReason#NONE}
     */
    public SkipReason read(int link, byte[] bytes, int from, int to, FlowBatchBuilder flows) {
        return packets.headers(link, bytes, from, to, flows);
    }
}
