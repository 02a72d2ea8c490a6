package org.asntally.sinks.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.asntally.sinks.ExactSum;
import org.asntally.sinks.TallyRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Digits as CPython prints them; the tables were made by CPython. */
class NumbersTest {

    static Stream<String[]> percents() {
        return lines("percent.tsv").skip(1);
    }

    static Stream<String[]> rounds() {
        return lines("round.tsv");
    }

    private static Stream<String[]> lines(String name) {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                NumbersTest.class.getResourceAsStream(name),
                                StandardCharsets.UTF_8))) {
            return lines.lines().map(line -> line.split("\t")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("percents")
    void percentAsPython(String count, String total, String rounded, String percent) {
        assertThat(Numbers.percent(Double.parseDouble(count), Double.parseDouble(total)))
                .isEqualTo(percent);
        assertThat(Numbers.rounded(value(Double.parseDouble(count)), 0, 0)).isEqualTo(rounded);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rounds")
    void roundsHalfToEven(String value, String rounded) {
        assertThat(Numbers.rounded(value(Double.parseDouble(value)), 0, 0)).isEqualTo(rounded);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "3, 3.0",
        "5.9, 5.9",
        "0, 0.0",
        "-0.0, -0.0",
        "-2.5, -2.5",
        "1e15, 1000000000000000.0",
        "1e16, 1e+16",
        "123456789012345678, 1.2345678901234568e+17",
        "1.5e300, 1.5e+300",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "0.000015, 1.5e-05",
        "1e-100, 1e-100",
        "5e-324, 5e-324",
        "2e23, 2e+23",
        "8.41e21, 8.41e+21",
        "9007199254740993, 9007199254740992.0",
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
        "1234.5678, 1234.5678"
    })
    void floatsAsPython(String value, String text) {
        assertThat(Numbers.python(Double.parseDouble(value))).isEqualTo(text);
    }

    @Test
    void anyFloatReadsBack() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(Numbers.python(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void nothingOfNothingIsZero() {
        assertThat(Numbers.percent(0, 0)).isEqualTo("0.0");
        assertThat(Numbers.percent(3, 0)).isEqualTo("0.0");
        assertThat(Numbers.percent(1e300, 1e-300)).isEqualTo("0.0");
        assertThat(Numbers.percent(-1, 1e9)).isEqualTo("-0.0");
    }

    @Test
    void countsAreExactWhereTheyAreWhole() {
        var rows = new TallyRows(1, 1);
        rows.append(0, 0, 0, 0, 0, 0);
        rows.add(0, 0, 9_007_199_254_740_993L);

        assertThat(Numbers.exact(rows, 0, 0)).isEqualTo("9007199254740993");
        assertThat(Numbers.rounded(rows, 0, 0)).isEqualTo("9007199254740993");
        assertThat(Numbers.exact(value(5.9), 0, 0)).isEqualTo("5.9");
        assertThat(Numbers.exact(value(6), 0, 0)).isEqualTo("6");
    }

    private static TallyRows value(double value) {
        var rows = new TallyRows(1, 1);
        rows.append(0, 0, 0, 0, 0, 0);
        var sum = new ExactSum();
        sum.add(value);
        rows.add(0, 0, sum);
        return rows;
    }
}
