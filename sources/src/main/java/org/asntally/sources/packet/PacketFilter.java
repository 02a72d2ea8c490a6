package org.asntally.sources.packet;

import java.io.Serializable;
import org.asntally.sources.SkipReason;
import org.jspecify.annotations.Nullable;

/** Which packets of a capture count. Immutable. */
public interface PacketFilter extends Serializable {

    /** All of them. */
    PacketFilter ALL = new All();

    /**
     * asncounter's default, {@code ip and not src host 0.0.0.0 and not src net 192.168.0.0/24}. As
     * in libpcap, {@code ip} is IPv4 that follows the link layer itself: not behind a VLAN tag.
     * Needs no libpcap: the reader of packets knows what it means.
     */
    PacketFilter ASNCOUNTER = new Asncounter();

    /** {@code ip}: IPv4 that follows the link layer itself, as in libpcap. Needs none. */
    PacketFilter IP = new Ip();

    /** The filter in tcpdump's words; empty for all packets. */
    String text();

    /** The filter for packets of a link layer; null when it means nothing there. */
    @Nullable PacketMatch open(int link);

    /** Takes all packets. */
    record All() implements PacketFilter {
        private static final long serialVersionUID = 1;

        @Override
        public String text() {
            return "";
        }

        @Override
        public PacketMatch open(int link) {
            return (bytes, from, to, wireLength) -> true;
        }
    }

    /** Takes what asncounter takes by default. */
    record Asncounter() implements PacketFilter {
        private static final long serialVersionUID = 1;

        @Override
        public String text() {
            return "ip and not src host 0.0.0.0 and not src net 192.168.0.0/24";
        }

        @Override
        public PacketMatch open(int link) {
            return (bytes, from, to, wireLength) -> true;
        }
    }

    /** Takes IPv4. */
    record Ip() implements PacketFilter {
        private static final long serialVersionUID = 1;

        @Override
        public String text() {
            return "ip";
        }

        @Override
        public PacketMatch open(int link) {
            LinkLayer layer = new LinkLayer();
            return (bytes, from, to, wireLength) ->
                    layer.find(link, bytes, from, to) == SkipReason.NONE
                            && layer.isDirect()
                            && bytes[layer.at()] >>> 4 == 4;
        }
    }
}
