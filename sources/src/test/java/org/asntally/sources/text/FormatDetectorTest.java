package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.asntally.sources.text.Detection.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FormatDetectorTest {
    private static final String COMMON =
            "192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET / HTTP/1.1\" 200 1234";
    private static final String COMBINED = COMMON + " \"https://example.com/\" \"curl/8.5.0\"";
    private static final String TCPDUMP =
            "12:00:00.000001 IP 192.0.2.1.443 > 198.51.100.7.5123: Flags [.], ack 1, length 0";
    private static final String VERBOSE =
            "12:00:00.000001 IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto TCP (6), length"
                    + " 60)\n    192.0.2.1.443 > 198.51.100.7.5123: Flags [.], length 0";

    static Stream<Arguments> heads() {
        List<Arguments> heads = new ArrayList<>();
        // Address lines.
        told(heads, "line", "192.0.2.1");
        told(heads, "line", "192.0.2.1\n198.51.100.7\n");
        told(heads, "line", "192.0.2.1\r\n198.51.100.7\r\n");
        told(heads, "line", "2001:db8::1\n2001:db8::2\n");
        told(heads, "line", "\ufeff192.0.2.1\n");
        told(heads, "line", "# a list\n\n192.0.2.1 # home\n");
        told(heads, "line", "\n\n\n  192.0.2.1\n");
        told(heads, "line", "header\n192.0.2.1\n192.0.2.2\n");
        told(heads, "line", "garbage at first\n192.0.2.1\n");
        told(heads, "line", "192.0.2.1\n192.0.2.2 5\n192.0.2.3\n");
        // Tuples.
        told(heads, "tuple", "192.0.2.1 1\n192.0.2.2 2.5\n");
        told(heads, "tuple", "192.0.2.1\t1e3\r\n");
        told(heads, "tuple", "2001:db8::1 12 # a comment\n");
        told(heads, "tuple", "address count\n192.0.2.1 1\n");
        told(heads, "tuple", "192.0.2.1 inf\n192.0.2.1 1\n");
        told(heads, "tuple", "\ufeff192.0.2.1 5\n192.0.2.1 5\n192.0.2.1\n");
        // Access logs.
        told(heads, "log (common)", COMMON);
        told(heads, "log (common)", COMMON + "\r\n" + COMMON + "\r\n");
        told(heads, "log (common)", "\ufeff" + COMMON + "\n");
        told(heads, "log (common)", COMMON.replace("192.0.2.1 - -", "192.0.2.1 - john doe"));
        told(heads, "log (common)", COMMON.replace(" 1234", " -"));
        told(heads, "log (common)", COMMON.replace("192.0.2.1", "2001:db8::1"));
        told(heads, "log (combined)", COMBINED);
        told(heads, "log (main)", COMBINED + " \"203.0.113.9\"\n");
        told(heads, "log (main)", COMBINED + " \"-\"\n");
        told(heads, "log (combined)", COMBINED + " \"0.005\"x\n");
        told(heads, "log (combined)", "#Version 1\n\n" + COMBINED + "\n");
        told(heads, "log (combined)", "cut off line\" 200 5\n" + COMBINED + "\n" + COMBINED);
        told(heads, "log (combined)", COMBINED + "\n" + COMBINED.substring(0, 90));
        told(heads, "log (combined)", COMBINED.replace("GET /", "GET /\\\"x\\\""));
        told(heads, "log (combined)", COMBINED.replace("192.0.2.1", "www.example.com"));
        told(heads, "log (combined)", COMBINED.replace("192.0.2.1", "[2001:db8::1]:443"));
        told(heads, "log (combined)", COMBINED.replace("GET / HTTP/1.1", "-") + "\n");
        told(heads, "log (combined)", COMBINED.replace("- - [", "- frank [") + "\n");
        told(heads, "log (vhost)", "www.example.com " + COMMON);
        told(heads, "log (vhost-combined)", "www.example.com:443 " + COMBINED);
        told(heads, "log (vhost-combined)", "[::1]:80 " + COMBINED + "\n");
        told(heads, "log (vhost-combined)", "www.example.com " + COMBINED);
        told(
                heads,
                "log (combined, ISO time)",
                COMBINED.replace("01/Mar/2026:12:00:00 +0000", "2026-03-01T12:00:00+00:00"));
        // tcpdump.
        told(heads, "tcpdump", TCPDUMP);
        told(heads, "tcpdump", "2026-03-01 " + TCPDUMP + "\n");
        told(heads, "tcpdump", TCPDUMP.replace("12:00:00.000001", "1772366400.000001"));
        told(heads, "tcpdump", " " + TCPDUMP + "\n " + TCPDUMP);
        told(heads, "tcpdump", TCPDUMP.substring(16));
        told(heads, "tcpdump", VERBOSE);
        told(heads, "tcpdump", VERBOSE + "\n\t0x0000:  4500 003c\n" + VERBOSE);
        told(heads, "tcpdump", "    1  " + TCPDUMP);
        told(heads, "tcpdump", TCPDUMP.replace("IP", "eth0  In  IP"));
        told(
                heads,
                "tcpdump",
                "12:00:00.000001 aa:bb:cc:dd:ee:ff > 11:22:33:44:55:66, ethertype IPv4 (0x0800),"
                        + " length 60: 192.0.2.16.1 > 192.0.2.1.443: UDP, length 5");
        told(heads, "tcpdump", "12:00:00.000001 ARP, Request who-has 192.0.2.1 tell 192.0.2.2");
        told(heads, "tcpdump", "tcpdump: listening on eth0, link-type EN10MB\n" + TCPDUMP + "\r\n");
        told(heads, "tcpdump", TCPDUMP.replace("192.0.2.1.443", "www.example.com.443"));
        // What no line tells.
        other(heads, Verdict.UNKNOWN, "no lines", "");
        other(heads, Verdict.UNKNOWN, "no lines", "\n\n# only comments\n");
        other(heads, Verdict.UNKNOWN, "none of 2 lines", "hello world, all of you\nbye bye now\n");
        // JSON.
        told(heads, "json-log (json)", "{\"remote_ip\":\"192.0.2.1\",\"status\":200}\n");
        told(heads, "json-log (nginx)", "{\"remote_addr\":\"192.0.2.1\"}\n{}\nnoise\n");
        other(heads, Verdict.UNKNOWN, "JSON", "{\"a\":1}\n{\"a\":2}\nnoise\n");
        other(heads, Verdict.NO_TEXT, "UTF-16", "\u00ff\u00fe1\0", StandardCharsets.ISO_8859_1);
        other(heads, Verdict.NO_TEXT, "UTF-16", "\ufeff192.0.2.1\n", StandardCharsets.UTF_16LE);
        other(heads, Verdict.NO_TEXT, "UTF-16", "192.0.2.1\n", StandardCharsets.UTF_16BE);
        other(heads, Verdict.NO_TEXT, "binary", "\1\2\3\4\5\6\7", StandardCharsets.ISO_8859_1);
        for (String magic :
                List.of("\u00d4\u00c3\u00b2\u00a1", "\u00a1\u00b2\u00c3\u00d4", "M<\u00b2\u00a1")) {
            capture(heads, "pcap", magic + "\2\0\4\0");
        }
        capture(heads, "pcapng", "\n\r\r\n\0\0\0\u001c");
        return heads.stream();
    }

    @ParameterizedTest(name = "{index}: {1} {2}")
    @MethodSource("heads")
    void tellsTheFormatFromTheHead(byte[] head, Verdict verdict, String expected) {
        Detection detection = FormatDetector.detect(head, head.length, true);

        assertThat(detection.verdict()).as(detection.toString()).isEqualTo(verdict);
        if (verdict == Verdict.TOLD) {
            assertThat(detection.format().label()).isEqualTo(expected);
            assertThat(FormatDetector.tell(head, head.length, true)).isEqualTo(detection.format());
        } else {
            assertThat(detection.reason()).contains(expected);
            assertThat(detection.format())
                    .isEqualTo(
                            expected.equals("JSON")
                                    ? new JsonFormat(JsonFields.ANY)
                                    : PlainFormat.LINE);
            assertThat(FormatDetector.tell(head, head.length, true)).isNull();
        }
    }

    @Test
    void aLineThatIsCutOffAtTheEndOfTheHeadDoesNotCount() {
        byte[] head = (COMMON + "\n192.0.2.1").getBytes(StandardCharsets.UTF_8);

        assertThat(FormatDetector.detect(head, head.length, false).reason())
                .isEqualTo("1 of 1 lines");
        assertThat(FormatDetector.detect(head, head.length, true).reason())
                .isEqualTo("1 of 2 lines");
    }

    @Test
    void looksAtNothingBehindTheHead() {
        byte[] head = "192.0.2.1\n192.0.2.1 5\n192.0.2.1 5\n".getBytes(StandardCharsets.UTF_8);

        assertThat(FormatDetector.detect(head, 10, true).format()).isEqualTo(PlainFormat.LINE);
    }

    private static void told(List<Arguments> heads, String label, String text) {
        heads.add(Arguments.of(text.getBytes(StandardCharsets.UTF_8), Verdict.TOLD, label));
    }

    private static void capture(List<Arguments> heads, String label, String bytes) {
        heads.add(Arguments.of(bytes.getBytes(StandardCharsets.ISO_8859_1), Verdict.TOLD, label));
    }

    private static void other(List<Arguments> heads, Verdict verdict, String reason, String text) {
        other(heads, verdict, reason, text, StandardCharsets.UTF_8);
    }

    private static void other(
            List<Arguments> heads,
            Verdict verdict,
            String reason,
            String text,
            java.nio.charset.Charset charset) {
        heads.add(Arguments.of(text.getBytes(charset), verdict, reason));
    }
}
