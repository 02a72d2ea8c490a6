package org.asntally.lookup.prefixes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixSetTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    192.0.2.0/25,192.0.2.128/25                 | 192.0.2.0/24
                    192.0.2.64/26,192.0.2.0/24                  | 192.0.2.0/24
                    192.0.2.0/24,192.0.3.0/24,192.0.4.0/24      | 192.0.2.0/23 192.0.4.0/24
                    192.0.3.0/24,192.0.4.0/24                   | 192.0.3.0/24 192.0.4.0/24
                    192.0.2.3-192.0.2.12                        | 192.0.2.3/32 192.0.2.4/30 192.0.2.8/30 192.0.2.12/32
                    192.0.2.1,192.0.2.1                         | 192.0.2.1/32
                    0.0.0.1-255.255.255.254                     | 0.0.0.1/32 0.0.0.2/31 0.0.0.4/30 0.0.0.8/29 0.0.0.16/28 0.0.0.32/27 0.0.0.64/26 0.0.0.128/25 0.0.1.0/24 0.0.2.0/23 0.0.4.0/22 0.0.8.0/21 0.0.16.0/20 0.0.32.0/19 0.0.64.0/18 0.0.128.0/17 0.1.0.0/16 0.2.0.0/15 0.4.0.0/14 0.8.0.0/13 0.16.0.0/12 0.32.0.0/11 0.64.0.0/10 0.128.0.0/9 1.0.0.0/8 2.0.0.0/7 4.0.0.0/6 8.0.0.0/5 16.0.0.0/4 32.0.0.0/3 64.0.0.0/2 128.0.0.0/2 192.0.0.0/3 224.0.0.0/4 240.0.0.0/5 248.0.0.0/6 252.0.0.0/7 254.0.0.0/8 255.0.0.0/9 255.128.0.0/10 255.192.0.0/11 255.224.0.0/12 255.240.0.0/13 255.248.0.0/14 255.252.0.0/15 255.254.0.0/16 255.255.0.0/17 255.255.128.0/18 255.255.192.0/19 255.255.224.0/20 255.255.240.0/21 255.255.248.0/22 255.255.252.0/23 255.255.254.0/24 255.255.255.0/25 255.255.255.128/26 255.255.255.192/27 255.255.255.224/28 255.255.255.240/29 255.255.255.248/30 255.255.255.252/31 255.255.255.254/32
                    2001:db8:8000::/33,2001:db8::/33            | 2001:db8::/32
                    2001:db8::/32,192.0.2.0/24                  | 192.0.2.0/24 2001:db8::/32
                    2001:db8::ffff:ffff:ffff:ffff,2001:db8:0:1:: | 2001:db8::ffff:ffff:ffff:ffff/128 2001:db8:0:1::/128
                    ::ffff:192.0.2.0/121,192.0.2.128/25         | 192.0.2.0/24
                    """)
    void showsTheFewestPrefixes(String words, String expected) {
        assertThat(texts(read(words).toList())).isEqualTo(List.of(expected.split(" ")));
    }

    @ParameterizedTest(name = "{0} without {1}")
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0/25, 192.0.2.128/25",
        "192.0.2.0/24, 192.0.2.64/26, 192.0.2.0/26 192.0.2.128/25",
        "192.0.2.0/24, 192.0.2.255, 192.0.2.0/25 192.0.2.128/26 192.0.2.192/27 192.0.2.224/28"
                + " 192.0.2.240/29 192.0.2.248/30 192.0.2.252/31 192.0.2.254/32",
        "192.0.2.0/24, 198.51.100.0/24, 192.0.2.0/24",
        "2001:db8::/32, 2001:db8:8000::/33, 2001:db8::/33",
        "2001:db8::/32, 2001:db8::/48,"
                + " 2001:db8:1::/48 2001:db8:2::/47 2001:db8:4::/46 2001:db8:8::/45"
                + " 2001:db8:10::/44 2001:db8:20::/43 2001:db8:40::/42 2001:db8:80::/41"
                + " 2001:db8:100::/40 2001:db8:200::/39 2001:db8:400::/38 2001:db8:800::/37"
                + " 2001:db8:1000::/36 2001:db8:2000::/35 2001:db8:4000::/34 2001:db8:8000::/33",
    })
    void differenceSplitsAround(String words, String without, String expected) {
        assertThat(texts(read(words).minus(read(without)).toList()))
                .isEqualTo(List.of(expected.split(" ")));
    }

    @Test
    void allOfAFamilyIsADefaultRouteHoweverItIsMadeUp() {
        assertThat(read("0.0.0.0/1,128.0.0.0/1").holdsAll(false)).isTrue();
        assertThat(read("0.0.0.0/1,128.0.0.0/1").holdsAll(true)).isFalse();
        assertThat(read("8000::/1,::/1").holdsAll(true)).isTrue();
        assertThat(read("0.0.0.0-255.255.255.254").holdsAll(false)).isFalse();
        assertThat(read("0.0.0.1-255.255.255.255").holdsAll(false)).isFalse();
        assertThat(PrefixSet.EMPTY.holdsAll(false)).isFalse();
    }

    @Test
    void overlapIsAnyAddressInCommon() {
        PrefixSet set = read("192.0.2.64/26,2001:db8::/48");

        assertThat(set.overlaps(false, 0, 0xc0000200L, 24)).isTrue();
        assertThat(set.overlaps(false, 0, 0xc0000250L, 32)).isTrue();
        assertThat(set.overlaps(false, 0, 0xc0000200L, 26)).isFalse();
        assertThat(set.overlaps(false, 0, 0xc0000280L, 25)).isFalse();
        assertThat(set.overlaps(true, 0x20010db800000000L, 0, 32)).isTrue();
        assertThat(set.overlaps(true, 0x20010db900000000L, 0, 32)).isFalse();
        assertThat(set.only(true).overlaps(false, 0, 0xc0000200L, 24)).isFalse();
    }

    @Test
    void aListKeepsNestedPrefixesInOrderEachOnce() {
        PrefixList.Builder list = new PrefixList.Builder();
        for (String line :
                List.of(
                        "2001:db8::/48",
                        "192.0.2.0/25",
                        "192.0.2.0/24",
                        "2001:db8::/32",
                        "192.0.2.0/25",
                        "2001:db8::/48",
                        "2001:db8::1",
                        "9.0.0.0/8")) {
            read(line).prefixes(list);
        }

        assertThat(texts(list.build()))
                .containsExactly(
                        "9.0.0.0/8",
                        "192.0.2.0/24",
                        "192.0.2.0/25",
                        "2001:db8::/32",
                        "2001:db8::/48",
                        "2001:db8::1/128");
        assertThat(list.build().size()).isZero();
    }

    @Test
    void refusesARangeThatEndsBeforeItBegins() {
        assertThatThrownBy(() -> new PrefixSet.Builder().range(false, 0, 2, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static PrefixSet read(String words) {
        PrefixSet.Builder set = new PrefixSet.Builder();
        new NetworkLines(
                        set,
                        (line, fault, excerpt) -> {
                            throw new AssertionError(excerpt + ": " + fault);
                        })
                .readWords(words);
        return set.build();
    }

    static List<String> texts(PrefixList list) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            texts.add(list.text(i));
        }
        return texts;
    }
}
