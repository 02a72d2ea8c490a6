package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as servers write them, with addresses of documentation. */
class JsonLinesTest {

    static final String CADDY =
            "{\"level\":\"info\",\"ts\":1772366400.5241024,\"logger\":\"http.log.access.log0\","
                    + "\"msg\":\"handled request\",\"request\":{\"remote_ip\":\"10.0.0.1\","
                    + "\"remote_port\":\"41342\",\"client_ip\":\"192.0.2.1\",\"proto\":\"HTTP/2.0\","
                    + "\"method\":\"GET\",\"host\":\"www.example.com\",\"uri\":\"/a?b=1\",\"headers\":"
                    + "{\"Accept\":[\"*/*\"],\"User-Agent\":[\"curl/8.5.0\"],\"X-Forwarded-For\":"
                    + "[\"203.0.113.9, 192.0.2.7\",\"10.0.0.2\"]},\"tls\":{\"resumed\":false,"
                    + "\"version\":772,\"server_name\":\"www.example.com\"}},\"bytes_read\":0,"
                    + "\"user_id\":\"\",\"duration\":0.000929675,\"size\":10900,\"status\":404,"
                    + "\"resp_headers\":{\"Server\":[\"Caddy\"],\"Content-Type\":[]}}";

    static final String OLD_CADDY =
            "{\"level\":\"info\",\"ts\":1772366400,\"request\":{\"remote_addr\":\"192.0.2.1:41342\","
                    + "\"proto\":\"HTTP/1.1\",\"method\":\"GET\",\"host\":\"w\",\"uri\":\"/\","
                    + "\"headers\":{}},\"duration\":1.5,\"size\":0,\"status\":200}";

    static final String TRAEFIK =
            "{\"ClientAddr\":\"10.0.0.1:51304\",\"ClientHost\":\"192.0.2.1\",\"ClientPort\":\"51304\","
                    + "\"ClientUsername\":\"-\",\"DownstreamContentSize\":1234,\"DownstreamStatus\":404,"
                    + "\"Duration\":1250000000,\"OriginStatus\":200,\"RequestAddr\":\"www.example.com\","
                    + "\"RequestHost\":\"www.example.com\",\"RequestMethod\":\"GET\",\"RequestPath\":"
                    + "\"/a\",\"StartLocal\":\"2026-03-01T13:00:00.5+01:00\",\"StartUTC\":"
                    + "\"2026-03-01T12:00:00.5Z\",\"level\":\"info\",\"msg\":\"\","
                    + "\"request_User-Agent\":\"curl/8.5.0\",\"request_X-Forwarded-For\":\"192.0.2.7\","
                    + "\"time\":\"2026-03-01T13:00:02+01:00\"}";

    static final String NGINX =
            "{ \"time_local\": \"01/Mar/2026:13:00:00 +0100\", \"remote_addr\": \"192.0.2.1\","
                    + " \"request\": \"GET /a HTTP/1.1\", \"status\": \"404\", \"body_bytes_sent\":"
                    + " \"1234\", \"request_time\": \"0.250\", \"http_referrer\": \"\","
                    + " \"http_user_agent\": \"a \\u0022quoted\\u0022 agent\", \"http_host\": \"w\" }";

    static final String ECS =
            "{\"@timestamp\":\"2026-03-01T12:00:00.000Z\",\"client\":{\"ip\":\"192.0.2.1\"},"
                    + "\"http.request.method\":\"GET\",\"http\":{\"response\":{\"status_code\":404,"
                    + "\"body\":{\"bytes\":7}}},\"url\":{\"original\":\"/x\"},\"user_agent\":"
                    + "{\"original\":\"curl\"},\"event\":{\"duration\":250000000}}";

