package org.asntally.sources.packet;

import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * Makes a flow of each IP packet. Its addresses are enough: what was cut off behind them (ports,
 * flags) is 0, and a protocol that cannot be reached is the last header that can.
 */
final class IpPackets implements PacketReader {

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    // Protocols, as IANA numbers them.
    private static final int HOP_BY_HOP = 0;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int DCCP = 33;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int SCTP = 132;
    private static final int MOBILITY = 135;
    private static final int UDP_LITE = 136;
    private static final int HOST_IDENTITY = 139;
    private static final int SHIM6 = 140;

    /**
     * Of each extension header how long it is and what it says of fragments; 0 of what is none.
     *
     * <pre>
     * bits 31-16  those of its second word that say that it is a fragment; of one that is all of
     *             its packet (RFC 6946) none is set
     * bits 11-10  the logarithm of its unit of length, in bytes
     * bits 9-8    so many units are added to the length that it tells
     * bits 7-0    those of its second byte that tell a length
     * </pre>
     */
    private static final int[] RULES = new int[256];

    static {
        int[] usual = {HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS, MOBILITY, HOST_IDENTITY, SHIM6};
        for (int protocol : usual) {
            RULES[protocol] = 3 << 10 | 1 << 8 | 0xff;
        }
        RULES[AUTHENTICATION] = 2 << 10 | 2 << 8 | 0xff;
        RULES[FRAGMENT] = 0xfff9 << 16 | 3 << 10 | 1 << 8;
    }

    private final LinkLayer linkLayer = new LinkLayer();
    private final boolean asncounter;

    /** What asncounter takes is decided here. */
    private final ChosenPackets chosen;

    private @Nullable FlowBatchBuilder asked;
    private boolean wantsDestination;
    private boolean wantsHeader;
    private boolean wantsUpper;

    IpPackets(PacketFilter filter) {
        this.asncounter = filter.equals(PacketFilter.ASNCOUNTER);
        this.chosen = new ChosenPackets(asncounter ? PacketFilter.ALL : filter);
    }

    /** Frames of Ethernet in MPLS are looked into as well. */
    void lookIntoPseudoWires() {
        linkLayer.lookIntoPseudoWires();
    }

    @Override
    public SkipReason read(
            int link, byte[] bytes, int from, int to, long wireLength, FlowBatchBuilder flows) {
        SkipReason reason = chosen.refusal(link, bytes, from, to, wireLength);
        if (reason != SkipReason.NONE) {
            return reason;
        }
        reason = headers(link, bytes, from, to, flows);
        if (reason == SkipReason.NONE) {
            flows.packets(1);
            flows.bytes(wireLength);
            flows.weight(1);
            flows.endFlow();
            return reason;
        }
        return asncounter ? SkipReason.FILTERED : reason;
    }

    /** Sets what the headers of a packet tell; the flow goes on. */
    SkipReason headers(int link, byte[] bytes, int from, int to, FlowBatchBuilder flows) {
        if (flows != asked) {
            ask(flows);
        }
        SkipReason reason = linkLayer.find(link, bytes, from, to);
        if (reason != SkipReason.NONE) {
            return reason;
        }
        int at = linkLayer.at();
        return bytes[at] >>> 4 == 4 ? ipv4(bytes, at, to, flows) : ipv6(bytes, at, to, flows);
    }

    private SkipReason ipv4(byte[] bytes, int at, int to, FlowBatchBuilder flows) {
        int header = (bytes[at] & 0xf) * 4;
        if (header < IPV4_HEADER) {
            return SkipReason.BAD_HEADER;
        }
        if (to - at < IPV4_HEADER) {
            return SkipReason.CUT_SHORT;
        }
        int length = Bytes.int16(bytes, at + 2);
        if (length < header && length != 0) {
            // 0 is what a network card is given that does the cutting by itself.
            return SkipReason.BAD_HEADER;
        }
        int source = Bytes.int32(bytes, at + 12);
        if (asncounter && (!linkLayer.isDirect() || source == 0 || source >>> 8 == 0xc0a800)) {
            return SkipReason.FILTERED;
        }
        flows.source4(source);
        if (wantsDestination) {
            flows.destination4(Bytes.int32(bytes, at + 16));
        }
        if (wantsHeader) {
            int fragment = Bytes.int16(bytes, at + 6);
            header(flows, bytes[at + 1] & 0xff, bytes[at + 8] & 0xff, (fragment & 0x3fff) != 0);
            int protocol = bytes[at + 9] & 0xff;
            boolean first = (fragment & 0x1fff) == 0;
            upper(flows, protocol, bytes, first ? at + header : to, to);
        }
        return SkipReason.NONE;
    }

