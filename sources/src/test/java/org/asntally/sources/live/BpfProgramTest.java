package org.asntally.sources.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.asntally.sources.packet.CaptureCount;
import org.asntally.sources.text.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters in libpcap's language: they take what tcpdump takes. */
class BpfProgramTest {

    private static final List<String> FILES =
            List.of(
                    "bgp-infinite-loop.pcap",
                    "babel.pcap",
                    "dns_tcp.pcap",
                    "LINKTYPE_RAW_ipv6.pcap",
                    "ipv6-routing-header.pcap",
                    "icmpv6.pcap",
                    "afs.pcap",
                    "dccp_partial_csum_v6_simple.pcap",
                    "LACP.pcap",
                    "EIGRP_adjacency.pcap",
                    "ipoib.pcap",
                    "HDLC.pcap");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip",
                "ip6",
                "tcp",
                "udp port 53 or tcp port 53",
                "not host 10.0.0.1 and not net 192.168.0.0/16",
                "ip and not src host 0.0.0.0 and not src net 192.168.0.0/24",
                "ip proto 88 or (ip6 and not icmp6)",
                "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
                "greater 100 and less 1000",
                "portrange 1000-9000",
                "ip[2:2] % 3 = 1 or ip6[4:2] / 2 > 20",
                "len - 14 > ip[2:2] * 2 - 60",
                "ether proto 0x8809 or src net fe80::/10"
            })
    void takesWhatTcpdumpTakes(String filter) throws IOException {
        needLibrary();
        for (String name : FILES) {
            Path file = Shared.file("data/tcpdump/" + name);
            List<String> counted = Tool.lines("tcpdump", "--count", "-nr", file.toString(), filter);
            String expected = counted.isEmpty() ? "refused" : counted.get(0).split(" ", 2)[0];

            assertThat(CaptureCount.matches(Files.readAllBytes(file), new BpfFilter(filter)))
                    .as("%s of %s", filter, name)
                    .isEqualTo(expected);
        }
    }

    @Test
    void whatIsNoFilterIsToldInLibpcapsWords() {
        needLibrary();
        assertThatThrownBy(() -> new BpfFilter("tcp prt 4").check())
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("syntax error");
    }

    private static void needLibrary() {
        LiveCaptureTest.needLibrary();
    }
}
