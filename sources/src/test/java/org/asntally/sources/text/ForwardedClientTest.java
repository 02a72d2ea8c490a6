package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.asntally.sources.FlowColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trusted are 10.0.0.0/8 and 2001:db8:f::/48. */
class ForwardedClientTest {
    private static final TrustedProxies TRUSTED = new TrustedProxies("10.0.0.0/8, 2001:db8:f::/48");

    private static String client(String pattern, String field, String line) {
        ReadLines read =
                ReadLines.of(
                        LogFormat.of(pattern),
                        ReadLines.OPTIONS.with(LogReading.USUAL.withClientFrom(field, TRUSTED)),
                        Set.of(FlowColumn.SOURCE),
                        line);
        return read.flows().isEmpty()
                ? String.valueOf(read.skips().keySet())
                : String.join(" ", read.flows());
    }

    /** Peer, header as logged, client. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // The peer's word is not heard unless it is trusted.
                "198.51.100.1; 192.0.2.1; 198.51.100.1",
                "198.51.100.1; 10.0.0.1; 198.51.100.1",
                "10.0.0.1; 192.0.2.1; 192.0.2.1",
                "10.0.0.1:4711; 192.0.2.1; 192.0.2.1",
                "2001:db8:f::1; 2001:db8::5; 2001:db8::5",
                "unix:; 192.0.2.1; 192.0.2.1",
                // Right to left, past proxies that are trusted; what is left of them may be forged.
                "10.0.0.1; 203.0.113.66, 192.0.2.1, 10.0.0.2; 192.0.2.1",
                "10.0.0.1; 192.0.2.1,10.0.0.2,10.0.0.3; 192.0.2.1",
                "10.0.0.1; evil, 192.0.2.1; 192.0.2.1",
                "10.0.0.1; 10.0.0.9, 192.0.2.1; 192.0.2.1",
                // All are trusted: the farthest of them.
                "10.0.0.1; 10.0.0.2, 10.0.0.3; 10.0.0.2",
                "10.0.0.1; 10.0.0.2; 10.0.0.2",
                // Nothing forwarded, or nothing that is an address.
                "10.0.0.1; -; 10.0.0.1",
                "10.0.0.1; unknown; 10.0.0.1",
                "10.0.0.1; 192.0.2.1, unknown; 10.0.0.1",
                "10.0.0.1; 192.0.2.1, unknown, 10.0.0.2; 10.0.0.2",
                "10.0.0.1; _hidden, 10.0.0.2; 10.0.0.2",
                "10.0.0.1; 192.0.2.256; 10.0.0.1",
                "10.0.0.1; , ,; 10.0.0.1",
                "unix:; unknown; [no-address]",
                "host.example.com; 192.0.2.1; [host-name]",
                // Ports, brackets, quotes, empty elements.
                "10.0.0.1; 192.0.2.1:4711; 192.0.2.1",
                "10.0.0.1; [2001:db8::1]:4711; 2001:db8::1",
                "10.0.0.1; 2001:db8::1; 2001:db8::1",
                "10.0.0.1; \\\"192.0.2.1\\\"; 192.0.2.1",
                "10.0.0.1; 192.0.2.1, ; 192.0.2.1",
                "10.0.0.1; 192.0.2.1,,10.0.0.2; 192.0.2.1",
                "10.0.0.1; ::ffff:192.0.2.1; 192.0.2.1",
                // RFC 7239.
                "10.0.0.1; for=192.0.2.1; 192.0.2.1",
                "10.0.0.1; For=\\\"[2001:db8:cafe::17]:4711\\\"; 2001:db8:cafe::17",
                "10.0.0.1; for=\\x22[2001:db8:cafe::17]\\x22; 2001:db8:cafe::17",
                "10.0.0.1; for=192.0.2.1;proto=http;by=203.0.113.43; 192.0.2.1",
                "10.0.0.1; proto=http; For = x;10.0.0.1",
                "10.0.0.1; proto=http;for=192.0.2.1:80; 192.0.2.1",
                "10.0.0.1; for=192.0.2.43, for=10.0.0.17; 192.0.2.43",
                "10.0.0.1; for=192.0.2.43, for=unknown; 10.0.0.1",
                "10.0.0.1; for=192.0.2.43, for=_gazonk;proto=http, for=10.0.0.7; 10.0.0.7",
                "10.0.0.1; by=10.0.0.3; 10.0.0.1",
                "10.0.0.1; for=; 10.0.0.1",
            })
    void theClientIsTheFirstFromTheRightThatIsNotTrusted(String row) {
        int last = row.lastIndexOf(';');
        int first = row.indexOf(';');
        String line =
                row.substring(0, first) + " \"" + row.substring(first + 1, last).strip() + "\"";
        String expected = row.substring(last + 1).strip();

        assertThat(client("$remote_addr \"$http_x_forwarded_for\"", "X-Forwarded-For", line))
                .isEqualTo(expected);
        assertThat(client("%h \"%{Forwarded}i\"", "forwarded", line)).isEqualTo(expected);
    }

    @Test
    void theListMayStandBeforeThePeerAndWithoutQuotes() {
        assertThat(
                        client(
                                "$http_x_forwarded_for $remote_addr $status",
                                "http_x_forwarded_for",
                                "192.0.2.1, 10.0.0.2 10.0.0.1 200"))
                .isEqualTo("192.0.2.1");
        assertThat(client("%h %{X-Real-IP}i", "x-real-ip", "10.0.0.1 192.0.2.7"))
                .isEqualTo("192.0.2.7");
    }

    @Test
    void aLogWithoutAPeerBelievesWhoWroteTheList() {
        assertThat(
                        client(
                                "\"$http_x_forwarded_for\"",
                                "X-Forwarded-For",
                                "\"203.0.113.1, 192.0.2.1, 10.0.0.1\""))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void privateNetworksAreTrustedUnlessToldOtherwise() {
        LogFormat format = LogFormat.of("$remote_addr $http_x_real_ip");
        ReaderOptions options =
                ReadLines.OPTIONS.with(
                        LogReading.USUAL.withClientFrom("X-Real-IP", TrustedProxies.OWN));

        assertThat(
                        ReadLines.of(
                                        format,
                                        options,
                                        Set.of(FlowColumn.SOURCE),
                                        """
                                        127.0.0.1 192.0.2.1
                                        ::1 192.0.2.2
                                        8.8.8.8 192.0.2.3
                                        fe80::1%eth0 192.0.2.4
                                        172.32.0.1 192.0.2.5
                                        """)
                                .flows())
                .containsExactly("192.0.2.1", "192.0.2.2", "8.8.8.8", "192.0.2.4", "172.32.0.1");
    }

    @Test
    void anyTrustsAll() {
        ReaderOptions options =
                ReadLines.OPTIONS.with(
                        LogReading.USUAL.withClientFrom(
                                "X-Real-IP", new TrustedProxies("private, any")));

        assertThat(
                        ReadLines.of(
                                        LogFormat.of("%h %{X-Real-IP}i"),
                                        options,
                                        Set.of(FlowColumn.SOURCE),
                                        "8.8.8.8 192.0.2.1\n2001:db8::1 192.0.2.2\n")
                                .flows())
                .containsExactly("192.0.2.1", "192.0.2.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/8,", "10.0.0.0/33", "proxy.example.com", "0.0.0.0/0"})
    void aListWithWhatIsNoNetworkIsRefused(String list) {
        assertThatThrownBy(() -> new TrustedProxies(list)).isInstanceOf(LogFormatException.class);
    }

    /** The oracle walks a list of addresses, not text. */
    @Test
    void anyChainIsWalkedAsTheOracleWalksIt() {
        for (long seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Deque<String> chain = new ArrayDeque<>();
            List<String> texts = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                String hop =
                        switch (random.nextInt(5)) {
                            case 0, 1 -> "10.0." + random.nextInt(256) + ".1";
                            case 2 -> "2001:db8:f::" + (1 + random.nextInt(9));
                            case 3 -> "192.0.2." + random.nextInt(256);
                            default -> "unknown";
                        };
                chain.add(hop);
                String dressed = hop.contains(":") && random.nextBoolean() ? "[" + hop + "]" : hop;
                texts.add(random.nextBoolean() ? dressed : "for=" + dressed + ";proto=https");
            }
            String peer = random.nextInt(4) == 0 ? "198.51.100.1" : "10.1.1.1";
            String expected = peer;
            while (isTrusted(expected) && !chain.isEmpty() && !chain.getLast().equals("unknown")) {
                expected = chain.removeLast();
            }
            String line =
                    peer + " \"" + String.join(random.nextBoolean() ? ", " : ",", texts) + "\"";

            assertThat(client("%h \"%{Forwarded}i\"", "Forwarded", line))
                    .as("seed %s: %s", seed, line)
                    .isEqualTo(expected);
        }
    }

    private static boolean isTrusted(String address) {
        return address.startsWith("10.") || address.startsWith("2001:db8:f::");
    }
}
