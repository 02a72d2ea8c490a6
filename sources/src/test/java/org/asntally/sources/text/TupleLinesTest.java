package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TupleLinesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1 1 # comment => 192.0.2.1 1",
                "2001:DB8::1 2 => 2001:db8::1 2",
                "192.0.2.1\t \u00a03\r => 192.0.2.1 3",
                "  192.0.2.1   2.5 => 192.0.2.1 2.5",
                "192.0.2.1 -2 => 192.0.2.1 -2",
                "192.0.2.1 0.1 => 192.0.2.1 0.1",
                "192.0.2.1 1e300 => 192.0.2.1 1.0E300",
                "192.0.2.1 9007199254740993 => 192.0.2.1 9007199254740992",
                "192.0.2.1 0.30000000000000004 => 192.0.2.1 0.30000000000000004",
                "192.0.2.1 123456789012345678901234567890 => 192.0.2.1 1.2345678901234568E29",
                "192.0.2.1 => bad-shape",
                "192.0.2.1 # 5 => bad-shape",
                "192.0.2.1 x => bad-number",
                "192.0.2.1 1 2 => bad-number",
                "192.0.2.1 1.1e300 => bad-number",
                "192.0.2.1 -1e301 => bad-number",
                "garbage that warns => host-name",
                "192.0.2.300 1 => bad-address",
                "# => blank",
                " => blank",
            })
    void readsOrSkips(String row) {
        String line = row.substring(0, row.indexOf(" => "));
        String expected = row.substring(row.indexOf(" => ") + 4);
        ReadLines read = ReadLines.of(PlainFormat.TUPLE, line);
        if (expected.contains(" ")) {
            assertThat(read.flows()).containsExactly(expected);
        } else {
            assertThat(read.skips()).containsKey(expected);
        }
    }

    @Test
    void numbersAreThoseOfPython() throws IOException {
        List<String> rows = Files.readAllLines(Shared.file("spec/golden/asncounter/pyfloat.tsv"));
        PythonFloat number = new PythonFloat();
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split("\t", -1);
            String text = cells[0].substring(1, cells[0].length() - 1).replace("\\xa0", "\u00a0");
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int start = Blanks.skip(bytes, 0, bytes.length);

            boolean read = number.parse(bytes, start, Blanks.trim(bytes, start, bytes.length));

            // What is infinite or no number is refused: see decision D3 of the semantics page.
            boolean expected = cells[1].matches("-?[0-9.]+");
            assertThat(read).as(row).isEqualTo(expected);
            if (expected) {
                assertThat(number.value()).as(row).isEqualTo(Double.parseDouble(cells[1]));
            }
        }
        assertThat(rows).hasSizeGreaterThan(30);
    }
}
