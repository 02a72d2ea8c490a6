package org.asntally.job.moves;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.asntally.job.attribute.RibMessage;
import org.asntally.job.attribute.RibTimeline;
import org.asntally.job.attribute.Ribs;
import org.asntally.lookup.rib.Rib;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes first, and wherever it is killed: what a list of all tables and rows says. */
@Timeout(60)
class MovesProperties {

    private static final int PREFIXES = 20;
    private static final long WINDOWS = 40;

    private record Table(Rib rib, Map<String, Integer> origins) {}

    /** Some that come again and again: each is of some megabytes. */
    private static final List<Table> TABLES = tables(new SplittableRandom(20_261_129), 8);

    private final Map<Long, Map<String, Integer>> tables = new TreeMap<>();
    private final Map<Long, Map<String, Long>> hits = new TreeMap<>();
    private boolean beginsWithRows;

    private static List<Table> tables(SplittableRandom random, int many) {
        List<Table> all = new ArrayList<>();
        while (all.size() < many) {
            List<String> routes = new ArrayList<>();
            Map<String, Integer> origins = new TreeMap<>();
            for (int i = 0; i < PREFIXES; i++) {
                if (random.nextInt(5) > 0) {
                    int asn = 64496 + random.nextInt(3);
                    routes.add(prefix(i) + " " + asn);
                    origins.put(prefix(i), asn);
                }
            }
            all.add(new Table(MovesHarness.table(routes.toArray(new String[0])), origins));
        }
        return all;
    }

    private static String prefix(int number) {
        return "10.0." + number + ".0/24";
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void tellsWhatAListSays(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        boolean all = random.nextBoolean();
        List<RibMessage> messages = messages(random);
        OperatorSubtaskState state = null;
        List<String> told = new ArrayList<>();
        MovesHarness moves = MovesHarness.begin(new RibTimeline(), all, null);
        int next = 0;
        long window = 0;
        while (window < WINDOWS || next < messages.size()) {
            if (window == WINDOWS || (next < messages.size() && random.nextBoolean())) {
                moves.rib(messages.get(next++));
            } else {
                rows(random, moves, window++ * MovesHarness.WINDOW);
            }
            if (random.nextInt(5) == 0) {
                // What comes out after the state was kept is told again by who goes on from it.
                told.addAll(moves.told());
                state = moves.snapshot(window, window);
                moves.close();
                moves = MovesHarness.begin(new RibTimeline(), all, state);
            }
        }
        told.addAll(moves.told());
        moves.close();

        assertThat(told).as("seed %d", seed).isEqualTo(expected(all));
    }

    /** Tables in the order of their times, each before the promise that it is known. */
    private List<RibMessage> messages(SplittableRandom random) {
        List<RibMessage> messages = new ArrayList<>();
        long time = 0;
        while (time < WINDOWS * MovesHarness.WINDOW) {
            Table table = TABLES.get(random.nextInt(TABLES.size()));
            tables.put(time, table.origins);
            messages.add(RibMessage.version(Ribs.share(table.rib, time)));
            // Some at the very end of a window.
            time += random.nextInt(3) == 0 ? MovesHarness.WINDOW : random.nextLong(1, 700);
            messages.add(RibMessage.knownUntil(time));
        }
        messages.add(RibMessage.knownUntil(Long.MAX_VALUE));
        return messages;
    }

    private void rows(SplittableRandom random, MovesHarness moves, long start) throws Exception {
        Map<String, Long> window = new TreeMap<>();
        for (int part = random.nextInt(4); part > 0; part--) {
            List<String> rows = new ArrayList<>();
            for (int i = 0; i < PREFIXES; i++) {
                if (random.nextInt(3) == 0) {
                    long some = random.nextLong(1, 100);
                    window.merge(prefix(i), some, Long::sum);
                    rows.add(prefix(i) + " " + some + " " + 2 * some);
                }
            }
            moves.rows(start, rows.toArray(new String[0]));
            beginsWithRows |= start == 0;
        }
        hits.put(start, window);
        moves.time(start + MovesHarness.WINDOW - 1);
    }

    private List<String> expected(boolean all) {
        List<String> expected = new ArrayList<>();
        Map<String, Integer> before = null;
        for (Map.Entry<Long, Map<String, Integer>> table : tables.entrySet()) {
            long moment = table.getKey();
            boolean seen = moment > firstSeen() && moment <= WINDOWS * MovesHarness.WINDOW;
            long start = Math.floorDiv(moment, MovesHarness.WINDOW) * MovesHarness.WINDOW;
            start -= MovesHarness.WINDOW;
            for (int i = 0; i < PREFIXES && before != null && seen; i++) {
                int from = before.getOrDefault(prefix(i), 0);
                int to = table.getValue().getOrDefault(prefix(i), 0);
                Long traffic = hits.getOrDefault(start, Map.of()).get(prefix(i));
                if (from != to && (all || traffic != null)) {
                    long some = traffic == null ? 0 : traffic;
                    expected.add(
                            moment + " " + prefix(i) + " " + from + ">" + to + " " + start + ": "
                                    + some + " " + 2 * some);
                }
            }
            before = table.getValue();
        }
        return expected;
    }

    /** Time begins with the rows of the first window, or with its end. */
    private long firstSeen() {
        return beginsWithRows ? 0 : MovesHarness.WINDOW - 1;
    }
}
