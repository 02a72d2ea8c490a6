package org.asntally.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text and numbers of addresses, by the grammar of inet_pton and inet_ntop. */
class AddressTest {

    private final Address address = new Address();

    private int parse(String text) {
        // Bytes around it: nothing outside of the bounds may count.
        byte[] bytes = ("1" + text + "1").getBytes(StandardCharsets.UTF_8);
        return address.parse(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "256.1.1.1",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.04",
                "00.0.0.0",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.a",
                "0x1.2.3.4",
                "1.2.3.4/24",
                "1.2.3.1000",
                "-1.2.3.4",
                "+1.2.3.4",
                "1.2.3.4:80",
                "é",
                ":",
                ":::",
                "1:",
                ":1",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4::5:6:7:8",
                "12345::",
                "g::",
                "00001::",
                "::1%eth0",
                "[::1]",
                "::1/64",
                "::1.2.3",
                "::1.2.3.4.5",
                "::1.2.3.256",
                "::01.2.3.4",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1:2:3:4:5:6::1.2.3.4",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "::ffff:1.2.3.4 ",
                "1 ::2"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThat(parse(text)).as(text).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "192.0.2.1, 192.0.2.1",
        "'::', '::'",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8::1, 2001:db8::1",
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, '1:2:3:4:5:6:7:0'",
        "::2:3:4:5:6:7:8, '0:2:3:4:5:6:7:8'",
        "1::8, 1::8",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:0:0:2:3:0:0:4, '1::2:3:0:0:4'",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1",
        "::ffff:c000:201, ::ffff:192.0.2.1",
        "::ffff:0:0, ::ffff:0.0.0.0",
        "::1.2.3.4, ::1.2.3.4",
        "::1:0, ::0.1.0.0",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "fe80:0:0:0:1::, 'fe80::1:0:0:0'"
    })
    void readsAndWritesAsTheSystemDoes(String text, String written) {
        int family = parse(text);
        assertThat(family).isEqualTo(text.contains(":") ? 6 : 4);
        assertThat(
                        family == 4
                                ? Address.text4(address.v4())
                                : Address.text6(address.high(), address.low()))
                .isEqualTo(written);
    }

    @Test
    void tellsMappedAddresses() {
        assertThat(parse("::ffff:192.0.2.1")).isEqualTo(6);
        assertThat(address.isMapped()).isTrue();
        assertThat(Address.text4(address.v4())).isEqualTo("192.0.2.1");
        assertThat(parse("::fffe:192.0.2.1")).isEqualTo(6);
        assertThat(address.isMapped()).isFalse();
    }

    @Test
    void agreesWithJavaOnRandomAddresses() throws UnknownHostException {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            long high = sparse(random);
            long low = sparse(random);
            // Java turns mapped addresses into IPv4 ones, so they are not compared here.
            high |= 1L << 61;
            String text = Address.text6(high, low);
            byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
            assertThat(InetAddress.getByName(text).getAddress()).as(text).isEqualTo(bytes);
            assertThat(parse(text)).isEqualTo(6);
            assertThat(address.high()).as(text).isEqualTo(high);
            assertThat(address.low()).as(text).isEqualTo(low);
            String full = InetAddress.getByAddress(bytes).getHostAddress();
            assertThat(parse(full)).as(full).isEqualTo(6);
            assertThat(address.high() == high && address.low() == low).as(full).isTrue();

            int v4 = random.nextInt();
            String dotted = Address.text4(v4);
            byte[] four = ByteBuffer.allocate(4).putInt(v4).array();
            assertThat(InetAddress.getByName(dotted).getAddress()).isEqualTo(four);
            assertThat(parse(dotted)).isEqualTo(4);
            assertThat(address.v4()).isEqualTo(v4);
        }
    }

    /** With groups of zeros here and there. */
    private static long sparse(SplittableRandom random) {
        long value = random.nextLong();
        for (int group = 0; group < 4; group++) {
            if (random.nextBoolean()) {
                value &= ~(0xffffL << (16 * group));
            }
        }
        return value;
    }

    @Test
    void neverReadsOutsideOfItsBounds() {
        SplittableRandom random = new SplittableRandom(2);
        byte[] alphabet =
                "0123456789abcdefABCDEF:.%/ g\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 300_000; i++) {
            byte[] text = new byte[random.nextInt(50)];
            for (int j = 0; j < text.length; j++) {
                text[j] = alphabet[random.nextInt(random.nextInt(4) == 0 ? alphabet.length : 24)];
            }
            // The array ends where the text ends, so reading on would throw.
            int family = address.parse(text, 0, text.length);
            if (family == 6) {
                String again = Address.text6(address.high(), address.low());
                long high = address.high();
                assertThat(parse(again)).as(again).isEqualTo(6);
                assertThat(address.high()).isEqualTo(high);
            }
        }
    }

    @Test
    void writesPrefixes() {
        assertThat(Prefix.text(false, 0, 0xc0000200L, 24)).isEqualTo("192.0.2.0/24");
        assertThat(Prefix.text(true, 0x20010db800000000L, 0, 32)).isEqualTo("2001:db8::/32");
        byte[] text = new byte[Prefix.MAX_TEXT];
        for (int length : new int[] {0, 9, 10, 64, 100, 128}) {
            int end = Prefix.write(true, -1L, -1L, length, text, 0);
            assertThat(new String(text, 0, end, StandardCharsets.US_ASCII))
                    .isEqualTo(Prefix.text(true, -1L, -1L, length));
        }
    }
}
