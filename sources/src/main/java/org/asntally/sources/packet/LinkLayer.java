package org.asntally.sources.packet;

import org.asntally.sources.SkipReason;

/**
 * Finds the IP header behind the headers of the link layer: the outermost one, so that of a tunnel
 * the outer addresses count. One thread; never throws, whatever the bytes.
 *
 * @see <a href="https://www.tcpdump.org/linktypes.html">the link layers and their headers</a>
 */
final class LinkLayer {

    private static final int ETHERNET_ADDRESSES = 12;

    // EtherTypes, as IANA lists them.
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88a8;
    private static final int OLD_SERVICE_VLAN = 0x9100;
    private static final int OLDER_SERVICE_VLAN = 0x9200;
    private static final int MPLS = 0x8847;
    private static final int MPLS_MULTICAST = 0x8848;
    private static final int PPPOE_SESSION = 0x8864;
    private static final int PPP = 0x880b;
    private static final int MACSEC = 0x88e5;
    private static final int BACKBONE_SERVICE = 0x88e7;
    private static final int BRIDGED_ETHERNET = 0x6558;

    /** Numbers up to this are lengths of an IEEE 802.3 frame. */
    private static final int LONGEST_802_3 = 1500;

    private static final int PPP_IPV4 = 0x21;
    private static final int PPP_IPV6 = 0x57;
    private static final int PPP_MPLS = 0x281;

    private byte[] bytes = new byte[0];
    private int to;
    private int at;
    private boolean direct;
    private boolean pseudoWires;

    /** Frames of Ethernet in MPLS are looked into as well (RFC 4448). */
    void lookIntoPseudoWires() {
        pseudoWires = true;
    }

    /** Where the IP header begins, after {@link #find} gave {@link SkipReason#NONE}. */
    int at() {
        return at;
    }

    /** Whether nothing but the link layer's own header stands before IP: no tag, no label. */
    boolean isDirect() {
        return direct;
    }

    /**
     * Looks for IP in {@code bytes[from, to)}.
     *
     * @param link the link layer as LINKTYPE_ numbers it; DLT_ numbers are taken too where they
     *     mean nothing else
     * @return {@link SkipReason#NONE} when there is at least the first byte of an IP header
     */
    SkipReason find(int link, byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.to = to;
        direct = true;
        return switch (link) {
            case 1 -> ethernet(from);
            case 101, 12, 14 -> raw(from);
            case 228 -> ip(4, from);
            case 229 -> ip(6, from);
            case 113 -> etherType(from + 14, from + 16);
            case 276 -> etherType(from, from + 20);
            case 0, 108 -> family(from, from + 4);
            case 9, 166 -> ppp(from);
            case 204 -> ppp(from + 1);
            case 50 -> serial(from);
            case 51 -> ppp(from + 6);
            case 104 -> etherType(from + 2, from + 4);
            case 205 -> etherType(from + 3, from + 5);
            case 107 -> frameRelay(from);
            case 206 -> frameRelay(from + 1);
            case 219 -> mpls(from);
            case 242 -> etherType(from + 40, from + 44);
            case 138 -> etherType(from + 16, from + 18);
            case 100, 106 -> llc(from);
            case 123 -> llc(from + 4);
            case 122 -> llc(from + 16);
            case 10 -> llc(from + 13);
            case 109 -> family(from, from + 12);
            case 117 -> pf(from);
            case 226 -> raw(from + 24);
            case 239 -> netfilter(from);
            case 105 -> wireless(from);
            case 127 -> to - from < 4 ? cutShort() : wireless(from + little16(from + 2));
            case 192 -> perPacket(from);
            case 258 -> appleTap(from);
            case 281, 284 -> etherType(from + 16, from + 18);
            case 285 -> etherType(from + 20, from + 22);
            case 282 -> ethernet(from + 4);
            default -> SkipReason.UNKNOWN_LINK;
        };
    }

    private static SkipReason cutShort() {
        return SkipReason.CUT_SHORT;
    }

    private SkipReason ethernet(int from) {
        return etherType(from + ETHERNET_ADDRESSES, from + ETHERNET_ADDRESSES + 2);
    }

    /** A frame of Ethernet within something else. */
    private SkipReason bridged(int from) {
        direct = false;
        return ethernet(from);
    }

    /** What follows is IP by itself. */
    private SkipReason raw(int from) {
        if (from >= to) {
            return cutShort();
        }
        int version = bytes[from] >>> 4 & 0xf;
        at = from;
        return version == 4 || version == 6 ? SkipReason.NONE : SkipReason.BAD_HEADER;
    }

    /** What follows is said to be IP of this version. */
    private SkipReason ip(int version, int from) {
        SkipReason reason = raw(from);
        return reason == SkipReason.NONE && bytes[from] >>> 4 != version
                ? SkipReason.BAD_HEADER
                : reason;
    }

