package org.asntally.job.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.asntally.sinks.ExactSum;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RouteTallyProperties {

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 50);
    }

    private static final class Expected {
        long first = Long.MAX_VALUE;
        BigDecimal sum = BigDecimal.ZERO;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void numbersRoutesInTheOrderOfTheirFirstSight(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int routes = 1 + random.nextInt(random.nextBoolean() ? 100 : 20_000);
        RouteSlots slots = new RouteSlots(routes, random.nextBoolean() ? 1 : 8);
        for (int round = 0; round < 3; round++) {
            Map<Integer, Integer> known = new LinkedHashMap<>();
            int sights = random.nextInt(3 * routes);
            for (int i = 0; i < sights; i++) {
                int route = random.nextInt(routes + 1) - 1;
                int slot = slots.slot(route);
                Integer before = known.putIfAbsent(route, known.size());
                assertThat(slot)
                        .as("seed %d, route %d", seed, route)
                        .isEqualTo(before == null ? ~(known.size() - 1) : before);
                assertThat(slots.size()).isEqualTo(known.size());
            }
            slots.clear();
            assertThat(slots.size()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void countsHitsAndKeepsTheLowestPosition(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int routes = 1 + random.nextInt(random.nextBoolean() ? 60 : 5000);
        RouteTally tally = new RouteTally(routes, 1, 1 + random.nextInt(8));
        for (int round = 0; round < 3; round++) {
            Map<Integer, Expected> expected = new LinkedHashMap<>();
            boolean inOrder = random.nextBoolean();
            long position = 0;
            for (int batch = 0; batch < 20; batch++) {
                int rows = 1 + random.nextInt(300);
                int[] routeOfRow = new int[rows];
                // Files are read side by side, so batches come in any order.
                position = inOrder ? position + 300 : random.nextInt(1 << 20) * 300L;
                for (int row = 0; row < rows; row++) {
                    routeOfRow[row] = random.nextInt(routes + 1) - 1;
                    add(expected, routeOfRow[row], position + row, BigDecimal.ONE);
                }
                if (random.nextInt(3) > 0) {
                    tally.hits(routeOfRow, rows, position);
                } else {
                    for (int row = 0; row < rows; row++) {
                        tally.add(tally.seen(routeOfRow[row], position + row), 0, 1L);
                    }
                }
            }
            check(seed, tally, 0, expected);
            tally.clear();
            assertThat(tally.size()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void addsNumbersOfAnySizeExactly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RouteTally tally = new RouteTally(500, 2, 1);
        for (int round = 0; round < 2; round++) {
            Map<Integer, Expected> longs = new LinkedHashMap<>();
            Map<Integer, Expected> doubles = new LinkedHashMap<>();
            for (int i = 0; i < 2000; i++) {
                int route = random.nextInt(random.nextBoolean() ? 3 : 400) - 1;
                int slot = tally.seen(route, i);
                long whole = random.nextLong() >> random.nextInt(64);
                tally.add(slot, 0, whole);
                add(longs, route, i, BigDecimal.valueOf(whole));
                double number =
                        switch (random.nextInt(5)) {
                            case 0 -> random.nextInt(100);
                            case 1 -> 0.1;
                            case 2 -> random.nextDouble() * 0x1p900;
                            case 3 -> -random.nextDouble() * 1e-200;
                            default -> Math.scalb(1.0, random.nextInt(120));
                        };
                tally.add(slot, 1, number);
                add(doubles, route, i, new BigDecimal(number));
            }
            check(seed, tally, 0, longs);
            check(seed, tally, 1, doubles);
            tally.clear();
        }
    }

    private static void add(
            Map<Integer, Expected> expected, int route, long position, BigDecimal number) {
        Expected known = expected.computeIfAbsent(route, fresh -> new Expected());
        known.first = Math.min(known.first, position);
        known.sum = known.sum.add(number);
    }

    private static void check(
            long seed, RouteTally tally, int measure, Map<Integer, Expected> expected) {
        List<Integer> routes = new ArrayList<>();
        for (int slot = 0; slot < tally.size(); slot++) {
            routes.add(tally.route(slot));
            Expected known = expected.get(tally.route(slot));
            assertThat(known).isNotNull();
            if (known == null) {
                return;
            }
            BigDecimal sum = BigDecimal.valueOf(tally.sum(slot, measure));
            ExactSum exact = tally.exact(slot, measure);
            for (double part : exact == null ? new double[0] : exact.parts()) {
                sum = sum.add(new BigDecimal(part));
            }
            assertThat(sum).as("seed %d", seed).isEqualByComparingTo(known.sum);
            assertThat(tally.first(slot)).as("seed %d", seed).isEqualTo(known.first);
        }
        assertThat(routes).as("seed %d", seed).containsExactlyElementsOf(expected.keySet());
    }
}