    private SkipReason ipv6(byte[] bytes, int at, int to, FlowBatchBuilder flows) {
        if (to - at < IPV6_HEADER) {
            return SkipReason.CUT_SHORT;
        }
        if (asncounter) {
            return SkipReason.FILTERED;
        }
        flows.source6(Bytes.int64(bytes, at + 8), Bytes.int64(bytes, at + 16));
        if (wantsDestination) {
            flows.destination6(Bytes.int64(bytes, at + 24), Bytes.int64(bytes, at + 32));
        }
        if (wantsHeader) {
            int traffic = Bytes.int16(bytes, at) >>> 4 & 0xff;
            header(flows, traffic, bytes[at + 7] & 0xff, false);
            if (wantsUpper) {
                extensions(flows, bytes[at + 6] & 0xff, bytes, at + IPV6_HEADER, to);
            }
        }
        return SkipReason.NONE;
    }

    private static void header(FlowBatchBuilder flows, int traffic, int ttl, boolean fragment) {
        flows.number(FlowColumn.DSCP, traffic >>> 2);
        flows.number(FlowColumn.ECN, traffic & 3);
        flows.number(FlowColumn.TTL, ttl);
        flows.number(FlowColumn.FRAGMENT, fragment ? 1 : 0);
    }

    /**
     * Follows the chain of extension headers (RFC 8200) as far as it was captured. What they are
     * decides no branch: a chain may be as long as a packet, and in an order that nobody foresees.
     */
    private static void extensions(
            FlowBatchBuilder flows, int firstProtocol, byte[] bytes, int from, int to) {
        int protocol = firstProtocol;
        int at = from;
        int fragment = 0;
        int rule = RULES[protocol];
        while (rule != 0 && to - at >= 8) {
            int where = Bytes.int16(bytes, at + 2) & rule >>> 16;
            fragment |= where;
            protocol = bytes[at] & 0xff;
            at += ((bytes[at + 1] & rule & 0xff) + (rule >>> 8 & 3)) << (rule >>> 10 & 3);
            if (where >>> 3 != 0) {
                // Not the first one: what follows is no header.
                at = to;
                break;
            }
            rule = RULES[protocol];
        }
        if (fragment != 0) {
            flows.number(FlowColumn.FRAGMENT, 1);
        }
        upper(flows, protocol, bytes, at, to);
    }

    private static void upper(FlowBatchBuilder flows, int protocol, byte[] bytes, int at, int to) {
        boolean ports =
                switch (protocol) {
                    case TCP, UDP, DCCP, SCTP, UDP_LITE -> to - at >= 4;
                    default -> false;
                };
        flows.number(FlowColumn.PROTOCOL, protocol);
        flows.number(FlowColumn.SOURCE_PORT, ports ? Bytes.int16(bytes, at) : 0);
        flows.number(FlowColumn.DESTINATION_PORT, ports ? Bytes.int16(bytes, at + 2) : 0);
        flows.number(
                FlowColumn.TCP_FLAGS, protocol == TCP && to - at >= 14 ? bytes[at + 13] & 0xff : 0);
    }

    private void ask(FlowBatchBuilder flows) {
        asked = flows;
        wantsDestination = flows.wants(FlowColumn.DESTINATION);
        wantsUpper =
                flows.wants(FlowColumn.PROTOCOL)
                        || flows.wants(FlowColumn.SOURCE_PORT)
                        || flows.wants(FlowColumn.DESTINATION_PORT)
                        || flows.wants(FlowColumn.TCP_FLAGS)
                        || flows.wants(FlowColumn.FRAGMENT);
        wantsHeader =
                wantsUpper
                        || flows.wants(FlowColumn.TTL)
                        || flows.wants(FlowColumn.DSCP)
                        || flows.wants(FlowColumn.ECN);
    }
}
