package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asntally.sources.FlowColumn;
import org.junit.jupiter.api.Test;

/** The reader's day is 2026-03-01, its zone Berlin. */
class TcpdumpLinesTest {
    private static final Set<FlowColumn> PAIR = Set.of(FlowColumn.SOURCE, FlowColumn.DESTINATION);

    /** Cases where the text cannot tell what tshark sees in the packet. */
    private static final Map<String, String> EXCEPTIONS =
            Map.of(
                    "mpls-traceroute-v", "the addresses are on the third line, which is not kept",
                    "ipv4_invalid_length", "the text shows no address",
                    "ipv6_invalid_length", "the text shows no address",
                    "ipv6_39_byte_header", "the text shows no address",
                    "icmp-icmp_print-oobr-2", "the text shows no address",
                    "macsec-short-shorter", "the text shows no address",
                    "icmp-length-zero", "the text shows no address",
                    "cve2015-0261_01", "the text shows addresses, tshark gives the packet up",
                    "cve2015-0261_02", "the text shows addresses, tshark gives the packet up",
                    "icmp6_nodeinfo_oobr", "the text shows addresses, tshark gives the packet up");

    @Test
    void readsEveryShapeOfTheGoldenCase() throws IOException {
        String text = Files.readString(Shared.file("spec/golden/asncounter/tcpdump1.in"));

        ReadLines read = read(Set.of(FlowColumn.SOURCE), text);

        assertThat(read.flows())
                .containsExactly(
                        "192.0.2.10",
                        "2001:db8::2",
                        "192.0.2.11",
                        "2001:db8::3",
                        "203.0.113.42",
                        "192.0.2.12",
                        "192.0.2.13",
                        "192.0.2.14",
                        "192.0.2.15",
                        "192.0.2.16",
                        "192.0.2.17");
        assertThat(read.skips()).isEqualTo(Map.of("not-ip", 1L, "host-name", 1L, "blank", 1L));
    }

    @Test
    void readsBothSidesAndTheFirstLengthThatIsPrinted() {
        String text =
                """
                12:00:00.5 IP 192.0.2.1.443 > 198.51.100.7.51234: tcp 1448
                12:00:00.5 IP 192.0.2.1.443 > 198.51.100.7.51234: Flags [P.], options [length 3], length 121: BGP
                12:00:00.5 aa:bb:cc:dd:ee:ff > 11:22:33:44:55:66, ethertype 802.1Q (0x8100), length 64: vlan 100, p 0, ethertype IPv4 (0x0800), 192.0.2.1.1 > 198.51.100.7.4: UDP, length 5
                12:00:00.5 IP6 (hlim 1, next-header UDP (17), payload length 32) 2001:db8::1.7784 > 2001:db8::2.4: BFDv1, length: 24
                12:00:00.5 IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto TCP (6), length 60)
                    192.0.2.1.1 > 198.51.100.7.443: Flags [S], length 0
                \t0x0000:  4500 003c > 1.2.3.4 > 5.6.7.8: no
                12:00:00.5 IP 192.0.2.1 > 198.51.100.7: GREv0, length 85: IP 203.0.113.1 > 203.0.113.2: ICMP echo request
                12:00:00.5 eth0  Out IP 192.0.2.1.https > 198.51.100.7.domain: 13784+ A? example.com. (29)
                """;

        ReadLines read =
                read(
                        Set.of(
                                FlowColumn.SOURCE,
                                FlowColumn.DESTINATION,
                                FlowColumn.PACKETS,
                                FlowColumn.BYTES),
                        text);

        assertThat(read.flows())
                .containsExactly(
                        "192.0.2.1 198.51.100.7 1 1448",
                        "192.0.2.1 198.51.100.7 1 121",
                        "192.0.2.1 198.51.100.7 1 64",
                        "2001:db8::1 2001:db8::2 1 72",
                        "192.0.2.1 198.51.100.7 1 60",
                        "192.0.2.1 198.51.100.7 1 85",
                        "192.0.2.1 198.51.100.7 1 0");
        assertThat(read.skips()).isEmpty();
    }

    @Test
    void readsVerboseMplsOverThreeLines() {
        String text =
                """
                12:00:00.1 MPLS (label 100704, tc 0, [S], ttl 1)
                \tIP (tos 0x0, ttl 1, id 1, offset 0, flags [none], proto UDP (17), length 40)
                    192.0.2.1.42315 > 198.51.100.7.33435: UDP, length 12
                """;

        assertThat(read(PAIR, text).flows()).containsExactly("192.0.2.1 198.51.100.7");
    }