    /**
     * Follows the EtherType at {@code typeAt}, and tags behind it, to what begins at {@code next}.
     */
    private SkipReason etherType(int typeAt, int next) {
        int type = typeAt;
        int body = next;
        while (true) {
            if (to - type < 2) {
                return cutShort();
            }
            switch (Bytes.int16(bytes, type)) {
                case IPV4 -> {
                    return ip(4, body);
                }
                case IPV6 -> {
                    return ip(6, body);
                }
                case VLAN, SERVICE_VLAN, OLD_SERVICE_VLAN, OLDER_SERVICE_VLAN -> {
                    type = body + 2;
                    body += 4;
                }
                case BACKBONE_SERVICE -> {
                    type = body + 4 + ETHERNET_ADDRESSES;
                    body = type + 2;
                }
                case MACSEC -> {
                    if (body >= to) {
                        return cutShort();
                    }
                    int flags = bytes[body];
                    if ((flags & 0x0c) != 0) {
                        // Encrypted.
                        return SkipReason.NOT_IP;
                    }
                    type = body + ((flags & 0x20) == 0 ? 6 : 14);
                    body = type + 2;
                }
                case MPLS, MPLS_MULTICAST -> {
                    return mpls(body);
                }
                case PPPOE_SESSION -> {
                    direct = false;
                    return ppp(body + 6);
                }
                case PPP -> {
                    direct = false;
                    return ppp(body);
                }
                case BRIDGED_ETHERNET -> {
                    return bridged(body);
                }
                default -> {
                    direct = false;
                    return Bytes.int16(bytes, type) <= LONGEST_802_3
                            ? llc(body)
                            : SkipReason.NOT_IP;
                }
            }
            direct = false;
        }
    }

    /** IEEE 802.2, with or without SNAP. */
    private SkipReason llc(int from) {
        direct = false;
        if (to - from < 3) {
            return cutShort();
        }
        int saps = Bytes.int16(bytes, from);
        if (saps == 0x0606) {
            return ip(4, from + 3);
        }
        if (saps != 0xaaaa || bytes[from + 2] != 3) {
            return SkipReason.NOT_IP;
        }
        return snap(from + 3);
    }

    private SkipReason snap(int from) {
        direct = false;
        if (to - from < 5) {
            return cutShort();
        }
        int organization = (Bytes.int16(bytes, from) << 8) | (bytes[from + 2] & 0xff);
        return switch (organization) {
            case 0, 0xf8 ->
                    Bytes.int16(bytes, from + 3) <= LONGEST_802_3
                            ? SkipReason.NOT_IP
                            : etherType(from + 3, from + 5);
            // Bridged frames (RFC 2427, RFC 2684), with or without their check sum.
            case 0x80c2 ->
                    switch (Bytes.int16(bytes, from + 3)) {
                        case 1, 7 -> bridged(from + 5);
                        default -> SkipReason.NOT_IP;
                    };
            default -> SkipReason.NOT_IP;
        };
    }

    /** Passes over labels; what is below tells itself (RFC 4928). */
    private SkipReason mpls(int from) {
        direct = false;
        int label = from;
        while (to - label >= 4) {
            boolean bottom = (bytes[label + 2] & 1) != 0;
            label += 4;
            if (bottom) {
                SkipReason reason = raw(label);
                if (reason != SkipReason.BAD_HEADER) {
                    return reason;
                }
                return pseudoWires ? pseudoWire(label) : SkipReason.NOT_IP;
            }
        }
        return cutShort();
    }

    /** A frame behind a control word, which begins with four zero bits, or without one. */
    private SkipReason pseudoWire(int from) {
        if (bytes[from] >>> 4 == 0 && bridged(from + 4) == SkipReason.NONE) {
            return SkipReason.NONE;
        }
        return bridged(from) == SkipReason.NONE ? SkipReason.NONE : SkipReason.NOT_IP;
    }

    /** PPP (RFC 1661), with or without address and control, its protocol in one byte or two. */
    private SkipReason ppp(int from) {
        int protocolAt = from;
        if (to - from >= 2 && bytes[from + 1] == 3 && (bytes[from] == -1 || bytes[from] <= 1)) {
            // pppd writes the direction in place of the address.
            protocolAt += 2;
        }
        if (protocolAt >= to) {
            return cutShort();
        }
        int protocol = bytes[protocolAt] & 0xff;
        int next = protocolAt + 1;
        if ((protocol & 1) == 0) {
            if (next >= to) {
                return cutShort();
            }
            protocol = Bytes.int16(bytes, protocolAt);
            next++;
        }
        return switch (protocol) {
            case PPP_IPV4 -> ip(4, next);
            case PPP_IPV6 -> ip(6, next);
            case PPP_MPLS -> mpls(next);
            default -> SkipReason.NOT_IP;
        };
    }

