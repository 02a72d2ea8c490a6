package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.asntally.sources.FlowColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinePrefixTest {
    private static final String REST =
            " - - [01/Mar/2026:12:00:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"curl/8\"";

    /** RFC 3164, RFC 5424, files of rsyslog, journalctl's formats, CRI. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<190>Mar  1 13:00:00 web nginx: ",
                "<190>Mar  1 13:00:00 nginx: ",
                "<6>Mar 11 13:00:00 2001:db8::5 nginx[123]: ",
                "Mar  1 13:00:00 web.example.com nginx[123]: ",
                "Mar  1 13:00:00.123456 web nginx[123]: ",
                "2026-03-01T13:00:00+01:00 web nginx: ",
                "2026-03-01T13:00:00.123456+01:00 web nginx[123]: ",
                "2026-03-01T13:00:00+0100 web nginx[123]: ",
                "2026-03-01T12:00:00Z web nginx[123]: ",
                "Sun 2026-03-01 13:00:00 CET web nginx[123]: ",
                "<190>1 2026-03-01T12:00:00.123Z web nginx 123 ID47 - ",
                "<190>1 - - nginx - - - ",
                "<190>1 2026-03-01T12:00:00Z w a - - [x@1 k=\"v ] \\\" w\" z=\"2\"][y@2] \ufeff",
                "2026-03-01T12:00:00.123456789Z stdout F ",
            })
    void whatSyslogWritesBeforeALineIsPassed(String prefix) {
        for (String client : List.of("192.0.2.1", "2001:db8::1")) {
            String line = prefix + client + REST;
            byte[] head = (line + "\n").repeat(3).getBytes(StandardCharsets.UTF_8);

            assertThat(FormatDetector.detect(head, head.length, true).format())
                    .isEqualTo(LogFormat.COMBINED);
            assertThat(
                            ReadLines.of(
                                            LogFormat.COMBINED,
                                            ReadLines.OPTIONS,
                                            Set.of(FlowColumn.SOURCE, FlowColumn.STATUS),
                                            line + "\n" + client + REST + "\n" + line)
                                    .flows())
                    .containsExactly(client + " 200", client + " 200", client + " 200");
            assertThat(ReadLines.of(PlainFormat.LINE, prefix + client).flows())
                    .containsExactly(client);
            assertThat(ReadLines.of(PlainFormat.TUPLE, prefix + client + " 5").flows())
                    .containsExactly(client + " 5");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<>Mar  1 13:00:00 web nginx: ",
                "<1900>Mar  1 13:00:00 web nginx: ",
                "<190>1 2026-03-01T12:00:00.123Z web nginx 123 ID47 ",
                "<190>1 2026-03-01T12:00:00.123Z web nginx 123 ID47 [x ",
                "Foo  1 13:00:00 web nginx: ",
                "Mar  1 13:00:00 web nginx ",
                "Mar  1 13:00:00",
                "2026-03-01T13:00:00+01:00 web nginx ",
                "2026-13-01T13:00:00+01:00 web nginx: ",
                "Mar  1 13:00:00 web of lies: ",
            })
    void whatIsNoPrefixIsNotPassed(String prefix) {
        assertThat(ReadLines.of(PlainFormat.LINE, prefix + "192.0.2.1").flows()).isEmpty();
    }

    @Test
    void nothingIsPassedWhereLinesAreToBeTakenAsTheyAre() {
        ReaderOptions options = ReadLines.OPTIONS.with(LogReading.USUAL.withoutPrefixes());

        assertThat(
                        ReadLines.of(
                                        PlainFormat.LINE,
                                        options,
                                        Set.of(FlowColumn.SOURCE),
                                        "Mar  1 13:00:00 web nginx: 192.0.2.1")
                                .skips())
                .containsOnlyKeys("bad-address");
    }

    private static final String PACKET =
            "IN=eth0 OUT= MAC=00:00:5e:00:53:01:00:00:5e:00:53:02:08:00 SRC=192.0.2.1"
                    + " DST=198.51.100.7 LEN=60 TOS=0x08 PREC=0x20 TTL=52 ID=54321 DF PROTO=TCP"
                    + " SPT=50123 DPT=22 WINDOW=64240 RES=0x00 ACK SYN URGP=0 ";

    private static List<String> netfilter(String date, String... lines) {
        ReaderOptions options = new ReaderOptions(true, ZoneOffset.UTC, LocalDate.parse(date));
        return ReadLines.of(
                        NetfilterFormat.INSTANCE,
                        options,
                        Set.of(FlowColumn.TIME, FlowColumn.SOURCE),
                        String.join("\n", lines))
                .flows();
    }

    /** Time, addresses, packets, bytes, protocol, ports, flags, TTL, DSCP, fragment, interfaces. */
    @Test
    void linesOfTheFirewallAreFlows() {
        String at = "2026-03-01T12:00:00Z gw kernel: ";
        assertThat(ReadLines.of(NetfilterFormat.INSTANCE, at + "[12.5] DROP " + PACKET).flows())
                .containsExactly(
                        "1772366400000 192.0.2.1 198.51.100.7 1 60 6 50123 22 18 52 10 0 eth0 ");
        assertThat(
                        ReadLines.of(
                                        NetfilterFormat.INSTANCE,
                                        at
                                                + "IN=eth1 OUT=eth2 SRC=2001:db8::1 DST=2001:db8::2"
                                                + " LEN=72 TC=184 HOPLIMIT=64 FLOWLBL=5 PROTO=UDP"
                                                + " SPT=53 DPT=1024 LEN=32\n"
                                                + at
                                                + "IN=lo OUT= SRC=192.0.2.1 DST=192.0.2.2 LEN=56"
                                                + " TOS=0x00 PREC=0xC0 TTL=64 ID=1 MF FRAG:185"
                                                + " PROTO=ICMP TYPE=3 CODE=3 [SRC=10.0.0.1"
                                                + " DST=10.0.0.2 LEN=28 TTL=1 PROTO=UDP SPT=9 DPT=9"
                                                + " LEN=8 ]\n"
                                                + at
                                                + "IN=lo OUT= SRC=192.0.2.1 DST=192.0.2.2 LEN=40"
                                                + " PROTO=47")
                                .flows())
                .containsExactly(
                        "1772366400000 2001:db8::1 2001:db8::2 1 72 17 53 1024 0 64 46 0 eth1 eth2",
                        "1772366400000 192.0.2.1 192.0.2.2 1 56 1 0 0 0 64 48 1 lo ",
                        "1772366400000 192.0.2.1 192.0.2.2 1 40 47 0 0 0 0 0 0 lo ");
    }

    @Test
    void whatIsNoPacketIsSkipped() {
        assertThat(
                        ReadLines.of(
                                        NetfilterFormat.INSTANCE,
                                        """
                                        Mar  1 12:00:00 gw kernel: eth0: link up

                                        Mar  1 12:00:00 gw kernel: SRC=1.2.3.256 DST=x
                                        SRC=1.2.3.4 LEN=5
                                        SRC=1.2.3.4 DST=1.2.3.5 LEN=abc
                                        """)
                                .skips())
                .isEqualTo(
                        java.util.Map.of(
                                "no-address",
                                2L,
                                "blank",
                                1L,
                                "bad-address",
                                1L,
                                "bad-number",
                                1L));
    }

    @Test
    void theFormatIsTold() {
        byte[] head =
                ("Mar  1 12:00:00 gw kernel: [1.5] DROP " + PACKET + "\nMar  1 12:00:01 gw x: y\n")
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(FormatDetector.detect(head, head.length, true).format())
                .isEqualTo(NetfilterFormat.INSTANCE);
        assertThat(LogFormats.of("netfilter")).isEqualTo(NetfilterFormat.INSTANCE);
    }

    @Test
    void aStampWithoutYearBelongsToTheInputsYearAndGoesOnFromThere() {
        String line = " gw kernel: " + PACKET;

        // 2026-03-01 12:00, 2025-12-31 23:00, 2026-03-02 (a day ahead), 2025-03-03.
        assertThat(netfilter("2026-03-01", "Mar  1 12:00:00" + line))
                .containsExactly("1772366400000 192.0.2.1");
        assertThat(netfilter("2026-03-01", "Dec 31 23:00:00" + line, "Jan  1 01:00:00" + line))
                .containsExactly("1767222000000 192.0.2.1", "1767229200000 192.0.2.1");
        assertThat(netfilter("2026-03-01", "Mar  2 00:00:00" + line))
                .containsExactly("1772409600000 192.0.2.1");
        assertThat(netfilter("2026-03-01", "Mar  3 00:00:00" + line))
                .containsExactly("1740960000000 192.0.2.1");
        assertThat(netfilter("2026-03-01", "Feb 29 00:00:00" + line))
                .containsExactly("1709164800000 192.0.2.1");
        assertThat(netfilter("2026-01-01", "Dec 31 23:00:00" + line, "Jan  5 00:00:00" + line))
                .containsExactly("1767222000000 192.0.2.1", "1767571200000 192.0.2.1");
    }
}
