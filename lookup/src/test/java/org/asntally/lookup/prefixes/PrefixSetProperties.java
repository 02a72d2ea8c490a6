package org.asntally.lookup.prefixes;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A set shows exactly its addresses, in the fewest prefixes that can. The oracles: bits of small
 * spaces, all subsets of them; numbers without bounds for large ones.
 */
class PrefixSetProperties {

    /** Where small spaces lie: at both ends of a family, in its middle, where 64 bits end. */
    private record Place(boolean v6, long high, long low) {
        void prefix(PrefixSet.Builder set, int address) {
            set.prefix(v6, high, low + address, v6 ? 128 : 32);
        }

        int offset(long addressHigh, long addressLow) {
            assertThat(addressHigh).isEqualTo(high);
            return Math.toIntExact(addressLow - low);
        }
    }

    private static final List<Place> PLACES =
            List.of(
                    new Place(false, 0, 0),
                    new Place(false, 0, 0xc0000200L),
                    new Place(false, 0, 0xffffffffL - 15),
                    new Place(true, 0, 0),
                    new Place(true, 0x20010db8_00000000L, -16),
                    new Place(true, -1, -16));

    @Test
    void everySetOfSixteenAddressesIsShownAsItIsInTheFewestPrefixes() {
        for (Place place : PLACES) {
            for (int bits = 0; bits < 1 << 16; bits++) {
                PrefixSet.Builder set = new PrefixSet.Builder();
                for (int address = 0; address < 16; address++) {
                    if ((bits >> address & 1) == 1) {
                        place.prefix(set, address);
                    }
                }
                int[] shown = new int[1];
                long count =
                        set.build()
                                .prefixes(
                                        (v6, high, low, length) ->
                                                shown[0] |= mask(place, high, low, length));
                if (shown[0] != bits || count != fewest(bits, 16)) {
                    throw new AssertionError(place + " of " + Integer.toBinaryString(bits));
                }
            }
        }
    }

    private static int mask(Place place, long high, long low, int length) {
        int size = 1 << ((place.v6 ? 128 : 32) - length);
        return ((1 << size) - 1) << place.offset(high, low);
    }

    /** The fewest aligned blocks: a whole one is one, else those of its halves. */
    private static int fewest(int bits, int size) {
        int all = (1 << size) - 1;
        if ((bits & all) == 0) {
            return 0;
        }
        return (bits & all) == all
                ? 1
                : fewest(bits, size / 2) + fewest(bits >>> (size / 2), size / 2);
    }

    @Test
    void everyDifferenceOfTwoSetsOfEightAddressesIsExact() {
        for (Place place : PLACES) {
            for (int pair = 0; pair < 1 << 16; pair++) {
                PrefixSet.Builder first = new PrefixSet.Builder();
                PrefixSet.Builder second = new PrefixSet.Builder();
                for (int address = 0; address < 8; address++) {
                    if ((pair >> address & 1) == 1) {
                        place.prefix(first, address);
                    }
                    if ((pair >> (8 + address) & 1) == 1) {
                        place.prefix(second, address);
                    }
                }
                int[] shown = new int[1];
                first.build()
                        .minus(second.build())
                        .prefixes(
                                (v6, high, low, length) ->
                                        shown[0] |= mask(place, high, low, length));
                int expected = pair & 0xff & ~(pair >> 8);
                if (shown[0] != expected) {
                    throw new AssertionError(place + " of " + Integer.toBinaryString(pair));
                }
            }
        }
    }

    private static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private record Range(BigInteger first, BigInteger last) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithNumbersWithoutBounds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean v6 = random.nextBoolean();
        List<Range> ranges = ranges(random, v6);
        List<Range> others = ranges(random, v6);
        PrefixSet set = set(ranges, v6);
        PrefixSet other = set(others, v6);

        List<Range> shown = shown(set, v6);
        List<Range> left = shown(set.minus(other), v6);

        for (BigInteger address : edges(ranges, others, v6)) {
            boolean inside = holds(ranges, address);
            long high = address.shiftRight(64).longValue();
            long low = address.longValue();
            assertThat(holds(shown, address)).as("%s", address).isEqualTo(inside);
            assertThat(set.contains(v6, high, low)).isEqualTo(inside);
            assertThat(holds(left, address)).isEqualTo(inside && !holds(others, address));
        }
        BigInteger end = BigInteger.ONE.shiftLeft(v6 ? 128 : 32);
        assertThat(shown).hasSize(fewest(ranges, BigInteger.ZERO, end));
        for (int i = 1; i < left.size(); i++) {
            assertThat(left.get(i).first).isGreaterThan(left.get(i - 1).last);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aListLosesWhatASetHoldsAndNothingElse(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean v6 = random.nextBoolean();
        PrefixList.Builder builder = new PrefixList.Builder();
        for (int i = random.nextInt(1, 20); i > 0; i--) {
            int length = random.nextInt(1, v6 ? 129 : 33);
            builder.prefix(v6, v6 ? random.nextLong() : 0, random.nextLong(), length);
        }
        PrefixList list = builder.build();
        PrefixSet taken = set(ranges(random, v6), v6);
        BitSet lost = new BitSet();

        PrefixList left =
                list.minus(
                        taken,
                        (family, high, low, length, pieces) ->
                                lost.set(find(list, high, low, length)));

        assertThat(left.toSet().toList().size())
                .isEqualTo(list.toSet().minus(taken).toList().size());
        for (int i = 0; i < list.size(); i++) {
            assertThat(lost.get(i))
                    .isEqualTo(taken.overlaps(v6, list.high(i), list.low(i), list.length(i)));
            assertThat(find(left, list.high(i), list.low(i), list.length(i)) < 0)
                    .isEqualTo(lost.get(i));
        }
        left.forEach(
                (family, high, low, length) ->
                        assertThat(taken.overlaps(family, high, low, length)).isFalse());
    }

    private static int find(PrefixList list, long high, long low, int length) {
        for (int i = 0; i < list.size(); i++) {
            if (list.high(i) == high && list.low(i) == low && list.length(i) == length) {
                return i;
            }
        }
        return -1;
    }

    /** Ranges that meet: their ends are near a few addresses. */
    private static List<Range> ranges(SplittableRandom random, boolean v6) {
        BigInteger last = BigInteger.ONE.shiftLeft(v6 ? 128 : 32).subtract(BigInteger.ONE);
        List<BigInteger> marks = new ArrayList<>(List.of(BigInteger.ZERO, last));
        for (int i = 0; i < 4; i++) {
            marks.add(number(random.nextLong(), random.nextLong()).and(last));
            marks.add(BigInteger.ONE.shiftLeft(random.nextInt(v6 ? 128 : 32)));
        }
        List<Range> ranges = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            BigInteger first = near(random, marks, last);
            BigInteger second = near(random, marks, last);
            ranges.add(new Range(first.min(second), first.max(second)));
        }
        return ranges;
    }