    /** PPP in HDLC-like framing, or Cisco's HDLC. */
    private SkipReason serial(int from) {
        if (to - from < 4) {
            return cutShort();
        }
        return bytes[from] == 0x0f || bytes[from] == (byte) 0x8f
                ? etherType(from + 2, from + 4)
                : ppp(from);
    }

    /** Frame relay (RFC 2427), or Cisco's, where an EtherType follows the address. */
    private SkipReason frameRelay(int from) {
        int next = from;
        do {
            if (next >= to || next - from == 4) {
                return next >= to ? cutShort() : SkipReason.BAD_HEADER;
            }
        } while ((bytes[next++] & 1) == 0);
        if (to - next < 2) {
            return cutShort();
        }
        if (next - from < 2) {
            return SkipReason.BAD_HEADER;
        }
        if (bytes[next] != 3) {
            return Bytes.int16(bytes, next) <= LONGEST_802_3
                    ? SkipReason.NOT_IP
                    : etherType(next, next + 2);
        }
        next++;
        next += bytes[next] == 0 ? 1 : 0;
        if (next >= to) {
            return cutShort();
        }
        return switch (bytes[next] & 0xff) {
            case 0xcc -> ip(4, next + 1);
            case 0x8e -> ip(6, next + 1);
            case 0x80 -> snap(next + 1);
            default -> SkipReason.NOT_IP;
        };
    }

    /** The address family that a system's own numbers tell, in its own byte order. */
    private SkipReason family(int from, int next) {
        if (to - from < 4) {
            return cutShort();
        }
        int family = Bytes.int32(bytes, from);
        // Families are small numbers, so the byte order shows.
        return ofFamily(family >>> 16 == 0 ? family : Integer.reverseBytes(family), next);
    }

    /** BSD's families: 24, 28 and 30 are IPv6 of NetBSD, FreeBSD and macOS, 10 is Linux's. */
    private SkipReason ofFamily(int family, int next) {
        return switch (family) {
            case 2 -> ip(4, next);
            case 10, 24, 28, 30 -> ip(6, next);
            default -> SkipReason.NOT_IP;
        };
    }

    /** OpenBSD's packet filter: length of the header, family. */
    private SkipReason pf(int from) {
        if (to - from < 2) {
            return cutShort();
        }
        return ofFamily(bytes[from + 1] & 0xff, from + ((bytes[from] & 0xff) + 3) / 4 * 4);
    }

    /**
     * Linux netfilter's log: fields of the logging machine's byte order, one of them the packet.
     */
    private SkipReason netfilter(int from) {
        int field = from + 4;
        while (to - field >= 4) {
            int length = little16(field);
            if ((little16(field + 2) & 0x7fff) == 9) {
                return raw(field + 4);
            }
            if (length < 4) {
                return SkipReason.BAD_HEADER;
            }
            field += (length + 3) / 4 * 4;
        }
        return cutShort();
    }

    /** IEEE 802.11: data frames that are not encrypted. */
    private SkipReason wireless(int from) {
        if (to - from < 2) {
            return cutShort();
        }
        int control = bytes[from] & 0xff;
        int flags = bytes[from + 1] & 0xff;
        boolean data = (control & 0x0c) == 0x08;
        boolean empty = (control & 0x40) != 0;
        boolean encrypted = (flags & 0x40) != 0;
        if (!data || empty || encrypted) {
            return SkipReason.NOT_IP;
        }
        int header = 24 + ((flags & 3) == 3 ? 6 : 0);
        if ((control & 0x80) != 0) {
            header += (flags & 0x80) != 0 ? 6 : 2;
        }
        return llc(from + header);
    }

    /** Per-packet information before a frame of another link layer. */
    private SkipReason perPacket(int from) {
        if (to - from < 8) {
            return cutShort();
        }
        return within(Integer.reverseBytes(Bytes.int32(bytes, from + 4)), from, little16(from + 2));
    }

    /** macOS's pseudo interfaces: length, type, link layer of what follows. */
    private SkipReason appleTap(int from) {
        if (to - from < 12) {
            return cutShort();
        }
        int length = Integer.reverseBytes(Bytes.int32(bytes, from));
        return within(Integer.reverseBytes(Bytes.int32(bytes, from + 8)), from, length);
    }

    private SkipReason within(int link, int from, int length) {
        if (length < 0 || length > to - from) {
            return cutShort();
        }
        return link == 192 || link == 258
                ? SkipReason.UNKNOWN_LINK
                : find(link, bytes, from + length, to);
    }

    private int little16(int from) {
        return Short.toUnsignedInt(Short.reverseBytes((short) Bytes.int16(bytes, from)));
    }
}
