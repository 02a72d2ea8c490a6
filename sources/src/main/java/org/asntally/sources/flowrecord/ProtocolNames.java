package org.asntally.sources.flowrecord;

import java.nio.charset.StandardCharsets;

/**
 * Numbers of upper-layer protocols by the keywords of IANA (iana.org/assignments/protocol-numbers),
 * without regard to case. Goflow2 writes these in JSON.
 */
final class ProtocolNames {

    /** By number from 0; a dash where the number has no keyword. */
    private static final String[] NAMES =
            ("HOPOPT ICMP IGMP GGP IPv4 ST TCP CBT EGP IGP BBN-RCC-MON NVP-II PUP ARGUS EMCON XNET"
                            + " CHAOS UDP MUX DCN-MEAS HMP PRM XNS-IDP TRUNK-1 TRUNK-2 LEAF-1 LEAF-2"
                            + " RDP IRTP ISO-TP4 NETBLT MFE-NSP MERIT-INP DCCP 3PC IDPR XTP DDP"
                            + " IDPR-CMTP TP++ IL IPv6 SDRP IPv6-Route IPv6-Frag IDRP RSVP GRE DSR BNA"
                            + " ESP AH I-NLSP SWIPE NARP MOBILE TLSP SKIP IPv6-ICMP IPv6-NoNxt"
                            + " IPv6-Opts - CFTP - SAT-EXPAK KRYPTOLAN RVD IPPC - SAT-MON VISA IPCV"
                            + " CPNX CPHB WSN PVP BR-SAT-MON SUN-ND WB-MON WB-EXPAK ISO-IP VMTP"
                            + " SECURE-VMTP VINES TTP NSFNET-IGP DGP TCF EIGRP OSPFIGP Sprite-RPC"
                            + " LARP MTP AX.25 IPIP MICP SCC-SP ETHERIP ENCAP - GMTP IFMP PNNI PIM"
                            + " ARIS SCPS QNX A/N IPComp SNP Compaq-Peer IPX-in-IP VRRP PGM - L2TP DDX"
                            + " IATP STP SRP UTI SMP SM PTP ISIS FIRE CRTP CRUDP SSCOPMCE IPLT SPS"
                            + " PIPE SCTP FC RSVP-E2E-IGNORE Mobility-Header UDPLite MPLS-in-IP manet"
                            + " HIP Shim6 WESP ROHC Ethernet AGGFRAG NSH")
                    .split(" ", -1);

    /** Longer than any of them. */
    private static final int LONGEST = 64;

    private static final int RESERVED = 255;
    private static final int SLOTS = 512;
    private static final byte[][] KEYS = new byte[SLOTS][];
    private static final int[] NUMBERS = new int[SLOTS];

    static {
        for (int number = 0; number < NAMES.length; number++) {
            if (!NAMES[number].equals("-")) {
                put(NAMES[number], number);
            }
        }
        put("OSPF", 89);
        put("reserved", RESERVED);
    }

    private ProtocolNames() {}

    private static void put(String name, int number) {
        byte[] key = name.getBytes(StandardCharsets.US_ASCII);
        int slot = hash(key, 0, key.length) & (SLOTS - 1);
        while (KEYS[slot] != null) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        KEYS[slot] = key;
        NUMBERS[slot] = number;
    }

    /** The number of a protocol; 0 for a word that is none. */
    static int numberOf(byte[] text, int from, int length) {
        if (length <= 0 || length > LONGEST) {
            return 0;
        }
        int slot = hash(text, from, length) & (SLOTS - 1);
        for (byte[] key = KEYS[slot]; key != null; key = KEYS[slot]) {
            if (equal(key, text, from, length)) {
                return NUMBERS[slot];
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return 0;
    }

    private static int hash(byte[] text, int from, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + (text[from + i] | 0x20);
        }
        return hash ^ hash >>> 9;
    }

    private static boolean equal(byte[] key, byte[] text, int from, int length) {
        if (key.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((key[i] | 0x20) != (text[from + i] | 0x20)) {
                return false;
            }
        }
        return true;
    }
}
