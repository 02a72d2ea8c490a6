package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLinesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1 => 192.0.2.1",
                " 192.0.2.1\t => 192.0.2.1",
                "192.0.2.1\r => 192.0.2.1",
                "192.0.2.1 # comment => 192.0.2.1",
                "192.0.2.1# => 192.0.2.1",
                "\u00a0192.0.2.1\u2003\u3000 => 192.0.2.1",
                "\ufeff192.0.2.1 => 192.0.2.1",
                "255.255.255.255 => 255.255.255.255",
                "0.0.0.0 => 0.0.0.0",
                "2001:DB8::1 => 2001:db8::1",
                "2001:db8::192.0.2.1 => 2001:db8::c000:201",
                "::ffff:192.0.2.1 => 192.0.2.1",
                " => blank",
                "    => blank",
                "\r => blank",
                "# 192.0.2.1 => blank",
                "1.2.3 => bad-address",
                "1.2.3.4.5 => bad-address",
                "192.0.2.256 => bad-address",
                "192.0.2.1000 => bad-address",
                "192.0.02.1 => bad-address",
                "00.0.2.1 => bad-address",
                "192.0.2.0/24 => bad-address",
                "192.0.2.1:80 => bad-address",
                "[2001:db8::1] => bad-address",
                "fe80::1%eth0 => bad-address",
                "3232235777 => bad-address",
                "192.0.2.1,192.0.2.2 => bad-address",
                "192.0.2.1 192.0.2.2 => bad-address",
                "garbage that warns => bad-address",
                "0x7f.1 => host-name",
                "www.example.com => host-name",
                "- => no-address",
            })
    void readsOrSkips(String row) {
        String line = row.substring(0, row.indexOf(" => "));
        String expected = row.substring(row.indexOf(" => ") + 4);
        for (String text : Set.of(line, line + "\n", line + "\n# padding that is long enough\n")) {
            ReadLines read = ReadLines.of(PlainFormat.LINE, text);
            if (expected.matches(".*[.:].*")) {
                assertThat(read.flows()).containsExactly(expected);
            } else {
                assertThat(read.flows()).isEmpty();
                assertThat(read.skips()).containsKey(expected);
            }
        }
    }

    @Test
    void readsAndSkipsAsAsncounterDoes() throws IOException {
        ReadLines line1 = ReadLines.of(PlainFormat.LINE, golden("line1"));
        assertThat(line1.flows()).containsExactly("192.0.2.1", "2001:db8::1");
        assertThat(line1.skips()).isEqualTo(Map.of("blank", 1L, "bad-address", 1L));

        ReadLines bad = ReadLines.of(PlainFormat.LINE, golden("bad"));
        assertThat(bad.flows()).containsExactly("192.0.2.1", "2001:db8::c000:201");
        assertThat(bad.skips().values().stream().mapToLong(n -> n).sum()).isEqualTo(11);
        assertThat(bad.skips()).containsEntry("blank", 2L);

        // Decision D6: a mapped address is the IPv4 address that it carries.
        assertThat(ReadLines.of(PlainFormat.LINE, golden("ties")).flows())
                .hasSize(11)
                .endsWith("192.0.2.1");

        ReadLines tuple1 = ReadLines.of(PlainFormat.TUPLE, golden("tuple1"));
        assertThat(tuple1.flows()).containsExactly("192.0.2.1 1", "2001:db8::1 2");
        assertThat(tuple1.skips()).isEqualTo(Map.of("blank", 1L, "host-name", 1L));
        assertThat(ReadLines.of(PlainFormat.TUPLE, golden("tuple2")).flows())
                .containsExactly("192.0.2.2 3.4", "192.0.2.2 2.5");
    }

    private static String golden(String name) throws IOException {
        return Files.readString(Shared.file("spec/golden/asncounter/" + name + ".in"));
    }

    @Test
    void keepsMappedAddressesWhereTheUserSaysSo() {
        ReaderOptions options = new ReaderOptions(false, ZoneOffset.UTC, null);

        ReadLines read =
                ReadLines.of(
                        PlainFormat.LINE, options, Set.of(FlowColumn.SOURCE), "::ffff:192.0.2.1");

        assertThat(read.flows()).containsExactly("::ffff:192.0.2.1");
    }

    @Test
    void anAddressOfEachShortFormIsReadFastAndRight() {
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        int[] octets = {0, 1, 9, 10, 99, 100, 199, 200, 249, 250, 255};
        for (int a : octets) {
            for (int b : octets) {
                for (int c : octets) {
                    String address = a + "." + b + "." + c + "." + (a + b + c) % 256;
                    text.append(address).append('\n');
                    expected.add(address);
                }
            }
        }

        assertThat(ReadLines.of(PlainFormat.LINE, text.toString()).flows()).isEqualTo(expected);
    }

    @Test
    void stopsWhenTheBatchIsFullAndGoesOnFromThere() {
        String text = "192.0.2.1\n".repeat(2 * FlowBatchBuilder.CAPACITY + 7);

        ReadLines read = ReadLines.of(PlainFormat.LINE, text);

        assertThat(read.flows()).hasSize(2 * FlowBatchBuilder.CAPACITY + 7);
        assertThat(read.skips()).isEqualTo(Map.of());
    }

    @Test
    void tellsOfBadLinesButNotOfBlankOnes() {
        byte[] text = "192.0.2.1\n\nnonsense here\n".getBytes(StandardCharsets.UTF_8);
        FlowBatchBuilder flows = new FlowBatchBuilder(Set.of(FlowColumn.SOURCE));
        List<String> heard = new ArrayList<>();

        PlainFormat.LINE
                .open(ReadLines.OPTIONS)
                .readBlock(
                        text,
                        0,
                        text.length,
                        flows,
                        (reason, line, from, to) ->
                                heard.add(
                                        reason.label()
                                                + ": "
                                                + new String(
                                                        line,
                                                        from,
                                                        to - from,
                                                        StandardCharsets.UTF_8)));

        assertThat(heard).containsExactly(SkipReason.BAD_ADDRESS.label() + ": nonsense here");
    }

    @Test
    void theTimeIsTheMomentOfReading() {
        long before = System.currentTimeMillis();

        ReadLines read =
                ReadLines.of(
                        PlainFormat.LINE, ReadLines.OPTIONS, Set.of(FlowColumn.TIME), "192.0.2.1");

        assertThat(Long.parseLong(read.flows().get(0))).isBetween(before, before + 60_000);
    }
}
