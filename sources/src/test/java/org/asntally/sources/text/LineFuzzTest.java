package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.files.ChangingFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Readers of lines on any bytes: no exception, no endless loop, each line a flow, a skip, or none
 * of its own. As tests the targets run on their seeds alone; {@code ./test.sh long} fuzzes each in
 * turn.
 */
class LineFuzzTest {

    /** Of each target, when it fuzzes. */
    private static final String MINUTES = "10m";

    private static final ReaderOptions PROXIED =
            ReadLines.OPTIONS.with(
                    LogReading.USUAL
                            .withClientFrom("X-Forwarded-For", TrustedProxies.OWN)
                            .withWeight("bytes"));

    private static void read(byte @Nullable [] bytes, LineFormat format) {
        if (bytes == null) {
            return;
        }
        byte[] text = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, text, 0, bytes.length);
        text[bytes.length] = '\n';
        for (ReaderOptions options : List.of(ReadLines.OPTIONS, PROXIED)) {
            LineReader reader = format.open(options);
            FlowBatchBuilder flows = new FlowBatchBuilder(EnumSet.allOf(FlowColumn.class));
            long told = 0;
            for (int at = 0; at < text.length; ) {
                int next = reader.readBlock(text, at, text.length, flows);
                assertThat(next).isGreaterThan(at);
                at = next;
                var batch = flows.build();
                told += batch.rows();
                for (int i = 0; i < batch.skips(); i++) {
                    told += batch.skipCount(i);
                }
            }
            long lines = 0;
            for (byte b : text) {
                lines += b == '\n' ? 1 : 0;
            }
            assertThat(told).isEqualTo(lines);
        }
    }

    private static Stream<byte[]> seeds(String... lines) {
        return Stream.of(lines).map(line -> line.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<byte[]> jsonSeeds() {
        return seeds(
                JsonLinesTest.CADDY,
                JsonLinesTest.TRAEFIK,
                JsonLinesTest.NGINX,
                JsonLinesTest.ECS,
                "{\"remote_addr\":\"\\u0031.2.3.4\",\"a\":[{\"b\":null},[[]],-1e5,\"\\x22\\\\\"]}\n{}");
    }

    @MethodSource("jsonSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void jsonLog(byte[] bytes) {
        read(bytes, new JsonFormat(JsonFields.CADDY));
        read(bytes, new JsonFormat(JsonFields.NGINX));
    }

    static Stream<byte[]> logSeeds() {
        String line =
                "192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET /\\\" HTTP/1.1\" 200 1 \"-\" \"a\\x22\""
                        + " \"for=\\x22[::1]:4\\x22;proto=http, 10.0.0.1, unknown\"";
        return seeds(
                line,
                "<190>1 2026-03-01T12:00:00Z w n 1 - [a b=\"c\\]\"] " + line,
                "w.example.com:80 " + line,
                "Mar  1 12:00:00.5 w n[1]: " + line + "\n" + line);
    }

    @MethodSource("logSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void accessLog(byte[] bytes) {
        read(bytes, LogFormat.MAIN);
        read(bytes, LogFormat.VHOST_COMBINED);
        read(bytes, LogFormat.of("$http_x_forwarded_for [$time_iso8601] $msec $request_time"));
    }

    static Stream<byte[]> netfilterSeeds() {
        return seeds(
                "Feb 29 12:00:00 gw kernel: [1.5] IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2 LEN=60"
                        + " TOS=0x08 PREC=0x20 TTL=5 MF FRAG:8 PROTO=TCP SPT=1 DPT=2 ACK SYN [SRC=1",
                "2026-03-01T12:00:00+01:00 gw kernel: SRC=::1 DST=::2 LEN=9 TC=8 PROTO=ICMPv6");
    }

    @MethodSource("netfilterSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void netfilter(byte[] bytes) {
        read(bytes, NetfilterFormat.INSTANCE);
    }

    static Stream<byte[]> detectedSeeds() {
        return Stream.of(jsonSeeds(), logSeeds(), netfilterSeeds()).flatMap(seeds -> seeds);
    }

    /** Whatever is told of a head is read, and told again where it changes. */
    @MethodSource("detectedSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void detected(byte[] bytes) {
        if (bytes == null) {
            return;
        }
        Detection detection = FormatDetector.detect(bytes, bytes.length, true);
        if (detection.format() instanceof LineFormat format && format != TcpdumpFormat.INSTANCE) {
            read(bytes, new ChangingFormat(format, FormatDetector::tell));
        }
    }

    static Stream<byte[]> patternSeeds() {
        return seeds(
                "log_format j escape=json '{\"t\":\"$time_iso8601\",\"who\":{\"ip\":\"$remote_addr\"}}';",
                "LogFormat \"%h %l %{%F %T}t \\\"%r\\\" %>s %b %{X-Forwarded-For}i\" mine",
                "[$time_local] $remote_addr ${msec}x",
                "caddy,client=a.b|c,time=ts");
    }

    /** A pattern is a format that reads, or is refused with a reason. */
    @MethodSource("patternSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void pattern(byte[] bytes) {
        if (bytes == null) {
            return;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            read(bytes, LogFormats.of(text));
        } catch (LogFormatException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
        try {
            read(bytes, new JsonFormat(JsonFields.parse(text)));
        } catch (LogFormatException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }
}
