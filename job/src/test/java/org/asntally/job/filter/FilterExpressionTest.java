package org.asntally.job.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterExpressionTest {

    /** Names of a configuration with networks {@code mine} and one interface {@code uplink}. */
    static final FilterNames NAMES =
            new FilterNames() {
                @Override
                public @Nullable NetworkList list(String name) {
                    PrefixSet.Builder set = new PrefixSet.Builder();
                    set.prefix(false, 0, 0xC0000200L, 24);
                    set.prefix(true, 0x20010db800000000L, 0, 32);
                    return name.equals("mine")
                            ? new NetworkList(set.build(), Set.of(64496))
                            : name.equals("plain") ? new NetworkList(set.build(), Set.of()) : null;
                }

                @Override
                public Set<String> lists() {
                    return Set.of("mine");
                }

                @Override
                public NetworkList file(String path) throws IOException {
                    if (!path.equals("/etc/list")) {
                        throw new IOException("no such file");
                    }
                    PrefixSet.Builder set = new PrefixSet.Builder();
                    set.prefix(false, 0, 0xC6336400L, 24);
                    return new NetworkList(set.build(), Set.of());
                }

                @Override
                public @Nullable List<FilterValue> interfaces(String name) {
                    return name.equals("uplink")
                            ? List.of(new FilterValue.Interface(false, 0, 0xC0000201L, 7))
                            : null;
                }

                @Override
                public Set<String> interfaces() {
                    return Set.of("uplink");
                }
            };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
        status>=400                             | status >= 400
        STATUS = 404 AND agent ~ 'bot'          | status = 404 and agent ~ bot
        not (src in list:whitelist)             | not src in list:whitelist
        src = list:whitelist                    | src in list:whitelist
        not src = 192.0.2.1                     | src != 192.0.2.1
        not not src = 192.0.2.1                 | src = 192.0.2.1
        src in 192.0.2.0/24, 2001:DB8::/32      | src in 192.0.2.0/24, 2001:db8::/32
        src in (192.0.2.0/24,192.0.2.7)         | src in 192.0.2.0/24, 192.0.2.7
        src in {192.0.2.0/24}                   | src in 192.0.2.0/24
        src not in 192.0.2.0/24,10.0.0.1        | not src in 192.0.2.0/24, 10.0.0.1
        src in 192.0.2.9-192.0.2.20             | src in 192.0.2.9-192.0.2.20
        src in 192.0.2.0-192.0.2.255            | src in 192.0.2.0/24
        src in ::/0 or dst in 0.0.0.0/0         | src in ::/0 or dst in 0.0.0.0/0
        src in ::ffff:0:0/96                    | src in 0.0.0.0/0
        src in ::ffff:192.0.2.0/120             | src in 192.0.2.0/24
        src = ::ffff:192.0.2.1                  | src = 192.0.2.1
        addr in "file:/etc/my list"             | addr in "file:/etc/my list"
        a##                                     | !unknown term 'a##'
        asn = AS64496                           | asn = 64496
        src-asn in 64496-64511, none            | src-asn in 64496-64511, none
        country in de, FR                       | country in DE, FR
        country = none                          | country = none
        proto in tcp,17, 200                    | proto in tcp, udp, 200
        port in 80, 443, 8000-8999              | port in 80, 443, 8000-8999
        sport < 1024 or dport<1024              | sport < 1024 or dport < 1024
        tcp-flags = syn+ack                     | tcp-flags = syn+ack
        tcp-flags = 0x12                        | tcp-flags = syn+ack
        tcp-flags >= syn and tcp-flags != 0     | tcp-flags >= syn and tcp-flags != 0
        dscp = ef                               | dscp = ef
        fragment = yes                          | fragment = yes
        bytes > 1.5k and packets <= 4Mi         | bytes > 1500 and packets <= 4194304
        in-if = 192.0.2.1.7                     | in-if = 192.0.2.1.7
        in-if in 7, 2001:db8::1.9, uplink       | in-if in 7, 2001:db8::1.9, uplink
        direction = ingress and in-if-desc ~ "DFN" | direction = ingress and in-if-desc ~ DFN
        customer in 3, 4                        | customer in 3, 4
        path ~ "\\.php$"                        | path ~ \\.php$
        path = "a \\"b\\" c"                    | path = "a \\"b\\" c"
        path = 'it''s'                          | !the expression cannot
        vhost = "and"                           | vhost = "and"
        vhost = "a b\\\\"                       | vhost = "a b\\\\"
        a = 1                                   | !unknown
        ttl=1 or ttl=2 and ttl=3                | ttl = 1 or ttl = 2 and ttl = 3
        (ttl=1 or ttl=2) and ttl=3              | (ttl = 1 or ttl = 2) and ttl = 3
        ttl=1 and (ttl=2 and ttl=3)             | ttl = 1 and ttl = 2 and ttl = 3
        """)
    void hasOneTextForEachMeaning(String written, String text) throws FilterException {
        if (text.startsWith("!")) {
            assertThatThrownBy(() -> FilterExpression.parse(written))
                    .isInstanceOf(FilterException.class);
            return;
        }
        FilterExpression expression = FilterExpression.parse(written);
        assertThat(expression.text()).isEqualTo(text);
        assertThat(FilterExpression.parse(text).tree()).isEqualTo(expression.tree());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
        statsu = 404                  | 0,6  | unknown term 'statsu' | did you mean 'status'?
        a and status = 404            | 0,1  | unknown term 'a' | terms: src, dst, addr,
        status = 404 && ttl = 1       | 13,2 | '&&' is no operator | write: and
        !status = 404                 | 0,1  | '!' is no operator | write: not
        status == 404                 | 7,2  | '==' is no operator | write: =
        path =~ x                     | 5,2  | '=~' is no operator | write: ~
        status ~ "4.."                | 7,1  | 'status' has no '~' | it has: = != in < <= > >=
        proto < 17                    | 6,1  | 'proto' has no '<' | it has: = != in
        status = abc                  | 9,3  | 'abc' is no value of status | a number from 1 to 999
        status = 0                    | 9,1  | '0' is no value of status | a number from 1 to 999
        status =                      | 8,0  | the expression ends too early | write a value
        status                        | 6,0  | the expression ends too early | after 'status'
        status 404                    | 7,3  | '404' cannot stand here | after 'status'
        status = 404, 405             | 12,1 | ',' cannot stand here | write: status in ...
        status >= 400-499             | 10,7 | '400-499' is a range | write: status in 400-499
        (status = 404                 | 0,1  | the bracket is not closed | add ')'
        status = 404)                 | 12,1 | ')' cannot stand here | no bracket is open
        status = 404 ttl = 1          | 13,3 | 'ttl' cannot stand here | write 'and' or 'or'
        status = 404 and              | 16,0 | the expression ends too early | a term is missing
        status in (404, 405           | 10,1 | the bracket is not closed | add ')'
        proto = udpp                  | 8,4  | 'udpp' is no value of proto | did you mean 'udp'?
        src in 192.0.2.1/24           | 7,12 | '192.0.2.1/24': has bits | did you mean '192.0.2.0/24'?
        src in ::ffff:192.0.2.1/120   | 7,20 | '::ffff:192.0.2.1/120': has bits | did you mean '192.0.2.0/24'?
        src in 192.0.2                | 7,7  | '192.0.2': no IP address | list:NAME or file:PATH
        src in fe80::1%eth0           | 7,12 | an address with a zone | write an address
        country = Germany             | 10,7 | 'Germany' is no value of country | two letters
        path ~ "a(b"                  | 7,5  | is no regular expression: missing closing ) | RE2
        path ~ "(?=a)"                | 7,7  | is no regular expression: invalid | no look-around
        path = "abc                   | 7,4  | the quote is not closed | end the text with "
        src in list:                  | 7,5  | 'list:': no IP address | list:NAME
        in-if = 0                     | 8,1  | '0' is no value of in-if | an ifIndex
        """)
    void saysWhereAndWhatIsWrongAndWhatIsRight(
            String text, String place, String reason, String advice) {
        assertThatThrownBy(() -> FilterExpression.parse(text))
                .isInstanceOfSatisfying(
                        FilterException.class,
                        e -> {
                            assertThat(e.position() + "," + e.length()).isEqualTo(place);
                            assertThat(e.reason()).contains(reason);
                            assertThat(e.advice()).contains(advice);
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void anEmptyExpressionIsNone(String text) {
        assertThatThrownBy(() -> FilterExpression.parse(text))
                .isInstanceOf(FilterException.class)
                .hasMessage("the expression is empty");
    }

    @Test
    void whatIsNestedOrRepeatedTooMuchIsRefused() {
        assertThatThrownBy(() -> FilterExpression.parse("(".repeat(65) + "ttl=1" + ")".repeat(65)))
                .hasMessageContaining("deeper than 64");
        assertThatThrownBy(() -> FilterExpression.parse("not ".repeat(10_000) + "ttl=1"))
                .hasMessageContaining("deeper than 64");
        assertThatThrownBy(() -> FilterExpression.parse("ttl=1 or ".repeat(9000) + "ttl=1"))
                .hasMessageContaining("longer than 65536 characters");
        assertThatThrownBy(() -> FilterExpression.parse("ttl in 1" + ",1".repeat(10_000)))
                .hasMessageContaining("more than 10000 values");
        assertThatThrownBy(() -> FilterExpression.parse("path ~ '((a{100}){100}){100}'"))
                .hasMessageContaining("is no regular expression");
        assertThatThrownBy(() -> FilterExpression.parse("path ~ '" + "(".repeat(999) + "'"))
                .hasMessageContaining("is no regular expression");
    }

    @Test
    void tellsWhatASourceMustKnow() throws FilterException {
        FilterExpression expression =
                FilterExpression.parse("status >= 400 and addr in list:plain and source = web");
        assertThat(expression.columns())
                .containsExactlyInAnyOrder(
                        FlowColumn.STATUS, FlowColumn.SOURCE, FlowColumn.DESTINATION);
        // A log knows one address; one is enough.
        assertThat(expression.lacking(c -> c == FlowColumn.SOURCE || c == FlowColumn.STATUS))
                .isEmpty();
        assertThat(expression.lacking(c -> c == FlowColumn.SOURCE))
                .singleElement()
                .satisfies(
                        lack -> {
                            assertThat(lack.test().term()).isEqualTo(FilterTerm.STATUS);
                            assertThat(lack.position()).isZero();
                            assertThat(lack.length()).isEqualTo(6);
                        });
        assertThat(FilterExpression.parse("in-if = 7").columns())
                .containsExactly(FlowColumn.INPUT_INTERFACE);
        assertThat(FilterExpression.parse("in-if = 192.0.2.1.7").columns())
                .containsExactlyInAnyOrder(FlowColumn.INPUT_INTERFACE, FlowColumn.EXPORTER);
    }

    @Test
    void namesAreLookedUpOnce() throws FilterException {
        BoundFilter filter = FilterExpression.parse("src in list:mine").bind(NAMES);
        assertThat(filter.sides()).containsExactly(Side.SOURCE);
        assertThat(FilterExpression.parse("src in list:plain").bind(NAMES).sides()).isEmpty();
        assertThat(FilterExpression.parse("asn = 1").bind(NAMES).sides())
                .containsExactly(Side.SOURCE, Side.DESTINATION);
        FilterExpression unknown = FilterExpression.parse("ttl = 1 and src in list:nine");
        assertThatThrownBy(() -> unknown.bind(NAMES))
                .isInstanceOfSatisfying(
                        FilterException.class,
                        e -> {
                            assertThat(e.position()).isEqualTo(12);
                            assertThat(e.reason()).isEqualTo("'nine' is not the name of networks");
                            assertThat(e.advice()).isEqualTo("did you mean 'mine'?");
                        });
        FilterExpression file = FilterExpression.parse("src in file:/etc/lost");
        assertThatThrownBy(() -> file.bind(NAMES)).hasMessage("'file:/etc/lost': no such file");
        FilterExpression port = FilterExpression.parse("in-if = downlink");
        assertThatThrownBy(() -> port.bind(NAMES))
                .hasMessage("'downlink' is not the name of an interface");
        FilterExpression exporter = FilterExpression.parse("exporter in list:mine");
        assertThatThrownBy(() -> exporter.bind(NAMES)).hasMessageContaining("have no AS");
    }
}
