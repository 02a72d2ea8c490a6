package org.asntally.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sum is the true sum, rounded once. The oracle is BigDecimal, which never rounds. */
class ExactSumProperties {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void isTheTrueSumRoundedOnce(long seed) {
        double[] numbers = numbers(new SplittableRandom(seed));

        assertThat(sum(numbers).value()).isEqualTo(truth(numbers).doubleValue());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void orderAndGroupsDoNotMatter(long seed) {
        var random = new SplittableRandom(seed);
        double[] numbers = numbers(random);
        double want = sum(numbers).value();

        for (int round = 0; round < 5; round++) {
            shuffle(numbers, random);
            var groups = new ExactSum[1 + random.nextInt(7)];
            for (int g = 0; g < groups.length; g++) {
                groups[g] = new ExactSum();
            }
            for (double number : numbers) {
                groups[random.nextInt(groups.length)].add(number);
            }
            var all = new ExactSum();
            for (ExactSum group : groups) {
                all.add(ExactSum.of(group.parts()));
            }
            assertThat(all.value()).isEqualTo(want);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void whatIsTakenAwayIsGone(long seed) {
        double[] numbers = numbers(new SplittableRandom(seed));
        var sum = sum(numbers);

        sum.add(sum.negative());

        assertThat(sum.value()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void longsAreAddedExactly(long seed) {
        var random = new SplittableRandom(seed);
        var sum = new ExactSum();
        var truth = BigDecimal.ZERO;
        for (int i = 0; i < 50; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            sum.add(number);
            truth = truth.add(BigDecimal.valueOf(number));
        }

        assertThat(sum.value()).isEqualTo(truth.doubleValue());
        assertThat(ExactSum.value(Long.MIN_VALUE, sum))
                .isEqualTo(truth.add(BigDecimal.valueOf(Long.MIN_VALUE)).doubleValue());
    }

    @Test
    void tiesAreDecidedByWhatLiesFarBelow() {
        // Half a unit above 1, and a little more or less.
        assertThat(sum(1, 0x1p-53).value()).isEqualTo(1);
        assertThat(sum(1, 0x1p-53, 0x1p-200).value()).isEqualTo(1 + 0x1p-52);
        assertThat(sum(1, 0x1p-52, 0x1p-53).value()).isEqualTo(1 + 0x1p-51);
        assertThat(sum(1, 0x1p-52, 0x1p-53, -0x1p-200).value()).isEqualTo(1 + 0x1p-52);
        assertThat(sum(-1, -0x1p-53, -0x1p-200).value()).isEqualTo(-1 - 0x1p-52);
    }

    @Test
    void largeNumbersCancel() {
        assertThat(sum(1e200, 3.4, -1e200, 2.5).value()).isEqualTo(5.9);
        assertThat(sum(ExactSum.LIMIT, ExactSum.LIMIT, 1, -ExactSum.LIMIT, -ExactSum.LIMIT).value())
                .isEqualTo(1);
    }

    private static ExactSum sum(double... numbers) {
        var sum = new ExactSum();
        for (double number : numbers) {
            sum.add(number);
        }
        return sum;
    }

    private static BigDecimal truth(double[] numbers) {
        var truth = BigDecimal.ZERO;
        for (double number : numbers) {
            truth = truth.add(new BigDecimal(number));
        }
        return truth;
    }

    /** Of very different sizes, some of them cancelling, some making ties. */
    private static double[] numbers(SplittableRandom random) {
        double[] numbers = new double[2 + random.nextInt(60)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] =
                    switch (random.nextInt(5)) {
                        case 0 ->
                                (random.nextDouble() - 0.5)
                                        * Math.pow(2, random.nextInt(-300, 300));
                        case 1 -> i > 0 ? -numbers[i - 1] : 1;
                        case 2 -> random.nextInt(1000) / 2.0;
                        case 3 -> Math.pow(2, random.nextInt(-60, 60));
                        default -> random.nextInt(100_000) / 1000.0;
                    };
        }
        return numbers;
    }

    private static void shuffle(double[] numbers, SplittableRandom random) {
        for (int i = numbers.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double number = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = number;
        }
    }
}
