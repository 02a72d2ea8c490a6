package org.asntally.sources.live;

import org.asntally.sources.packet.PacketFilter;
import org.asntally.sources.packet.PacketMatch;
import org.jspecify.annotations.Nullable;

/**
 * A filter in the words of pcap-filter(7), compiled by libpcap where packets are read.
 *
 * @param text such as {@code tcp port 443}
 */
public record BpfFilter(String text) implements PacketFilter {

    private static final long serialVersionUID = 1;

    /** Ethernet, raw IP, Linux cooked: one of them must do for a filter to be one. */
    private static final int[] USUAL = {1, 101, 113};

    /**
     * Makes sure that libpcap is there and understands the filter.
     *
     * @throws CaptureException when it does not
     */
    public void check() throws CaptureException {
        CaptureException first = null;
        for (int link : USUAL) {
            try {
                BpfProgram.compile(text, link);
                return;
            } catch (CaptureException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    @Override
    public @Nullable PacketMatch open(int link) {
        try {
            return BpfProgram.compile(text, link);
        } catch (CaptureException e) {
            // No filter of this link layer takes any of its packets.
            return null;
        }
    }
}