    private static BigInteger near(
            SplittableRandom random, List<BigInteger> marks, BigInteger last) {
        BigInteger mark = marks.get(random.nextInt(marks.size()));
        BigInteger step = BigInteger.valueOf(random.nextInt(-9, 10));
        return mark.add(step).max(BigInteger.ZERO).min(last);
    }

    private static BigInteger number(long high, long low) {
        return new BigInteger(Long.toUnsignedString(high))
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(low)));
    }

    private static PrefixSet set(List<Range> ranges, boolean v6) {
        PrefixSet.Builder set = new PrefixSet.Builder();
        for (Range range : ranges) {
            set.range(
                    v6,
                    range.first.shiftRight(64).longValue(),
                    range.first.longValue(),
                    range.last.shiftRight(64).longValue(),
                    range.last.longValue());
        }
        return set.build();
    }

    private static List<Range> shown(PrefixSet set, boolean v6) {
        List<Range> shown = new ArrayList<>();
        set.prefixes(
                (family, high, low, length) -> {
                    assertThat(family).isEqualTo(v6);
                    BigInteger first = number(high, low);
                    BigInteger size = BigInteger.ONE.shiftLeft((v6 ? 128 : 32) - length);
                    assertThat(first.mod(size)).isZero();
                    shown.add(new Range(first, first.add(size).subtract(BigInteger.ONE)));
                });
        return shown;
    }

    private static List<BigInteger> edges(List<Range> ranges, List<Range> others, boolean v6) {
        BigInteger last = BigInteger.ONE.shiftLeft(v6 ? 128 : 32).subtract(BigInteger.ONE);
        List<BigInteger> edges = new ArrayList<>();
        for (List<Range> each : List.of(ranges, others)) {
            for (Range range : each) {
                for (BigInteger end : List.of(range.first, range.last)) {
                    for (int step = -1; step <= 1; step++) {
                        BigInteger edge = end.add(BigInteger.valueOf(step));
                        if (edge.signum() >= 0 && edge.compareTo(last) <= 0) {
                            edges.add(edge);
                        }
                    }
                }
            }
        }
        return edges;
    }

    private static boolean holds(List<Range> ranges, BigInteger address) {
        return ranges.stream()
                .anyMatch(
                        range ->
                                range.first.compareTo(address) <= 0
                                        && range.last.compareTo(address) >= 0);
    }

    /** As {@link #fewest(int, int)}, of {@code [from, to)}. */
    private static int fewest(List<Range> ranges, BigInteger from, BigInteger to) {
        List<Range> meeting =
                ranges.stream()
                        .filter(
                                range ->
                                        range.first.compareTo(to) < 0
                                                && range.last.compareTo(from) >= 0)
                        .toList();
        if (meeting.isEmpty()) {
            return 0;
        }
        BigInteger covered = from;
        for (Range range : meeting.stream().sorted((a, b) -> a.first.compareTo(b.first)).toList()) {
            if (range.first.compareTo(covered) <= 0) {
                covered = covered.max(range.last.add(BigInteger.ONE));
            }
        }
        if (covered.compareTo(to) >= 0) {
            return 1;
        }
        BigInteger middle = from.add(to).shiftRight(1);
        return fewest(meeting, from, middle) + fewest(meeting, middle, to);
    }

    @Test
    void aTableOfAMillionRoutesIsNothing() {
        SplittableRandom random = new SplittableRandom(7);
        PrefixSet.Builder set = new PrefixSet.Builder();
        for (int i = 0; i < 1_300_000; i++) {
            boolean v6 = i % 6 == 0;
            int length = v6 ? random.nextInt(20, 65) : random.nextInt(12, 25);
            set.prefix(v6, v6 ? random.nextLong() : 0, random.nextLong(), length);
        }
        PrefixSet all = set.build();

        assertThat(all.minus(all).isEmpty()).isTrue();
        assertThat(all.toList().toSet().minus(all).isEmpty()).isTrue();
        assertThat(all.toList().size()).isGreaterThan(100_000);
    }
}
