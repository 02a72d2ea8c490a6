package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.EnumSet;
import java.util.Set;
import org.asntally.sources.FlowColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogLinesTest {
    /** 2026-03-01 12:00:00 UTC. */
    private static final long NOON = 1772366400000L;

    /** Reads sources, times and bytes. */
    private static ReadLines numbers(LogFormat format, String text) {
        Set<FlowColumn> columns = EnumSet.of(FlowColumn.SOURCE, FlowColumn.TIME, FlowColumn.BYTES);
        columns.removeIf(column -> !format.provides(column));
        return ReadLines.of(format, ReadLines.OPTIONS, columns, text);
    }

    private static final String REST = "\"GET / HTTP/1.1\" 200 1234 \"-\" \"curl/8\"";

    /**
     * Times and clients as they come; the reader's zone is Berlin, an hour ahead of UTC in March.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] => 192.0.2.1",
                "192.0.2.1 - - [01/Mar/2026:07:00:00 -0500] => 192.0.2.1",
                "192.0.2.1 - john doe [01/Mar/2026:13:00:00 +0100] => 192.0.2.1",
                "192.0.2.1 -  [01/Mar/2026:13:00:00 +0100] => 192.0.2.1",
                "192.0.2.1:443 - - [01/Mar/2026:12:00:00 +0000] => 192.0.2.1",
                "2001:db8::1 - - [01/Mar/2026:12:00:00 +0000] => 2001:db8::1",
                "[2001:db8::1] - - [01/Mar/2026:12:00:00 +0000] => 2001:db8::1",
                "[2001:db8::1]:443 - - [01/Mar/2026:12:00:00 +0000] => 2001:db8::1",
                "fe80::1%eth0 - - [01/Mar/2026:12:00:00 +0000] => fe80::1",
                "[fe80::1%eth0]:80 - - [01/Mar/2026:12:00:00 +0000] => fe80::1",
                "::ffff:192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] => 192.0.2.1",
                "\ufeff192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] => 192.0.2.1",
                "www.example.com - - [01/Mar/2026:12:00:00 +0000] => host-name",
                "host - - [01/Mar/2026:12:00:00 +0000] => host-name",
                "1.2.3.4.example.com - - [01/Mar/2026:12:00:00 +0000] => host-name",
                "- - - [01/Mar/2026:12:00:00 +0000] => no-address",
                "unix: - - [01/Mar/2026:12:00:00 +0000] => no-address",
                "192.0.2.256 - - [01/Mar/2026:12:00:00 +0000] => bad-address",
                "[2001:db8::1 - - [01/Mar/2026:12:00:00 +0000] => bad-address",
                "[2001:db8::1]x - - [01/Mar/2026:12:00:00 +0000] => bad-address",
                "192.0.2.1:http - - [01/Mar/2026:12:00:00 +0000] => bad-address",
                "192.0.2.1 - - [30/Feb/2026:12:00:00 +0000] => bad-time",
                "192.0.2.1 - - [01/Foo/2026:12:00:00 +0000] => bad-time",
                "192.0.2.1 - - [01/Mar/2026:24:00:00 +0000] => bad-time",
                "192.0.2.1 - - [-] => bad-time",
                "192.0.2.1 - - 01/Mar/2026:12:00:00 +0000 => bad-shape",
                "192.0.2.1 => bad-shape",
                "#Fields: date => blank",
            })
    void readsClientsAndTimesAsTheyCome(String row) {
        String line = row.substring(0, row.indexOf(" => "));
        String expected = row.substring(row.indexOf(" => ") + 4);
        for (String end : Set.of("\n", "\r\n")) {
            ReadLines read = numbers(LogFormat.COMBINED, line + " " + REST + end);
            if (expected.matches(".*[.:].*")) {
                assertThat(read.flows()).containsExactly(NOON + " " + expected + " 1234");
            } else {
                assertThat(read.skips()).containsOnlyKeys(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "common; 192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET /\" 304 -; 192.0.2.1 0",
                "vhost; www.example.com 192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET /\" 200 9;"
                        + " 192.0.2.1 9",
                "vhost-combined; [::1]:80 192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET \\\"/\" 200"
                        + " 9 \"-\" \"-\"; 192.0.2.1 9",
                "vhost_combined; w.example.com:443 2001:db8::1 - - [01/Mar/2026:12:00:00 +0000] \"-\""
                        + " 408 0 \"-\" \"-\"; 2001:db8::1 0",
                // Address not first, nginx's times.
                "$time_iso8601 $remote_addr $body_bytes_sent; 2026-03-01T13:00:00+01:00 192.0.2.1 5;"
                        + " 192.0.2.1 5",
                "$msec $remote_addr $bytes_sent; 1772366400.000 192.0.2.1 5; 192.0.2.1 5",
                "[$time_local] \"$request\" $body_bytes_sent ${remote_addr}x; [01/Mar/2026:12:00:00"
                        + " +0000] \"GET /\\x22 HTTP/1.1\" 5 192.0.2.1x; 192.0.2.1 5",
                "\"$http_x_forwarded_for\" $msec $bytes_sent; \"198.51.100.1, 192.0.2.1\" 1772366400 7;"
                        + " 192.0.2.1 7",
                // Apache's times.
                "%{%Y-%m-%d %H:%M:%S}t %h %B; 2026-03-01 13:00:00 192.0.2.1 5; 192.0.2.1 5",
                "[%{%d/%b/%Y:%T}t.%{msec_frac}t %{%z}t] %a %O; [01/Mar/2026:13:00:00.000 +0100]"
                        + " 192.0.2.1 5; 192.0.2.1 5",
                "%{begin:msec}t %{c}a %>s %b; 1772366400000 192.0.2.1 200 5; 192.0.2.1 5",
                "%{sec}t.%{usec_frac}t %h %b; 1772366400.000000 192.0.2.1 5; 192.0.2.1 5",
                "%{usec}t %h %b; 1772366400000000 192.0.2.1 5; 192.0.2.1 5",
                "%{%s}t %h %b; 1772366400 192.0.2.1 5; 192.0.2.1 5",
                "%h %{%e %b %y %I:%M:%S %p %Z}t %b; 192.0.2.1  1 Mar 26 12:00:00 PM UTC 5; 192.0.2.1"
                        + " 5",
                "LogFormat \"%h %t \\\"%r\\\" %b\" mine; 192.0.2.1 [01/Mar/2026:12:00:00 +0000] \"GET"
                        + " \\\" /\" 5; 192.0.2.1 5",
                "log_format main '$remote_addr [$time_local] ' '$bytes_sent'; 192.0.2.1"
                        + " [01/Mar/2026:12:00:00 +0000] 5; 192.0.2.1 5",
            })
    void readsAnyFormatText(String pattern, String line, String expected) {
        ReadLines read = numbers(LogFormat.of(pattern), line);

        assertThat(read.flows()).containsExactly(NOON + " " + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "$remote_addr $request_time, 192.0.2.1 0.250, 192.0.2.1 0.25",
        "%h %D, 192.0.2.1 250000, 192.0.2.1 0.25",
        "%h %T, 192.0.2.1 3, 192.0.2.1 3",
        "%h %{ms}T, 192.0.2.1 250, 192.0.2.1 0.25",
        "%h %{us}T, 192.0.2.1 250000, 192.0.2.1 0.25",
    })
    void theWeightIsTheRequestTimeInSeconds(String pattern, String line, String expected) {
        ReadLines read =
                ReadLines.of(
                        LogFormat.of(pattern),
                        ReadLines.OPTIONS,
                        Set.of(FlowColumn.SOURCE, FlowColumn.WEIGHT),
                        line);

        assertThat(read.flows()).containsExactly(expected);
    }

    /** Method, path, status, agent, host: columns in the order of their ids. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "combined; 192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET /a?b=c d HTTP/1.1\" 404 5"
                        + " \"-\" \"curl/8 (x)\"; 404 | GET | /a?b=c d | curl/8 (x)",
                "combined; 192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET /\\\"\\\\\" 200 5"
                        + " \"-\" \"a \\\"b\\\" c\"; 200 | GET | /\\\"\\\\ | a \\\"b\\\" c",
                "combined; 192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET /\\x22 HTTP/2.0\" 200 5"
                        + " \"-\" \"\\xF0\\x9F\"; 200 | GET | /\\x22 | \\xF0\\x9F",
                "combined; 192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"-\" 408 - \"-\" \"-\"; 408 |"
                        + "  |  | ",
                "combined; 192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"\\x16\\x03\" 400 0 \"-\" \"-\";"
                        + " 400 |  | \\x16\\x03 | ",
                "combined; 192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"\" 400 0 \"-\" \"-\"; 400 |  |"
                        + "  | ",
                "combined; 2001:db8::1 - - [01/Mar/2026:12:00:00 +0000] \"GET / HTTP/1.0\" - 0 \"-\""
                        + " \"-\"; 0 | GET | / | ",
                "vhost-combined; [::1]:80 192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET / HTTP/1.0\""
                        + " 200 0 \"-\" \"-\"; 200 | GET | / |  | [::1]",
                "vhost; www.example.com 192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET / HTTP/1.0\""
                        + " 200 0; 200 | GET | / | www.example.com",
                "$remote_addr $status $request_method $request_uri $host; 192.0.2.1 499 POST /x?y w;"
                        + " 499 | POST | /x?y | w",
                "%h %>s %m %U %{Host}i %{User-agent}i; 192.0.2.1 200 PUT /x w:8080 Mozilla/5.0 (X11);"
                        + " 200 | PUT | /x | Mozilla/5.0 (X11) | w:8080",
            })
    void requestStatusAgentAndHostAreAsLogged(String pattern, String line, String expected) {
        Set<FlowColumn> columns =
                EnumSet.of(
                        FlowColumn.STATUS,
                        FlowColumn.METHOD,
                        FlowColumn.PATH,
                        FlowColumn.AGENT,
                        FlowColumn.VHOST);
        LogFormat format = LogFormat.of(pattern);
        columns.removeIf(column -> !format.provides(column));
        ReadLines read = ReadLines.of(format, ReadLines.OPTIONS, columns, line);

        assertThat(read.skips()).isEmpty();
        assertThat(read.flows())
                .containsExactly(String.join(" ", expected.stripLeading().split(" \\| ?", -1)));
        for (FlowColumn column : columns) {
            // Each alone is read as all together.
            assertThat(ReadLines.of(format, ReadLines.OPTIONS, EnumSet.of(column), line).flows())
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "$remote_addr $upstream_response_time, upstream_response_time, 192.0.2.1 0.25, 0.25",
        "$remote_addr $upstream_response_time, $upstream_response_time, 192.0.2.1 -, 0",
        "$remote_addr $upstream_response_time $request_time, upstream_response_time, 192.0.2.1 2 3, 2",
        "%h %{X-Cost}o %D, %{X-Cost}o, 192.0.2.1 -7.5 3, -7.5",
        "%h %{X-Cost}i, x-cost, 192.0.2.1 7e2, 700",
        "%h %k, %k, 192.0.2.1 4, 4",
        "%h %>s, status, 192.0.2.1 404, 404",
        "%h %B, bytes, 192.0.2.1 4, 4",
        "$remote_addr $status, status, 192.0.2.1 200, 200",
    })
    void anyFieldMayBeTheWeight(String pattern, String field, String line, double expected) {
        LogFormat format = LogFormat.of(pattern);
        ReadLines read =
                ReadLines.of(
                        format,
                        ReadLines.OPTIONS.with(LogReading.USUAL.withWeight(field)),
                        Set.of(FlowColumn.WEIGHT),
                        line);

        assertThat(format.hasField(field)).isTrue();
        assertThat(read.flows()).hasSize(1);
        assertThat(Double.parseDouble(read.flows().get(0))).isEqualTo(expected);
    }

    @Test
    void aFieldThatTheFormatLacksIsNotThere() {
        assertThat(LogFormat.COMBINED.hasField("X-Forwarded-For")).isFalse();
        assertThat(LogFormat.COMBINED.hasField("Referer")).isTrue();
        assertThat(LogFormat.COMBINED.hasField("")).isFalse();
        assertThat(LogFormat.of("%h %t").hasField("%T")).isFalse();
    }

    @Test
    void aNumberThatIsNoneIsABadLineOnlyWhenItIsWanted() {
        String line = "192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET /\" 200 x";

        assertThat(numbers(LogFormat.COMMON, line).skips()).containsOnlyKeys("bad-number");
        assertThat(
                        ReadLines.of(
                                        LogFormat.COMMON,
                                        ReadLines.OPTIONS,
                                        Set.of(FlowColumn.SOURCE),
                                        line)
                                .flows())
                .containsExactly("192.0.2.1");
    }

    @Test
    void summerTimeIsThatOfTheDay() {
        LogFormat format = LogFormat.of("%h %{%F %T}t");
        String text =
                """
                192.0.2.1 2026-03-29 01:59:59
                192.0.2.1 2026-03-29 03:00:00
                192.0.2.1 2026-03-29 01:00:00
                """;

        assertThat(ReadLines.of(format, text).flows())
                .containsExactly(
                        "1774745999000 192.0.2.1",
                        "1774746000000 192.0.2.1",
                        "1774742400000 192.0.2.1");
    }

    @Test
    void aFileWithoutZoneIsReadAsAWhole() {
        assertThat(LogFormat.of("%h %{%F %T}t").divisible()).isFalse();
        assertThat(LogFormat.of("%h %{%F %T %z}t").divisible()).isTrue();
        assertThat(LogFormat.of("%h %u").divisible()).isTrue();
        assertThat(LogFormat.of("$msec $remote_addr").divisible()).isTrue();
        assertThat(LogFormat.COMBINED.divisible()).isTrue();
    }

    @Test
    void aDateFarAheadIsThatDate() {
        assertThat(
                        numbers(
                                        LogFormat.COMMON,
                                        "192.0.2.1 - - [31/Dec/2099:23:59:59 +0000] \"GET /\" 200 1")
                                .flows())
                .containsExactly("4102444799000 192.0.2.1 1");
    }

    @Test
    void saysWhatItProvides() {
        assertThat(LogFormat.COMBINED.provides(FlowColumn.BYTES)).isTrue();
        assertThat(LogFormat.COMBINED.provides(FlowColumn.WEIGHT)).isFalse();
        assertThat(LogFormat.COMBINED.provides(FlowColumn.DESTINATION)).isFalse();
        assertThat(LogFormat.of("%h %D").provides(FlowColumn.WEIGHT)).isTrue();
        assertThat(LogFormat.of("%h %D").provides(FlowColumn.TIME)).isFalse();
        assertThat(LogFormat.COMBINED.label()).isEqualTo("log (combined)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "combnied; known: common, combined",
                "%t %r; no client address",
                "%h%u; nothing between them",
                "%h %{%Q}t; '%Q'",
                "''; unknown",
            })
    void refusesWhatCannotBeRead(String pattern, String message) {
        assertThatThrownBy(() -> LogFormat.of(pattern))
                .isInstanceOf(LogFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void travelsWithTheJob() throws Exception {
        LogFormat format = LogFormat.of("%h %{%F %T}t");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(format);
            out.writeObject(ReadLines.OPTIONS);
        }

        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(format);
            assertThat(in.readObject()).isEqualTo(ReadLines.OPTIONS);
        }
    }
}
