package org.asntally.job.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.asntally.job.TestTable;
import org.asntally.job.attribute.AttributeHarness.Event;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sources that end, go idle, come back and end while idle, in every order, while tables are told at
 * any time: whatever is sent, nothing is late and the end of time comes last.
 */
@Timeout(60)
class AttributeTimeProperties {

    private static final List<TestTable> TABLES =
            List.of(
                    TestTable.random(1, 20, 200),
                    TestTable.random(2, 20, 600),
                    TestTable.random(3, 20, 1000));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    /** One run of a seeded schedule. */
    private static final class Run {
        final SplittableRandom random;
        final AttributeHarness harness;
        final int sources;
        final long[] marks;
        final boolean[] idle;
        final boolean[] ended;
        final List<Long> flows = new ArrayList<>();
        final List<Event> seen = new ArrayList<>();
        final List<RibMessage> untold = new ArrayList<>();
        boolean ribEnded;
        long sent = Long.MIN_VALUE;

        Run(long seed) throws Exception {
            random = new SplittableRandom(seed);
            sources = 1 + random.nextInt(4);
            marks = new long[sources];
            Arrays.fill(marks, -1);
            idle = new boolean[sources];
            ended = new boolean[sources];
            RibTimeline bootstrap = new RibTimeline();
            int known = random.nextInt(TABLES.size() + 1);
            for (int place = 0; place < TABLES.size(); place++) {
                RibMessage version = RibMessage.version(TABLES.get(place).share());
                if (place < known) {
                    bootstrap.add(version);
                } else {
                    untold.add(version);
                }
                long next =
                        place + 1 < TABLES.size()
                                ? TABLES.get(place + 1).validFrom()
                                : Long.MAX_VALUE;
                untold.add(RibMessage.knownUntil(next));
            }
            harness = new AttributeHarness(sources, bootstrap);
        }

        void step() throws Exception {
            if (random.nextInt(8) == 0 && !ribEnded) {
                ribStep();
                return;
            }
            int source = random.nextInt(sources);
            if (ended[source]) {
                return;
            }
            switch (random.nextInt(8)) {
                case 0 -> {
                    idle[source] = true;
                    harness.status(source, true);
                }
                case 1 -> {
                    if (random.nextInt(4) == 0) {
                        end(source);
                    }
                }
                case 2, 3, 4 -> {
                    wake(source);
                    marks[source] += random.nextInt(80);
                    harness.time(source, marks[source]);
                }
                default -> {
                    wake(source);
                    long[] times = new long[1 + random.nextInt(5)];
                    for (int i = 0; i < times.length; i++) {
                        // What a source promised, and for one that slept what was said without it.
                        times[i] = Math.max(marks[source], sent) + 1 + random.nextInt(300);
                        flows.add(times[i]);
                    }
                    harness.flows(source, times);
                }
            }
        }

        void wake(int source) throws Exception {
            if (idle[source]) {
                idle[source] = false;
                harness.status(source, false);
            }
        }

        void end(int source) throws Exception {
            // A source ends with the end of time, unless it is idle: then Flink drops that.
            if (!idle[source] || random.nextBoolean()) {
                harness.time(source, Long.MAX_VALUE);
            }
            ended[source] = true;
            harness.end(source);
        }

        void ribStep() throws Exception {
            if (random.nextBoolean()) {
                harness.time(sources, random.nextLong());
                harness.status(sources, random.nextBoolean());
            } else if (!untold.isEmpty()) {
                harness.rib(untold.remove(0));
            }
        }

        void read(long seed) {
            for (Event event : harness.events()) {
                assertThat(sent)
                        .as("seed %d: after the end of time", seed)
                        .isNotEqualTo(Long.MAX_VALUE);
                seen.add(event);
                if (event.what().equals("time")) {
                    assertThat(event.time()).as("seed %d", seed).isGreaterThan(sent);
                    sent = event.time();
                    if (sent != Long.MAX_VALUE) {
                        assertThat(sent).as("seed %d", seed).isLessThanOrEqualTo(least());
                        assertThat(allQuiet()).as("seed %d: time while idle", seed).isFalse();
                    } else {
                        assertThat(allEnded()).as("seed %d: an early end", seed).isTrue();
                    }
                } else if (event.what().equals("flow")) {
                    assertThat(event.time()).as("seed %d: late", seed).isGreaterThan(sent);
                }
            }
        }

        long least() {
            long least = Long.MAX_VALUE;
            for (int source = 0; source < sources; source++) {
                least = ended[source] || idle[source] ? least : Math.min(least, marks[source]);
            }
            return least;
        }

        boolean allQuiet() {
            for (int source = 0; source < sources; source++) {
                if (!ended[source] && !idle[source]) {
                    return false;
                }
            }
            return true;
        }

        boolean nothingWaits() {
            return seen.stream().filter(event -> event.what().equals("flow")).count()
                    == flows.size();
        }

        boolean allEnded() {
            for (boolean end : ended) {
                if (!end) {
                    return false;
                }
            }
            return true;
        }

        boolean isIdle() {
            boolean is = false;
            for (Event event : seen) {
                is = event.what().equals("idle") || (is && !event.what().equals("active"));
            }
            return is;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLateAndTheEndComesLast(long seed) throws Exception {
        Run run = new Run(seed);
        for (int step = 0; step < 80; step++) {
            run.step();
            run.read(seed);
            if (!run.allEnded()) {
                assertThat(run.isIdle())
                        .as("seed %d", seed)
                        .isEqualTo(run.allQuiet() && run.nothingWaits());
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int source = 0; source < run.sources; source++) {
            if (!run.ended[source]) {
                order.add(run.random.nextInt(order.size() + 1), source);
            }
        }
        boolean ribFirst = run.random.nextBoolean();
        if (ribFirst) {
            endRib(run);
        }
        for (int source : order) {
            run.read(seed);
            run.end(source);
        }
        if (!ribFirst) {
            endRib(run);
        }
        run.read(seed);
        run.harness.close();

        assertThat(run.sent).as("seed %d", seed).isEqualTo(Long.MAX_VALUE);
        assertThat(run.isIdle()).as("seed %d", seed).isFalse();
        List<String> expected = new ArrayList<>();
        for (long time : run.flows) {
            TestTable table = TABLES.get(time >= 1000 ? 2 : time >= 600 ? 1 : 0);
            expected.add(time + " " + table.rib().version());
        }
        assertThat(
                        run.seen.stream()
                                .filter(event -> event.what().equals("flow"))
                                .map(event -> event.time() + " " + event.version()))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(run.harness.ahead).isZero();
        assertThat(run.harness.beforeOldest)
                .isEqualTo(run.flows.stream().filter(time -> time < 200).count());
    }

    private static void endRib(Run run) throws Exception {
        for (RibMessage message : run.untold) {
            run.harness.rib(message);
        }
        run.ribEnded = true;
        run.harness.time(run.sources, Long.MAX_VALUE);
        run.harness.end(run.sources);
    }
}
