package org.asntally.sources.text;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per line of each reader, one thread, from bytes in memory to flow batches.
 *
 * <p>CPU time on one of two AMD EPYC processors that were busy with other work, 2026-11-25: addresses
 * 21, mixed 35, tuples 74, combined (200 bytes) 57, combined-time 62, iso 79, tcpdump 134.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(LineBenchmark.LINES)
public class LineBenchmark {
    static final int LINES = 100_000;

    /** What is read. {@code addresses} are IPv4; {@code mixed} has a quarter of IPv6. */
    @Param({
        "addresses",
        "mixed",
        "tuples",
        "combined",
        "combined-time",
        "combined-status",
        "combined-path",
        "combined-agent",
        "combined-syslog",
        "iso",
        "nginx-json",
        "nginx-json-status",
        "caddy",
        "caddy-status",
        "netfilter",
        "tcpdump"
    })
    private String lines;

    private byte[] text;
    private LineReader reader;
    private FlowBatchBuilder flows;

    /** Makes the lines. */
    @Setup
    public void setUp() {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            all.append(line(random, i)).append('\n');
        }
        text = all.toString().getBytes(StandardCharsets.UTF_8);
        Set<FlowColumn> columns = EnumSet.of(FlowColumn.SOURCE);
        if (lines.equals("combined-time") || lines.equals("iso") || lines.equals("tcpdump")) {
            columns.add(FlowColumn.TIME);
        }
        if (lines.endsWith("-status")) {
            columns.add(FlowColumn.STATUS);
        }
        if (lines.endsWith("-path")) {
            columns.add(FlowColumn.PATH);
        }
        if (lines.endsWith("-agent")) {
            columns.add(FlowColumn.AGENT);
        }
        if (lines.equals("tuples")) {
            columns.add(FlowColumn.WEIGHT);
        }
        LineFormat format =
                switch (lines) {
                    case "addresses", "mixed" -> PlainFormat.LINE;
                    case "tuples" -> PlainFormat.TUPLE;
                    case "tcpdump" -> TcpdumpFormat.INSTANCE;
                    case "netfilter" -> NetfilterFormat.INSTANCE;
                    case "caddy", "caddy-status" -> new JsonFormat(JsonFields.CADDY);
                    case "nginx-json", "nginx-json-status" -> new JsonFormat(JsonFields.NGINX);
                    case "iso" -> LogFormat.of("$time_iso8601 $remote_addr \"$request\" $status");
                    default -> LogFormat.COMBINED;
                };
        reader = format.open(new ReaderOptions(true, ZoneOffset.UTC, null));
        flows = new FlowBatchBuilder(columns);
    }

    private String line(SplittableRandom random, int i) {
        int a = random.nextInt();
        String v4 =
                (a >>> 24) + "." + (a >>> 16 & 0xff) + "." + (a >>> 8 & 0xff) + "." + (a & 0xff);
        int second = i / 50;
        String clock =
                String.format("%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
        return switch (lines) {
            case "addresses" -> v4;
            case "mixed" ->
                    random.nextInt(4) == 0 ? "2001:db8:" + Integer.toHexString(a >>> 16) + "::1" : v4;
            case "tuples" -> v4 + " " + random.nextInt(10_000) / 100.0;
            case "tcpdump" ->
                    clock + ".000001 IP " + v4 + ".443 > 192.0.2.1.50123: Flags [.], ack 1, length 0";
            case "iso" ->
                    "2026-03-01T" + clock + "+00:00 " + v4 + " \"GET /index.html HTTP/1.1\" 200";
            case "netfilter" ->
                    "Mar  1 " + clock + " gw kernel: [42.1] DROP IN=eth0 OUT= MAC=00:00:5e:00:53:01:00 SRC="
                            + v4 + " DST=192.0.2.1 LEN=60 TOS=0x00 PREC=0x00 TTL=52 ID=1 DF PROTO=TCP"
                            + " SPT=50123 DPT=22 WINDOW=64240 RES=0x00 SYN URGP=0";
            case "nginx-json", "nginx-json-status" ->
                    "{\"time_iso8601\":\"2026-03-01T" + clock + "+00:00\",\"remote_addr\":\"" + v4
                            + "\",\"remote_user\":\"\",\"request\":\"GET /some/page/" + i
                            + ".html HTTP/1.1\",\"status\":200,\"body_bytes_sent\":5123,\"request_time\":0.004,"
                            + "\"http_referer\":\"https://www.example.com/\",\"http_user_agent\":\"Mozilla/5.0"
                            + " (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\"}";
            case "caddy", "caddy-status" ->
                    "{\"level\":\"info\",\"ts\":17723664" + (10 + second % 90) + ".5241024,\"logger\":"
                            + "\"http.log.access.log0\",\"msg\":\"handled request\",\"request\":{\"remote_ip\":\""
                            + v4 + "\",\"remote_port\":\"41342\",\"client_ip\":\"" + v4
                            + "\",\"proto\":\"HTTP/2.0\",\"method\":\"GET\",\"host\":\"www.example.com\",\"uri\":"
                            + "\"/some/page/" + i + ".html\",\"headers\":{\"User-Agent\":[\"Mozilla/5.0 (X11; Linux"
                            + " x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\"],\"Accept\":[\"text/html,"
                            + "application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\"],\"Accept-Language\":"
                            + "[\"en-US,en;q=0.5\"],\"Accept-Encoding\":[\"gzip, deflate, br\"],\"Referer\":"
                            + "[\"https://www.example.com/\"]},\"tls\":{\"resumed\":false,\"version\":772,"
                            + "\"cipher_suite\":4865,\"proto\":\"h2\",\"server_name\":\"www.example.com\"}},"
                            + "\"bytes_read\":0,\"user_id\":\"\",\"duration\":0.000929675,\"size\":10900,"
                            + "\"status\":200,\"resp_headers\":{\"Server\":[\"Caddy\"],\"Content-Type\":"
                            + "[\"text/html; charset=utf-8\"],\"Vary\":[\"Accept-Encoding\"]}}";
            default ->
                    (lines.equals("combined-syslog") ? "<190>Mar  1 " + clock + " web nginx: " : "")
                            + v4 + " - - [01/Mar/2026:" + clock + " +0000] \"GET /some/page/" + i
                            + ".html HTTP/1.1\" 200 5123 \"https://www.example.com/\" \"Mozilla/5.0"
                            + " (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\"";
        };
    }

    /** All lines, in batches. */
    @Benchmark
    public int read() {
        int rows = 0;
        for (int at = 0; at < text.length; ) {
            at = reader.readBlock(text, at, text.length, flows);
            rows += flows.build().rows();
        }
        return rows;
    }
}
