package org.asntally.sources.packet;

import static org.asntally.sources.packet.Frames.V4;
import static org.asntally.sources.packet.Frames.V6;
import static org.asntally.sources.packet.Frames.hex;
import static org.asntally.sources.packet.Frames.ipv4;
import static org.asntally.sources.packet.Frames.ipv6;
import static org.asntally.sources.packet.Frames.join;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.asntally.sources.FlowColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Link layers, and what of IP's headers becomes a column. */
class IpPacketsTest {
    private static final String MACS = "020000000001 020000000002 ";

    private static ReadCapture read(int link, byte[] packet) {
        return ReadCapture.of(
                Captures.pcap(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 4, link).packet(packet).bytes(),
                1 << 16);
    }

    static Stream<Arguments> headers() {
        String[][] rows = {
            // What, LINKTYPE, header before IPv4, header before IPv6.
            {"Ethernet", "1", MACS + "0800", MACS + "86dd"},
            {"802.1Q", "1", MACS + "8100 0064 0800", MACS + "8100 0064 86dd"},
            {"QinQ", "1", MACS + "88a8 0064 8100 0065 0800", MACS + "9100 0064 8100 0065 86dd"},
            {"MPLS", "1", MACS + "8847 00064111", MACS + "8848 00064111"},
            {"two labels", "1", MACS + "8847 00064011 00065111", MACS + "8847 00064011 00065111"},
            {"PPPoE", "1", MACS + "8864 11000001 002a 0021", MACS + "8864 11000001 002a 0057"},
            {
                "LLC and SNAP",
                "1",
                MACS + "0064 aaaa03 000000 0800",
                MACS + "0064 aaaa03 000000 86dd"
            },
            {
                "MACsec in the clear",
                "1",
                MACS + "88e5 00 00 00000001 0800",
                MACS + "88e5 20 00 00000001 0200000000010001 86dd"
            },
            {
                "MAC in MAC",
                "1",
                MACS + "88e7 00000001 " + MACS + "0800",
                MACS + "88e7 00000001 " + MACS + "86dd"
            },
            {
                "Linux cooked",
                "113",
                "0000 0001 0006 0200000000010000 0800",
                "0000 0001 0006 0200000000010000 86dd"
            },
            {
                "Linux cooked 2",
                "276",
                "0800 0000 00000001 0001 00 06 0200000000010000",
                "86dd 0000 00000001 0001 00 06 0200000000010000"
            },
            {"raw", "101", "", ""},
            {"raw, as Linux numbers it", "12", "", ""},
            {"raw, as OpenBSD numbers it", "14", "", ""},
            {"loopback, big-endian", "0", "00000002", "0000001e"},
            {"loopback, little-endian", "0", "02000000", "18000000"},
            {"loopback of FreeBSD", "0", "02000000", "1c000000"},
            {"loopback of OpenBSD", "108", "00000002", "00000018"},
            {"PPP", "9", "ff03 0021", "ff03 0057"},
            {"PPP, short protocol", "9", "21", "57"},
            {"PPP without address", "9", "0021", "0057"},
            {"PPP, MPLS", "9", "ff03 0281 00064111", "ff03 0281 00064111"},
            {"PPP of pppd", "166", "0003 0021", "0103 0057"},
            {"PPP with direction", "204", "01 ff03 0021", "00 ff03 0057"},
            {"PPP, serial", "50", "ff03 0021", "ff03 0057"},
            {"PPP, serial of Cisco", "50", "0f00 0800", "8f00 86dd"},
            {"PPP over Ethernet", "51", "11000001 002a 0021", "11000001 002a 0057"},
            {"Cisco HDLC", "104", "0f00 0800", "8f00 86dd"},
            {"Cisco HDLC with direction", "205", "01 0f00 0800", "00 8f00 86dd"},
            {"frame relay", "107", "1841 03 cc", "1841 03 8e"},
            {"frame relay, padded", "107", "1841 03 00 cc", "18404001 03 8e"},
            {"frame relay of Cisco", "107", "1841 0800", "1841 86dd"},
            {"frame relay, SNAP", "107", "1841 03 00 80 000000 0800", "1841 03 80 000000 86dd"},
            {
                "frame relay, bridged",
                "107",
                "1841 03 00 80 0080c2 0007 " + MACS + "0800",
                "1841 03 00 80 0080c2 0001 " + MACS + "86dd"
            },
            {"frame relay with direction", "206", "00 1841 03 cc", "01 1841 03 8e"},
            {"MPLS alone", "219", "00064111", "00064011 00065111"},
            {
                "IP over InfiniBand",
                "242",
                "00".repeat(40) + "0800 0000",
                "00".repeat(40) + "86dd 0000"
            },
            {
                "IEEE 802.11",
                "105",
                "0801 0000 " + MACS + "020000000003 0000 aaaa03 000000 0800",
                "8801 0000 " + MACS + "020000000003 0000 0000 aaaa03 000000 86dd"
            },
            {
                "radiotap",
                "127",
                "0000 0800 00000000 0801 0000 " + MACS + "020000000003 0000 aaaa03 000000 0800",
                ""
            },
            {"pflog", "117", "3d 02" + "00".repeat(62), "30 18" + "00".repeat(46)},
            {"NFLOG", "239", "02 00 0000 0500 0a00 00 000000 2c00 0900", "0a 00 0000 2c00 0900"},
        };
        return Arrays.stream(rows)
                .map(row -> Arguments.of(row[0], Integer.parseInt(row[1]), row[2], row[3]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void findsTheAddressesBehindTheLinkLayer(String name, int link, String v4, String v6) {
        assertThat(read(link, join(hex(v4), ipv4())).packets).containsExactly(V4);
        if (!v6.isEmpty() || v4.isEmpty()) {
            assertThat(read(link, join(hex(v6), ipv6())).packets).containsExactly(V6);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void cutOffAnywhereItIsSkippedOrWhole(String name, int link, String v4, String v6) {
        byte[] packet = join(hex(v4), ipv4());
        int whole = hex(v4).length + 20;
        for (int length = 0; length <= packet.length; length++) {
            List<String> packets = read(link, Arrays.copyOf(packet, length)).packets;
            assertThat(packets).hasSize(1);
            assertThat(packets.get(0).equals(V4)).as("%s bytes", length).isEqualTo(length >= whole);
        }
    }

    @Test
    void whatIsNoIpIsSkippedByReason() {
        Object[][] rows = {
            {1, MACS + "0806 0001", "not-ip"},
            {1, MACS + "0026 4242 03 00", "not-ip"},
            {1, MACS + "88cc 00", "not-ip"},
            {1, MACS + "88e5 0c 00 00000001 0800 45", "not-ip"},
            {1, MACS + "8847 00064111 00000000", "not-ip"},
            {1, MACS + "8864 11000001 0002 c021", "not-ip"},
            {1, MACS + "0800 65" + "00".repeat(40), "bad-header"},
            {1, MACS + "86dd 45" + "00".repeat(40), "bad-header"},
            {1, MACS + "0800 44" + "00".repeat(40), "bad-header"},
            {1, MACS + "0800 4500 0013" + "00".repeat(40), "bad-header"},
            {1, MACS + "0800 4500 0014", "cut-short"},
            {1, MACS + "8100 00", "cut-short"},
            {0, "00000007", "not-ip"},
            {9, "ff03 c021 01", "not-ip"},
            {104, "8f00 8035 00", "not-ip"},
            {107, "1841 03 cf 0000", "not-ip"},
            {107, "00000000 00", "bad-header"},
            {105, "8000 0000", "not-ip"},
            {105, "0841 0000", "not-ip"},
            {147, "4500", "unknown-link-layer"},
        };
        for (Object[] row : rows) {
            assertThat(read((int) row[0], hex((String) row[1])).packets)
                    .as(Arrays.toString(row))
                    .containsExactly((String) row[2]);
        }
    }

    @Test
    void ofTunnelsTheOuterAddressesCount() {
        assertThat(read(101, ipv4(Frames.SOURCE, 0, 41, ipv6())).packets).containsExactly(V4);
        assertThat(read(101, ipv6(4, ipv4())).packets).containsExactly(V6);
        byte[] gre = join(hex("0000 0800"), ipv6());
        assertThat(read(101, ipv4(Frames.SOURCE, 0, 47, gre)).packets).containsExactly(V4);
    }

    /** Protocol, ports, TCP flags, TTL, DSCP, ECN, fragment. */
    private static List<Long> columns(byte[] packet) {
        ReadCapture read = read(101, packet);
        return Stream.of(
                        FlowColumn.PROTOCOL,
                        FlowColumn.SOURCE_PORT,
                        FlowColumn.DESTINATION_PORT,
                        FlowColumn.TCP_FLAGS,
                        FlowColumn.TTL,
                        FlowColumn.DSCP,
                        FlowColumn.ECN,
                        FlowColumn.FRAGMENT)
                .map(column -> read.number(0, column))
                .toList();
    }

    @Test
    void headersBecomeColumns() {
        assertThat(columns(ipv4())).containsExactly(6L, 443L, 51_234L, 0x12L, 57L, 46L, 1L, 0L);
        assertThat(columns(ipv6())).containsExactly(17L, 53L, 40_000L, 0L, 64L, 46L, 1L, 0L);
    }

    @Test
    void whatWasCutOffBehindTheAddressesIsZero() {
        assertThat(columns(Arrays.copyOf(ipv4(), 24)))
                .containsExactly(6L, 443L, 51_234L, 0L, 57L, 46L, 1L, 0L);
        assertThat(columns(Arrays.copyOf(ipv4(), 23)))
                .containsExactly(6L, 0L, 0L, 0L, 57L, 46L, 1L, 0L);
    }

    @Test
    void fragmentsHavePortsInTheFirstOneOnly() {
        byte[] ports = hex("0035 9c40 0008 0000");
        assertThat(columns(ipv4(Frames.SOURCE, 0x2000, 17, ports)))
                .containsExactly(17L, 53L, 40_000L, 0L, 57L, 46L, 1L, 1L);
        assertThat(columns(ipv4(Frames.SOURCE, 0x0001, 17, ports)))
                .containsExactly(17L, 0L, 0L, 0L, 57L, 46L, 1L, 1L);
        assertThat(columns(ipv4(Frames.SOURCE, 0x4000, 17, ports)))
                .containsExactly(17L, 53L, 40_000L, 0L, 57L, 46L, 1L, 0L);
        assertThat(columns(ipv6(44, join(hex("1100 0001 00000007"), ports))))
                .containsExactly(17L, 53L, 40_000L, 0L, 64L, 46L, 1L, 1L);
        assertThat(columns(ipv6(44, join(hex("1100 0008 00000007"), ports))))
                .containsExactly(17L, 0L, 0L, 0L, 64L, 46L, 1L, 1L);
        // An atomic one is whole.
        assertThat(columns(ipv6(44, join(hex("1100 0000 00000007"), ports))))
                .containsExactly(17L, 53L, 40_000L, 0L, 64L, 46L, 1L, 0L);
    }

    @Test
    void extensionHeadersArePassedOver() {
        byte[] tcp = Frames.tcp();
        byte[] chain =
                join(
                        hex("3c00 000000000000"),
                        hex("2b01 00000000000000000000 00000000"),
                        hex("3300 000000000000"),
                        hex("8704 00000000 000000000000000000000000 000000000000"),
                        hex("0600 000000000000"),
                        tcp);
        assertThat(columns(ipv6(0, chain)))
                .containsExactly(6L, 443L, 51_234L, 0x12L, 64L, 46L, 1L, 0L);
        byte[] endless = new byte[120_000];
        assertThat(columns(ipv6(0, endless)).get(0)).isZero();
        assertThat(columns(ipv6(59, new byte[0])).get(0)).isEqualTo(59);
    }
}