    private static List<String> all(JsonFields fields, String... lines) {
        return ReadLines.of(new JsonFormat(fields), String.join("\n", lines)).flows();
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of(
                        CADDY,
                        "caddy",
                        "1772366400524 192.0.2.1 10900 9.29675E-4 404 GET /a?b=1 curl/8.5.0"
                                + " www.example.com"),
                Arguments.of(OLD_CADDY, "caddy", "1772366400000 192.0.2.1 0 1.5 200 GET /  w"),
                Arguments.of(
                        TRAEFIK,
                        "traefik",
                        "1772366400500 192.0.2.1 1234 1.25 404 GET /a curl/8.5.0 www.example.com"),
                Arguments.of(
                        NGINX,
                        "nginx",
                        "1772366400000 192.0.2.1 1234 0.25 404 GET /a a \"quoted\" agent w"),
                Arguments.of(ECS, "ecs", "1772366400000 192.0.2.1 7 0.25 404 GET /x curl"),
                Arguments.of(
                        "{\"ts\":\"2026-03-01 13:00:00\",\"ip\":\"2001:db8::1\",\"code\":200}",
                        "json",
                        "1772366400000 2001:db8::1 200"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void linesOfEachServerAreToldAndRead(String line, String name, String expected) {
        byte[] head = (line + "\n" + line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Detection told = FormatDetector.detect(head, head.length, true);

        assertThat(told.verdict()).isEqualTo(Detection.Verdict.TOLD);
        assertThat(told.format().label()).isEqualTo("json-log (" + name + ")");
        LineFormat format = (LineFormat) told.format();
        assertThat(ReadLines.of(format, line).flows()).containsExactly(expected);
        assertThat(ReadLines.of(format, "<190>Mar  1 13:00:00 w x[1]: " + line).flows())
                .containsExactly(expected);
    }

    @Test
    void aServersOwnSetHasAllOfItsFieldsOthersThoseThatWereSeen() {
        byte[] head = (NGINX + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        FlowFormat nginx = FormatDetector.detect(head, head.length, true).format();

        assertThat(nginx.provides(FlowColumn.WEIGHT)).isTrue();
        assertThat(nginx.provides(FlowColumn.PATH)).isTrue();
        head = "{\"remote_addr\":\"192.0.2.1\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        nginx = FormatDetector.detect(head, head.length, true).format();
        assertThat(nginx.provides(FlowColumn.STATUS)).isFalse();
        assertThat(nginx.provides(FlowColumn.TIME)).isFalse();
        assertThat(new JsonFormat(JsonFields.CADDY).provides(FlowColumn.AGENT)).isTrue();
        assertThat(new JsonFormat(JsonFields.CADDY).provides(FlowColumn.DESTINATION)).isFalse();
    }

    /** Fields, line, and what comes of it: time, source, bytes, weight, status and so on. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                // Nesting, dots in keys, elements of arrays.
                "client=a.b.c; {\"a\":{\"b\":{\"c\":\"192.0.2.1\"}}}; 192.0.2.1",
                "client=a.b.c; {\"a.b\":{\"c\":\"192.0.2.1\"}}; 192.0.2.1",
                "client=a.b.c; {\"a\":{\"b.c\":\"192.0.2.1\"}}; 192.0.2.1",
                "client=a.b.c; {\"a.b.c\":\"192.0.2.1\"}; 192.0.2.1",
                "client=a.b.c; {\"b\":{\"c\":\"192.0.2.2\"},\"a\":{\"c\":\"192.0.2.3\",\"b\":"
                        + "{\"c\":\"192.0.2.1\",\"d\":[{\"c\":1}]}}}; 192.0.2.1",
                "client=a.1; {\"a\":[\"192.0.2.9\",\"192.0.2.1\"]}; 192.0.2.1",
                "client=a.1.ip; {\"a\":[{},{\"ip\":\"192.0.2.1\"}]}; 192.0.2.1",
                "client=a; {\"a\":[\"192.0.2.1\",\"192.0.2.9\"]}; 192.0.2.1",
                "client=a; {\"a\":[[\"192.0.2.1\"]]}; no-address",
                "client=a; {\"a\":[]}; no-address",
                "client=a; {\"b\":\"a\",\"c\":{\"a\":\"192.0.2.2\"},\"a\":\"192.0.2.1\"}; 192.0.2.1",
                // Of equal keys the last, of paths the first that has a value.
                "client=a; {\"a\":\"192.0.2.2\",\"a\":\"192.0.2.1\"}; 192.0.2.1",
                "client=a; {\"a\":\"192.0.2.2\",\"a\":null}; no-address",
                "client=a|b; {\"b\":\"192.0.2.2\",\"a\":\"192.0.2.1\"}; 192.0.2.1",
                "client=a|b; {\"b\":\"192.0.2.1\",\"a\":\"\"}; 192.0.2.1",
                "client=a|b; {\"b\":\"192.0.2.1\",\"a\":\"-\"}; 192.0.2.1",
                "client=a|b; {\"b\":\"192.0.2.1\",\"a\":{}}; 192.0.2.1",
                // Escapes, in keys too.
                "client=a; {\"\\u0061\":\"192\\u002e0.2.1\"}; 192.0.2.1",
                "client=a,path=p; {\"a\":\"192.0.2.1\",\"p\":\"\\/\\\\\\\"\\u00e4\\ud83d\\ude00\\ud83d\"};"
                        + " 192.0.2.1 /\\\"\u00e4\ud83d\ude00\ufffd",
                "client=a,path=p; {\"a\":\"192.0.2.1\",\"p\":\"\\x22\\xC3\\xA4\\q\\u12\"};"
                        + " 192.0.2.1 \"\u00e4\\q\\u12",
                "client=a,path=p,agent=g; {\"a\":\"1\\u00392.0.2.1\",\"p\":\"\\u0070\",\"g\":"
                        + "\"\\u0067\"}; 192.0.2.1 p g",
                // Numbers, as strings too; what is not there is 0.
                "client=a,bytes=b,status=s,request-time=t; {\"a\":\"192.0.2.1\",\"b\":\"12\",\"s\":\"200\","
                        + "\"t\":\"2\"}; 192.0.2.1 12 2 200",
                "client=a,bytes=b; {\"a\":\"192.0.2.1\",\"b\":1.2e3}; 192.0.2.1 1200",
                "client=a,bytes=b,status=s,request-time=t; {\"a\":\"192.0.2.1\",\"s\":null,\"b\":\"-\"};"
                        + " 192.0.2.1 0 0 0",
                "client=a,bytes=b; {\"a\":\"192.0.2.1\",\"b\":-1}; bad-number",
                "client=a,bytes=b; {\"a\":\"192.0.2.1\",\"b\":true}; bad-number",
                "client=a,bytes=b; {\"a\":\"192.0.2.1\",\"b\":1e30}; bad-number",
                "client=a,request-time-ms=t; {\"a\":\"192.0.2.1\",\"t\":1500}; 192.0.2.1 1.5",
                "client=a,request-time-us=t; {\"a\":\"192.0.2.1\",\"t\":1500000}; 192.0.2.1 1.5",
                "client=a,request-time=t; {\"a\":\"192.0.2.1\",\"t\":\"1m1.5s\"}; 192.0.2.1 61.5",
                "client=a,request-time=t; {\"a\":\"192.0.2.1\",\"t\":\"500ms\"}; 192.0.2.1 0.5",
                "client=a,request-time=t; {\"a\":\"192.0.2.1\",\"t\":\"fast\"}; bad-number",
                // Clients.
                "client=a; {\"a\":\"[2001:db8::1]:443\"}; 2001:db8::1",
                "client=a; {\"a\":\"203.0.113.1, 192.0.2.1\"}; 192.0.2.1",
                "client=a; {\"a\":3221225985}; bad-address",
                "client=a; {\"a\":\"www.example.com\"}; host-name",
                "client=a; {}; no-address",
                // Whatever is no object on the whole line.
                "client=a; ; blank",
                "client=a;   # comment; blank",
                "client=a; [\"a\",\"192.0.2.1\"]; bad-shape",
                "client=a; \"a\"; bad-shape",
                "client=a; {\"a\":\"192.0.2.1\"; bad-shape",
                "client=a; {\"a\":\"192.0.2.1\"}}; bad-shape",
                "client=a; {\"a\":\"192.0.2.1\"} x; bad-shape",
                "client=a; {\"a\":\"192.0.2.1; bad-shape",
                "client=a; {\"a\" \"192.0.2.1\"}; bad-shape",
                "client=a; {\"a\":\"192.0.2.1\",}; bad-shape",
                "client=a; {\"a\":}; bad-shape",
                "client=a; {a:\"192.0.2.1\"}; bad-shape",
                "client=a; {\"b\":[}],\"a\":\"192.0.2.1\"}; bad-shape",
                "client=a; {\"a\":\"192.0.2.1\",\"b\":\"\\\"}; bad-shape",
                "client=a;  \t{ \"b\" : [ { } , 1 ] , \"a\" : \"192.0.2.1\" } \t; 192.0.2.1",
            })
    void valuesAreFoundByTheirPaths(String fields, String line, String expected) {
        ReadLines read =
                ReadLines.of(
                        new JsonFormat(JsonFields.parse(fields)),
                        line == null ? "" : line + "\r\n");
        if (expected.matches("[a-z-]+")) {
            assertThat(read.skips()).containsOnlyKeys(expected);
            assertThat(read.flows()).isEmpty();
        } else {
            assertThat(read.flows()).containsExactly(expected);
        }
    }

    @Test
    void whatALineLacksIsNotThatOfTheLineBefore() {
        assertThat(
                        all(
                                JsonFields.parse("client=a,status=s,path=p,bytes=b"),
                                "{\"a\":\"192.0.2.1\",\"s\":1,\"p\":\"x\",\"b\":3}",
                                "{\"a\":\"192.0.2.2\"}",
                                "{\"a\":\"192.0.2.3\",\"s\":1,\"p\":\"\\u0079\",\"b\":\"x\"}",
                                "{\"a\":\"192.0.2.4\"}"))
                .containsExactly("192.0.2.1 3 1 x", "192.0.2.2 0 0 ", "192.0.2.4 0 0 ");
    }

    @Test
    void deepNestingIsNoMatterUpToALimit() {
        JsonFormat format = new JsonFormat(JsonFields.parse("client=a"));
        for (int depth : new int[] {1, 60, 70, 100_000}) {
            String deep = "[".repeat(depth) + "]".repeat(depth);
            for (String key : List.of("b", "a")) {
                String line =
                        "{\"a\":\"192.0.2.1\",\"" + key + "\":" + deep + ",\"a\":\"192.0.2.1\"}";
                assertThat(ReadLines.of(format, line).flows()).hasSize(depth > 64 ? 0 : 1);
            }
        }
    }

    @Test
    void aLineThatIsCutOffIsNone() {
        for (String line : List.of(CADDY, TRAEFIK, NGINX)) {
            for (int end = 1; end < line.length(); end++) {
                assertThat(
                                ReadLines.of(new JsonFormat(JsonFields.ANY), line.substring(0, end))
                                        .skips())
                        .containsOnlyKeys("bad-shape");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-For, 192.0.2.7",
        "request.headers.X-Forwarded-For, 192.0.2.7",
        "x-forwarded-for, 192.0.2.7",
        "X-Real-IP, 10.0.0.1",
        "request.client_ip, 192.0.2.1",
    })
    void proxiesTellTheClient(String field, String expected) {
        ReaderOptions options =
                ReadLines.OPTIONS.with(
                        LogReading.USUAL.withClientFrom(field, new TrustedProxies("10.0.0.0/8")));

        assertThat(
                        ReadLines.of(
                                        new JsonFormat(JsonFields.CADDY),
                                        options,
                                        Set.of(FlowColumn.SOURCE),
                                        CADDY)
                                .flows())
                .containsExactly(expected);
        if (field.startsWith("X-F")) {
            assertThat(
                            ReadLines.of(
                                            new JsonFormat(JsonFields.TRAEFIK),
                                            options,
                                            Set.of(FlowColumn.SOURCE),
                                            TRAEFIK)
                                    .flows())
                    .containsExactly(expected);
        }
    }

    @Test
    void anyFieldMayBeTheWeight() {
        ReaderOptions options =
                ReadLines.OPTIONS.with(LogReading.USUAL.withWeight("request.tls.version"));

        assertThat(
                        ReadLines.of(
                                        new JsonFormat(JsonFields.CADDY),
                                        options,
                                        Set.of(FlowColumn.WEIGHT),
                                        CADDY)
                                .flows())
                .containsExactly("772");
    }

    @Test
    void aFormatOfNginxThatWritesJsonSaysItself() {
        LineFormat format =
                LogFormats.of(
                        "log_format j escape=json '{\"t\":\"$time_iso8601\",\"who\":{\"ip\":"
                                + "\"$remote_addr\",' '\"xff\":\"$http_x_forwarded_for\"},\"s\":$status,'"
                                + "'\"r\":\"$request\",\"n\":$body_bytes_sent,\"d\":$request_time}';");

        assertThat(format.label()).isEqualTo("json-log (custom)");
        assertThat(
                        ReadLines.of(
                                        format,
                                        "{\"t\":\"2026-03-01T13:00:00+01:00\",\"who\":{\"ip\":"
                                                + "\"10.0.0.1\",\"xff\":\"192.0.2.7\"},\"s\":200,"
                                                + "\"r\":\"GET /x HTTP/1.1\",\"n\":5,\"d\":0.5}")
                                .flows())
                .containsExactly("1772366400000 10.0.0.1 5 0.5 200 GET /x");
        assertThat(
                        ReadLines.of(
                                        format,
                                        ReadLines.OPTIONS.with(
                                                LogReading.USUAL.withClientFrom(
                                                        "X-Forwarded-For", TrustedProxies.OWN)),
                                        EnumSet.of(FlowColumn.SOURCE),
                                        "{\"who\":{\"ip\":\"10.0.0.1\",\"xff\":\"192.0.2.7\"}}")
                                .flows())
                .containsExactly("192.0.2.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "time=ts",
                "clint=a",
                "client=",
                "client=a|",
                "client",
                "caddy,size=x",
                "client=a.b.c.d.e.f.g.h.i",
            })
    void fieldsThatCannotBeUnderstoodAreRefused(String fields) {
        assertThatThrownBy(() -> JsonFields.parse(fields)).isInstanceOf(LogFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"$status\"}", "{\"a\":\"$remote_addr\"", "{$remote_addr}"})
    void patternsThatAreNoObjectWithAClientAreRefused(String pattern) {
        assertThatThrownBy(() -> LogFormats.of(pattern)).isInstanceOf(LogFormatException.class);
    }

    @Test
    void aSetMayBeChanged() {
        JsonFields fields = JsonFields.parse("caddy,client=request.headers.Cf-Connecting-Ip");

        assertThat(fields.of(JsonFields.Role.CLIENT))
                .containsExactly("request.headers.Cf-Connecting-Ip");
        assertThat(fields.of(JsonFields.Role.STATUS)).containsExactly("status");
        assertThat(fields.name()).isEqualTo("caddy");
    }

    @Test
    void travelsWithTheJob() throws Exception {
        for (JsonFields set : JsonFields.SETS) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(new JsonFormat(set));
            }
            try (ObjectInputStream in =
                    new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(in.readObject()).isEqualTo(new JsonFormat(set));
            }
        }
        assertThat(Arrays.stream(JsonFields.Role.values()).map(JsonFields.Role::word))
                .doesNotHaveDuplicates();
    }
}