    @Test
    void readsEveryStamp() {
        String packet = "IP 192.0.2.1 > 198.51.100.7: ICMP echo request, length 64\n";
        assertThat(times("1772366400.123456 " + packet)).containsExactly(1772366400123L);
        assertThat(times("1772366400.123456789 " + packet)).containsExactly(1772366400123L);
        assertThat(times("2026-03-01 13:00:00.123456 " + packet)).containsExactly(1772366400123L);
        assertThat(times("13:00:00.123456 " + packet)).containsExactly(1772366400123L);
        assertThat(times("    7  13:00:00.123456 " + packet)).containsExactly(1772366400123L);
        assertThat(times("caplen 98 len 98 13:00:00.123456 " + packet))
                .containsExactly(1772366400123L);
        // Since the first packet, from the start of the day.
        assertThat(times(" 00:00:00.000000 " + packet + " 13:00:00.123456 " + packet))
                .containsExactly(1772319600000L, 1772366400123L);
        // A value that goes down: since the packet before.
        assertThat(
                        times(
                                " 00:00:00.000000 "
                                        + packet
                                        + " 00:00:02.000000 "
                                        + packet
                                        + " 00:00:01.000000 "
                                        + packet))
                .containsExactly(1772319600000L, 1772319602000L, 1772319603000L);
    }

    @Test
    void aStepBackByMoreThanTwelveHoursIsMidnight() {
        String packet = " IP 192.0.2.1 > 198.51.100.7: ICMP echo request, length 64\n";

        assertThat(
                        times(
                                "23:59:59.900000"
                                        + packet
                                        + "23:59:59.800000"
                                        + packet
                                        + "00:00:00.100000"
                                        + packet
                                        + "23:00:00.000000 ARP, Request who-has 192.0.2.1\n"
                                        + "01:00:00.000000"
                                        + packet))
                .containsExactly(
                        1772405999900L,
                        1772405999800L,
                        1772406000100L,
                        1772406000000L + 86400000L + 3600000L);
    }

    @Test
    void anImpossibleTimeIsABadLine() {
        ReadLines read =
                read(
                        Set.of(FlowColumn.TIME),
                        """
                        25:61:00.000000 IP 192.0.2.1 > 198.51.100.7: ICMP
                        2026-02-30 12:00:00.000000 IP 192.0.2.1 > 198.51.100.7: ICMP
                        """);

        assertThat(read.skips()).isEqualTo(Map.of("bad-time", 2L));
    }

    @Test
    void linesThatAreNoPacketAreCountedByTheirReason() {
        String text =
                """
                tcpdump: verbose output suppressed, use -v[v]... for full protocol decode
                listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
                12:00:00.1 ARP, Request who-has 192.0.2.1 tell 192.0.2.254, length 28
                12:00:00.2 IP host.example.com.443 > other.example.com.555: tcp 0
                12:00:00.3 IP  [version 6 != 4] (invalid)
                what is this
                12:00:00.4 IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto TCP (6), length 60)
                12:00:00.5 IP 192.0.2.1.443 > 198.51.100.7.51234: tcp 0

                10 packets captured
                12 packets received by filter
                0 packets dropped by kernel
                """;

        ReadLines read = read(Set.of(FlowColumn.SOURCE), text);

        assertThat(read.flows()).containsExactly("192.0.2.1");
        assertThat(read.skips())
                .isEqualTo(
                        Map.of(
                                "blank", 6L,
                                "not-ip", 1L,
                                "host-name", 1L,
                                "no-address", 1L,
                                "bad-shape", 2L));
    }

    @Test
    void readsWhatTsharkSeesInRealPackets() throws IOException {
        List<String> wrong = new ArrayList<>();
        int right = 0;
        int exceptions = 0;
        List<String> rows =
                new String(
                                Files.readAllBytes(Shared.file("data/tcpdump/golden.tsv")),
                                StandardCharsets.ISO_8859_1)
                        .lines()
                        .toList();
        for (String row : rows) {
            String[] cells = row.split("\t", -1);
            String next = cells[8];
            boolean startsPacket = next.matches("\\d+  \\d{4}-.*|\\d{4}-\\d\\d-\\d\\d \\d\\d:.*");
            String text = cells[7] + (next.isEmpty() || startsPacket ? "" : "\n    " + next);

            List<String> flows = read(PAIR, text).flows();

            if (EXCEPTIONS.containsKey(cells[0])) {
                exceptions++;
                continue;
            }
            String expected = cells[5] + " " + cells[6];
            if (cells[5].isEmpty() ? flows.isEmpty() : flows.equals(List.of(expected))) {
                right++;
            } else {
                wrong.add(
                        cells[0]
                                + " "
                                + cells[4]
                                + ": "
                                + flows
                                + " instead of "
                                + expected
                                + " | "
                                + cells[7]);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(right).isGreaterThan(7900);
        assertThat(exceptions).isLessThan(60);
    }

    private static List<Long> times(String text) {
        return read(Set.of(FlowColumn.TIME), text).flows().stream().map(Long::valueOf).toList();
    }

    private static ReadLines read(Set<FlowColumn> columns, String text) {
        return ReadLines.of(TcpdumpFormat.INSTANCE, ReadLines.OPTIONS, columns, text);
    }
}
