package org.asntally.lookup.prefixes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkLinesTest {

    private final PrefixSet.Builder set = new PrefixSet.Builder();
    private final List<String> faults = new ArrayList<>();
    private final NetworkLines lines =
            new NetworkLines(
                    set, (line, fault, excerpt) -> faults.add(line + " " + fault + " " + excerpt));

    private List<String> read(String text) throws IOException {
        lines.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return PrefixSetTest.texts(set.build().toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    192.0.2.1                    | 192.0.2.1/32
                    192.0.2.0/24                 | 192.0.2.0/24
                    192.0.2.0 - 192.0.2.255      | 192.0.2.0/24
                    192.0.2.0-192.0.2.0          | 192.0.2.0/32
                    2001:db8::1                  | 2001:db8::1/128
                    2001:DB8::/32                | 2001:db8::/32
                    [2001:db8::1]                | 2001:db8::1/128
                    2001:db8::-2001:db8::ffff    | 2001:db8::/112
                    ::ffff:192.0.2.1             | 192.0.2.1/32
                    ::ffff:192.0.2.0/120         | 192.0.2.0/24
                    ::ffff:192.0.2.0-192.0.2.3   | 192.0.2.0/30
                    """)
    void readsWhatPeopleWrite(String entry, String expected) throws IOException {
        assertThat(read(entry)).containsExactly(expected);
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    example.org                  | BAD_ADDRESS
                    192.0.2                      | BAD_ADDRESS
                    192.0.2.256                  | BAD_ADDRESS
                    192.0.2.01                   | BAD_ADDRESS
                    192.0.2.1:80                 | BAD_ADDRESS
                    [2001:db8::1]:443            | BAD_ADDRESS
                    192.0.2.1 192.0.2.2          | BAD_ADDRESS
                    192.0.2.1-                   | BAD_ADDRESS
                    -192.0.2.1                   | BAD_ADDRESS
                    192.0.2.0-192.0.2.9-         | BAD_ADDRESS
                    AS64496                      | BAD_ADDRESS
                    fe80::1%eth0                 | ZONE
                    192.0.2.0/                   | BAD_LENGTH
                    192.0.2.0/33                 | BAD_LENGTH
                    192.0.2.0/024                | BAD_LENGTH
                    192.0.2.0/+24                | BAD_LENGTH
                    192.0.2.0/255.255.255.0      | BAD_LENGTH
                    192.0.2.0/24/24              | BAD_LENGTH
                    192.0.2.0/99999999999        | BAD_LENGTH
                    2001:db8::/129               | BAD_LENGTH
                    ::ffff:192.0.2.0/24          | BAD_LENGTH
                    0.0.0.0/0                    | DEFAULT_ROUTE
                    ::/0                         | DEFAULT_ROUTE
                    ::ffff:0.0.0.0/96            | DEFAULT_ROUTE
                    0.0.0.0-255.255.255.255      | WHOLE_FAMILY
                    192.0.2.1-2001:db8::1        | MIXED_FAMILIES
                    192.0.2.9-192.0.2.8          | BACKWARDS
                    2001:db8::2-2001:db8::1      | BACKWARDS
                    """)
    void tellsWhatItCannotTake(String entry, NetworkFault fault) throws IOException {
        assertThat(read("# first\n" + entry)).isEmpty();
        assertThat(faults).containsExactly("2 " + fault + " " + entry);
        assertThat(fault.isFatal()).isTrue();
    }

    @Test
    void bitsBehindTheLengthAreToldAndTheNetworkIsTaken() throws IOException {
        assertThat(read("192.0.2.7/24\n2001:db8::1/64")).hasSize(2).contains("192.0.2.0/24");
        assertThat(faults)
                .containsExactly("1 HOST_BITS 192.0.2.7/24", "2 HOST_BITS 2001:db8::1/64");
    }

    @Test
    void commentsBlanksAndLineEndsDoNotMatter() throws IOException {
        assertThat(
                        read(
                                "\ufeff# a list\r\n\r\n \t192.0.2.0/24 \t# one\r\n198.51.100.0/24;two"
                                        + "\n\n;none\n203.0.113.0/24"))
                .containsExactly("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24");
        assertThat(faults).isEmpty();
    }

    @Test
    void aLineTooLongCostsThatLineOnly() throws IOException {
        String text = "192.0.2.1\n" + "x".repeat(1_000_000) + "\n192.0.2.3\n" + "#".repeat(5000);

        assertThat(read(text)).containsExactly("192.0.2.1/32", "192.0.2.3/32");
        assertThat(faults).hasSize(2);
        assertThat(faults.get(0)).startsWith("2 TOO_LONG xxxx").hasSizeLessThan(100);
        assertThat(faults.get(1)).startsWith("4 TOO_LONG");
    }

    @Test
    void anyBytesInAnyPiecesGiveTheSame() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] text = new byte[random.nextInt(20_000)];
            String letters = "0123456789abcdef:./-%[]#; \n\n\r\0\377";
            for (int i = 0; i < text.length; i++) {
                text[i] = (byte) letters.charAt(random.nextInt(letters.length()));
            }
            faults.clear();
            lines.read(new ByteArrayInputStream(text));
            List<String> whole = PrefixSetTest.texts(set.build().toList());
            List<String> wholeFaults = List.copyOf(faults);
            faults.clear();
            lines.read(new Pieces(text, random));

            assertThat(PrefixSetTest.texts(set.build().toList()))
                    .as("seed %s", seed)
                    .isEqualTo(whole);
            assertThat(faults).as("seed %s", seed).isEqualTo(wholeFaults);
        }
    }

    /** Gives a few bytes at a time. */
    private static final class Pieces extends InputStream {
        private final ByteArrayInputStream bytes;
        private final SplittableRandom random;

        Pieces(byte[] text, SplittableRandom random) {
            this.bytes = new ByteArrayInputStream(text);
            this.random = random;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int at, int length) {
            return bytes.read(into, at, Math.min(length, random.nextInt(1, 700)));
        }
    }
}
