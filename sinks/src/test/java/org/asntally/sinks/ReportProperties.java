package org.asntally.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports are the same however rows were cut into chunks and in which order they came. */
class ReportProperties {

    private record Row(int prefix, long asn, long rib, long first, long count) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void findsWhatAMapFinds(long seed) {
        var random = new SplittableRandom(seed);
        List<Row> rows = rows(random);
        var table = shuffled(rows, random).table(KeyKind.PREFIX, Side.SOURCE);
        int top = random.nextInt(rows.size() + 2);

        var shown = new ArrayList<String>();
        for (int row : table.top(top, 0)) {
            shown.add(
                    table.prefix(row)
                            + " "
                            + table.asn(row)
                            + " "
                            + table.rows(row).sum(table.at(row), 0));
        }

        assertThat(shown).isEqualTo(expected(rows, top));
        assertThat(table.total().sum(0, 0)).isEqualTo(rows.stream().mapToLong(Row::count).sum());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void theRestIsWhatIsNotShown(long seed) {
        var random = new SplittableRandom(seed);
        var table = shuffled(rows(random), random).table(KeyKind.PREFIX, Side.SOURCE);
        int[] shown = table.top(7, 0);
        long sum = 0;
        for (int row : shown) {
            sum += table.rows(row).sum(table.at(row), 0);
        }

        assertThat(table.rest(shown).value(0, 0))
                .isEqualTo((double) (table.total().sum(0, 0) - sum));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void whatIsCutOffChangesNothingThatIsShown(long seed) {
        var random = new SplittableRandom(seed);
        int most = random.nextInt(12);
        int groups = 1 + random.nextInt(20);
        var keys = new HashMap<String, Row>();
        rows(random).forEach(row -> keys.putIfAbsent(row.prefix() + " " + row.asn(), row));
        var chunks = new ArrayList<Tallies>();
        for (int group = 0; group < groups; group++) {
            chunks.add(new Tallies(1, 7).asn(64496 + group, "N", group, group));
        }
        keys.values()
                .forEach(
                        row ->
                                chunks.get(random.nextInt(groups))
                                        .prefix(
                                                text(row.prefix()),
                                                row.asn(),
                                                row.first(),
                                                (double) row.count()));
        chunks.get(random.nextInt(groups)).unrouted(4, 1);
        var cut = new ArrayList<WindowTally>();
        var whole = new ArrayList<WindowTally>();
        for (Tallies chunk : chunks) {
            whole.add(chunk.whole());
            var top = new TopCut(most, 1);
            top.add(chunk.rows());
            TallyRows left = top.rows();
            assertThat(left.size()).isLessThanOrEqualTo(most + 1 + 2);
            cut.add(
                    new WindowTally(
                            WindowTally.WHOLE_START, WindowTally.WHOLE_END, 0, false, left));
        }
        var expected = Tallies.report(whole, 1).whole();
        var actual = Tallies.report(cut, 1).whole();
        for (KeyKind kind : List.of(KeyKind.PREFIX, KeyKind.ASN)) {
            var all = expected.table(kind, Side.SOURCE);
            var some = actual.table(kind, Side.SOURCE);

            assertThat(some.total().sum(0, 0)).isEqualTo(all.total().sum(0, 0));
            assertThat(some.others(most)).isEqualTo(all.others(most));
            assertThat(shown(some, most)).isEqualTo(shown(all, most));
            assertThat(some.rest(some.top(most, 0)).sum(0, 0))
                    .isEqualTo(all.rest(all.top(most, 0)).sum(0, 0));
        }
    }

    private static List<String> shown(ReportTable table, int top) {
        var shown = new ArrayList<String>();
        for (int row : table.top(top, 0)) {
            shown.add(
                    (table.unrouted(row) ? "None" : table.prefix(row))
                            + " "
                            + table.asn(row)
                            + " "
                            + table.rows(row).sum(table.at(row), 0));
        }
        return shown;
    }

    @Test
    void onePrefixOfTwoOriginsIsTwoRowsAndOneOfTwoTablesIsOne() {
        var old = new Tallies(1, 7).prefix("192.0.2.0/24", 64496, 5, 3).asn(64496, "B, FR", 5, 3);
        var moved =
                new Tallies(1, 8)
                        .prefix("192.0.2.0/24", 64496, 9, 2)
                        .asn(64496, "A, FR", 9, 2)
                        .prefix("192.0.2.0/24", 64497, 3, 2)
                        .asn(64497, "C, CA", 3, 2);
        for (var order :
                List.of(List.of(old.whole(), moved.whole()), List.of(moved.whole(), old.whole()))) {
            var window = Tallies.report(order, 1).whole();
            var table = window.table(KeyKind.PREFIX, Side.SOURCE);

            int[] top = table.top(10, 0);

            assertThat(top).hasSize(2);
            assertThat(table.rows(top[0]).sum(table.at(top[0]), 0)).isEqualTo(5);
            assertThat(table.name(top[0])).isEqualTo("A, FR");
            assertThat(table.asn(top[1])).isEqualTo(64497);
        }
    }

    @Test
    void unroutedAddressesOfBothFamiliesAreOneRow() {
        var rows = new Tallies().unrouted(4, 1).rows();
        int six = TallyRows.tag(KeyKind.PREFIX, Side.SOURCE, true, TallyRows.UNROUTED);
        rows.add(rows.append(six, 9, 5, 5, 0, 2), 0, 3);
        var tally = new WindowTally(WindowTally.WHOLE_START, WindowTally.WHOLE_END, 0, false, rows);

        var table = Tallies.report(List.of(tally), 1).whole().table(KeyKind.PREFIX, Side.SOURCE);

        assertThat(table.size()).isEqualTo(1);
        assertThat(table.rows(0).sum(0, 0)).isEqualTo(4);
        assertThat(table.routed()).isZero();
    }

    @Test
    void countersAddUpByWordReasonAndSource() {
        var one = new Tallies().counter(CounterWord.SKIPPED, "bad-address\ta.log", 3, 0, 4);
        var two =
                new Tallies()
                        .counter(CounterWord.SKIPPED, "bad-address\ta.log", 3, 0, 1)
                        .counter(CounterWord.SKIPPED, "bad-address\tb.log", 3, 1, 2)
                        .counter(CounterWord.READ, "", 0, 0, 100);

        var report = Tallies.report(List.of(one.whole(), two.window(0, 60_000)), 1);

        assertThat(report.count(CounterWord.READ)).isEqualTo(100);
        assertThat(report.count(CounterWord.SKIPPED)).isEqualTo(7);
        assertThat(report.counter(CounterWord.SKIPPED, "bad-address"))
                .isEqualTo(new ReportCounter(CounterWord.SKIPPED, "bad-address", "", 7));
        assertThat(report.counters())
                .contains(new ReportCounter(CounterWord.SKIPPED, "bad-address", "a.log", 5));
        assertThat(report.windows()).isEmpty();
    }

    @Test
    void countsBeyondALongStayRight() {
        var half = new Tallies().asn(64496, null, 0, Long.MAX_VALUE);
        var table =
                Tallies.report(List.of(half.whole(), half.whole(), half.whole()), 1)
                        .whole()
                        .table(KeyKind.ASN, Side.SOURCE);

        assertThat(table.value(0, 0)).isEqualTo(3 * 0x1p63);
        assertThat(table.total().value(0, 0)).isEqualTo(3 * 0x1p63);
    }

    private static ReportWindow shuffled(List<Row> rows, SplittableRandom random) {
        var order = new ArrayList<>(rows);
        Collections.shuffle(order, new Random(random.nextLong()));
        var chunks = new ArrayList<WindowTally>();
        for (int i = 0; i < order.size(); ) {
            int size = 1 + random.nextInt(100);
            long rib = order.get(i).rib();
            var chunk = new Tallies(1, rib);
            for (int end = Math.min(order.size(), i + size);
                    i < end && order.get(i).rib() == rib;
                    i++) {
                Row row = order.get(i);
                chunk.prefix(text(row.prefix()), row.asn(), row.first(), (double) row.count());
            }
            chunks.add(chunk.whole());
        }
        return Tallies.report(chunks, 1).whole();
    }

    private static List<String> expected(List<Row> rows, int top) {
        Map<String, Row> merged = new HashMap<>();
        for (Row row : rows) {
            merged.merge(
                    row.prefix() + " " + row.asn(),
                    row,
                    (a, b) ->
                            new Row(
                                    a.prefix(),
                                    a.asn(),
                                    0,
                                    Math.min(a.first(), b.first()),
                                    a.count() + b.count()));
        }
        return merged.values().stream()
                .sorted(
                        Comparator.comparingLong(Row::count)
                                .reversed()
                                .thenComparingLong(Row::first)
                                .thenComparingInt(Row::prefix)
                                .thenComparingLong(Row::asn))
                .limit(top)
                .map(row -> text(row.prefix()) + " " + row.asn() + " " + row.count())
                .toList();
    }

    private static String text(int prefix) {
        return "10." + (prefix >> 8) + "." + (prefix & 255) + ".0/24";
    }

    /** Few counts and positions, so that there are many ties. */
    private static List<Row> rows(SplittableRandom random) {
        var rows = new ArrayList<Row>();
        for (int i = 1 + random.nextInt(800); i > 0; i--) {
            rows.add(
                    new Row(
                            random.nextInt(600),
                            64496 + random.nextInt(2),
                            1 + random.nextInt(2),
                            random.nextInt(50),
                            random.nextInt(20)));
        }
        return rows;
    }
}
