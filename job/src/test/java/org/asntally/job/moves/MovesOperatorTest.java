package org.asntally.job.moves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.asntally.job.CountSpec;
import org.asntally.job.Windows;
import org.asntally.job.attribute.RibMessage;
import org.asntally.job.attribute.RibTimeline;
import org.asntally.job.attribute.RibVersion;
import org.asntally.job.attribute.Ribs;
import org.asntally.job.attribute.TestParts;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.RouteMoves;
import org.asntally.sinks.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class MovesOperatorTest {

    private static final Rib OLD =
            MovesHarness.table(
                    "192.0.2.0/24 64496",
                    "198.51.100.0/24 64497",
                    "203.0.113.0/24 64498",
                    "203.0.113.128/25 64499",
                    "2001:db8::/32 64500");
    private static final Rib NEW =
            MovesHarness.table(
                    "192.0.2.0/24 64511",
                    "198.51.101.0/24 64510",
                    "203.0.113.0/24 64498",
                    "203.0.113.128/25 64509",
                    "2001:db8::/32 64508");

    /** What moves from the one to the other, with the traffic of most of it. */
    private static final List<String> MOVED =
            List.of(
                    "1000 192.0.2.0/24 64496>64511 900: 7 750",
                    "1000 198.51.100.0/24 64497>0 900: 1 10",
                    "1000 2001:db8::/32 64500>64508 900: 2 20");

    private static RibMessage version(Rib rib, long validFrom) {
        return RibMessage.version(Ribs.share(rib, validFrom));
    }

    private static RibMessage known(long until) {
        return RibMessage.knownUntil(until);
    }

    private static RibTimeline timeline(RibMessage... messages) {
        RibTimeline timeline = new RibTimeline();
        for (RibMessage message : messages) {
            timeline.add(message);
        }
        return timeline;
    }

    private static RibTimeline both() {
        return timeline(version(OLD, 0), version(NEW, 1000), known(Long.MAX_VALUE));
    }

    private static void traffic(MovesHarness moves) throws Exception {
        moves.rows(800, "203.0.113.128/25 5 50", "192.0.2.0/24 1 1");
        moves.time(899);
        moves.rows(900, "192.0.2.0/24 3 300", "198.51.100.0/24 1 10", "203.0.113.0/24 4 40");
        moves.rows(900, "192.0.2.0/24 4 450", "2001:db8::/32 2 20");
    }

    @Test
    void aPrefixThatMovedIsToldWithItsTrafficInTheLastWindow() throws Exception {
        try (MovesHarness moves = MovesHarness.begin(both(), false, null)) {
            traffic(moves);
            moves.time(998);
            assertThat(moves.told()).isEmpty();
            moves.time(999);
            assertThat(moves.told()).isEqualTo(MOVED);
            moves.rows(1000, "192.0.2.0/24 9 9");
            moves.time(5000);
            moves.endInput1();
            moves.endInput2();
            assertThat(moves.told()).isEmpty();
            assertThat(moves.moves.told.getCount()).isEqualTo(3);
            assertThat(moves.moves.withoutTraffic.getCount()).isEqualTo(2);
        }
    }

    @Test
    void whatMovedWithoutTrafficIsToldWhereItIsWanted() throws Exception {
        try (MovesHarness moves = MovesHarness.begin(both(), true, null)) {
            traffic(moves);
            moves.time(2000);
            assertThat(moves.told())
                    .containsExactly(
                            MOVED.get(0),
                            MOVED.get(1),
                            "1000 198.51.101.0/24 0>64510 900: 0 0",
                            "1000 203.0.113.128/25 64499>64509 900: 0 0",
                            MOVED.get(2));
            assertThat(moves.moves.withoutTraffic.getCount()).isZero();
        }
    }

    @Test
    void bothSidesHaveARowEach() throws Exception {
        CountSpec spec = MovesHarness.spec(Side.SOURCE, Side.DESTINATION);
        try (MovesHarness moves = new MovesHarness(new MovesOperator(spec, both(), false), null)) {
            moves.processElement1(
                    new StreamRecord<>(
                            MovesHarness.tally(900, false, Side.SOURCE, "192.0.2.0/24 3 300")));
            moves.processElement1(
                    new StreamRecord<>(
                            MovesHarness.tally(
                                    900,
                                    false,
                                    Side.DESTINATION,
                                    "192.0.2.0/24 1 11",
                                    "198.51.100.0/24 2 22")));
            moves.time(2000);
            assertThat(moves.told())
                    .containsExactly(
                            "1000 192.0.2.0/24 64496>64511 900: 3 300",
                            "1000 to 192.0.2.0/24 64496>64511 900: 1 11",
                            "1000 to 198.51.100.0/24 64497>0 900: 2 22");
        }
    }

    @Test
    void theTableBeforeAndTheOneAfterAreNamed() throws Exception {
        try (MovesHarness moves = MovesHarness.begin(both(), true, null)) {
            traffic(moves);
            moves.time(2000);
            assertThat(moves.extractOutputValues())
                    .hasSize(1)
                    .allMatch(one -> one.fromRib() == OLD.version() && one.toRib() == NEW.version())
                    .allMatch(one -> one.windowStart() == 900 && one.windowEnd() == 1000);
        }
    }

    @Test
    void manyMovesComeInParts() throws Exception {
        String[] old = new String[10_000];
        String[] next = new String[old.length];
        for (int i = 0; i < old.length; i++) {
            String prefix = "10." + i / 256 + "." + i % 256 + ".0/24 ";
            old[i] = prefix + 64496;
            next[i] = prefix + 64497;
        }
        RibTimeline timeline =
                timeline(
                        version(MovesHarness.table(old), 0),
                        version(MovesHarness.table(next), 1000),
                        known(Long.MAX_VALUE));
        try (MovesHarness moves = MovesHarness.begin(timeline, true, null)) {
            moves.time(0);
            moves.time(2000);
            List<RouteMoves> parts = moves.extractOutputValues();
            assertThat(parts)
                    .extracting(one -> one.rows().size())
                    .containsExactly(4096, 4096, 1808);
            assertThat(moves.told()).hasSize(10_000).doesNotHaveDuplicates();
        }
    }

    @Test
    void nothingIsToldBeforeAllTablesOfThatMomentAreKnown() throws Exception {
        try (MovesHarness moves = MovesHarness.begin()) {
            moves.rib(version(OLD, 0), known(500));
            traffic(moves);
            moves.time(1500);
            moves.rows(1400, "192.0.2.0/24 9 9");
            moves.time(1600);
            assertThat(moves.told()).isEmpty();
            moves.rib(version(NEW, 1000), known(1000));
            assertThat(moves.told()).isEmpty();
            moves.rib(known(1001));
            assertThat(moves.told()).isEqualTo(MOVED);
        }
    }

    @Test
    void atTheEndOfBothAllIsKnown() throws Exception {
        try (MovesHarness moves = MovesHarness.begin()) {
            moves.rib(version(NEW, 1000), version(OLD, 0), version(OLD, 5000));
            traffic(moves);
            moves.endInput1();
            assertThat(moves.told()).isEmpty();
            moves.endInput2();
            // The end of time is no moment: nobody knows when the last window would be over.
            assertThat(moves.told()).isEqualTo(MOVED);
        }
    }

    @Test
    void whatMovedBeforeTheFirstFlowIsOfNoInterest() throws Exception {
        RibTimeline timeline =
                timeline(
                        version(OLD, 0),
                        version(NEW, 1000),
                        version(OLD, 2000),
                        known(Long.MAX_VALUE));
        try (MovesHarness moves = MovesHarness.begin(timeline, true, null)) {
            moves.time(1000);
            assertThat(moves.told()).isEmpty();
            moves.time(2000);
            assertThat(moves.told()).hasSize(5).allMatch(line -> line.startsWith("2000 "));
        }
        // The first window begins before the first watermark.
        try (MovesHarness moves = MovesHarness.begin(timeline, false, null)) {
            traffic(moves);
            moves.time(2500);
            assertThat(moves.told()).isEqualTo(MOVED);
        }
    }

    @Test
    void aCorrectionAddsToItsWindowWhileItIsTheLast() throws Exception {
        RibTimeline timeline =
                timeline(
                        version(OLD, 0),
                        version(NEW, 1000),
                        version(OLD, 1050),
                        known(Long.MAX_VALUE));
        try (MovesHarness moves = MovesHarness.begin(timeline, false, null)) {
            moves.rows(900, "192.0.2.0/24 3 300");
            moves.time(999);
            moves.correct(900, "192.0.2.0/24 1 1", "198.51.101.0/24 1 1");
            moves.correct(800, "192.0.2.0/24 1 1");
            moves.time(1060);
            assertThat(moves.told())
                    .containsExactly(
                            "1000 192.0.2.0/24 64496>64511 900: 3 300",
                            "1050 192.0.2.0/24 64511>64496 900: 4 301",
                            "1050 198.51.101.0/24 64510>0 900: 1 1");
        }
    }

    @Test
    void itGoesOnWhereItWasAndTellsNothingTwice() throws Exception {
        OperatorSubtaskState state;
        try (MovesHarness moves = MovesHarness.begin()) {
            moves.rib(version(OLD, 0), version(NEW, 1000), known(800));
            traffic(moves);
            moves.time(1500);
            assertThat(moves.told()).isEmpty();
            state = moves.snapshot(1, 1);
        }
        OperatorSubtaskState later;
        try (MovesHarness moves = MovesHarness.begin(new RibTimeline(), false, state)) {
            // Rows from before are here, and the time they had come to.
            moves.rib(known(1200));
            assertThat(moves.told()).isEqualTo(MOVED);
            moves.rows(1100, "192.0.2.0/24 5 5");
            later = moves.snapshot(2, 2);
        }
        try (MovesHarness moves = MovesHarness.begin(new RibTimeline(), false, later)) {
            moves.rib(version(OLD, 0), version(NEW, 1000), version(OLD, 1250), known(2000));
            assertThat(moves.told()).containsExactly("1250 192.0.2.0/24 64511>64496 1100: 5 5");
            moves.time(-1);
            moves.rib(version(NEW, 1600), known(3000));
            moves.rows(1500, "192.0.2.0/24 8 8");
            moves.time(1700);
            assertThat(moves.told()).containsExactly("1600 192.0.2.0/24 64496>64511 1500: 8 8");
            assertThat(moves.moves.tooLate.getCount()).isZero();
        }
    }

    @Test
    void nothingMovesToATableThatCannotBeRead() throws Exception {
        RibVersion damaged = new RibVersion("ab".repeat(32), 1000, "/nonexistent/table.rib");
        RibTimeline timeline =
                timeline(
                        version(OLD, 0),
                        RibMessage.version(damaged),
                        version(NEW, 1100),
                        known(Long.MAX_VALUE));
        try (MovesHarness moves = MovesHarness.begin(timeline, false, null)) {
            moves.rows(900, "192.0.2.0/24 3 300");
            moves.time(999);
            moves.rows(1000, "192.0.2.0/24 4 400");
            moves.time(2000);
            assertThat(moves.told()).containsExactly("1100 192.0.2.0/24 64496>64511 1000: 4 400");
            assertThat(moves.moves.refused.getCount()).isEqualTo(1);
        }
    }

    /** To tasks that can read no archive. */
    @Test
    void tablesThatAreSentInPartsAreComparedToo(@TempDir Path folder) throws Exception {
        Rib before = MovesHarness.table("192.0.2.0/24 65001", "198.51.100.0/24 65002");
        Rib after = MovesHarness.table("192.0.2.0/24 65003", "198.51.100.0/24 65002");
        OperatorSubtaskState state;
        try (MovesHarness moves = MovesHarness.begin()) {
            for (RibMessage message : TestParts.of(before, 0, folder)) {
                moves.rib(message);
            }
            for (RibMessage message : TestParts.of(after, 1000, folder)) {
                moves.rib(message);
            }
            moves.rib(known(900));
            traffic(moves);
            moves.time(1200);
            assertThat(moves.told()).isEmpty();
            state = moves.snapshot(1, 1);
        }
        try (MovesHarness moves = MovesHarness.begin(new RibTimeline(), false, state)) {
            moves.rib(known(1300));
            assertThat(moves.told()).containsExactly("1000 192.0.2.0/24 65001>65003 900: 7 750");
            assertThat(moves.moves.refused.getCount()).isZero();
        }
    }

    @Test
    void ofTwoTablesOfOneMomentTheLastIsInForce() throws Exception {
        Rib first = OLD.id().compareTo(NEW.id()) < 0 ? OLD : NEW;
        Rib last = first == OLD ? NEW : OLD;
        RibTimeline timeline =
                timeline(
                        version(last, 0),
                        version(first, 1000),
                        version(last, 1000),
                        known(Long.MAX_VALUE));
        try (MovesHarness moves = MovesHarness.begin(timeline, true, null)) {
            moves.time(0);
            moves.time(2000);
            assertThat(moves.told()).isEmpty();
        }
    }

    @Test
    void aTableThatIsToldAfterItsMomentIsCounted() throws Exception {
        try (MovesHarness moves = MovesHarness.begin()) {
            moves.rib(version(OLD, 0), known(3000));
            traffic(moves);
            moves.time(1500);
            moves.rib(version(NEW, 1000), known(4000));
            moves.rib(version(NEW, 1000));
            moves.time(2000);
            assertThat(moves.told()).isEmpty();
            assertThat(moves.moves.tooLate.getCount()).isEqualTo(1);
        }
    }

    @Test
    void whatWaitsForTheTablesIsBounded() throws Exception {
        MovesOperator operator =
                new MovesOperator(
                        MovesHarness.spec(Side.SOURCE),
                        timeline(version(OLD, 0), version(NEW, 1000), known(500)),
                        false,
                        3);
        try (MovesHarness moves = new MovesHarness(operator, null)) {
            traffic(moves);
            moves.time(999);
            moves.rows(1000, "192.0.2.0/24 1 1");
            // Five rows: time goes on without the RIB input.
            assertThat(moves.told()).isEqualTo(MOVED);
            // Four prefixes in the last window, whose rows have come, and one of the next.
            assertThat(moves.moves.forgotten.getCount()).isZero();
            moves.correct(5000, "192.0.2.0/24 1 1", "198.51.100.0/24 1 1");
            assertThat(moves.moves.forgotten.getCount()).isEqualTo(2);
        }
    }

    @Test
    void whatIsFurtherAheadOfTheClockThanIsBelievedIsNotKept() throws Exception {
        MovesOperator operator =
                new MovesOperator(
                        MovesHarness.spec(Side.SOURCE).inTime(0, 1000), both(), false, 1000);
        try (MovesHarness moves = new MovesHarness(operator, null)) {
            moves.setProcessingTime(500);
            moves.correct(1500, "192.0.2.0/24 1 1");
            assertThat(moves.moves.forgotten.getCount()).isZero();
            moves.correct(1600, "192.0.2.0/24 1 1", "198.51.100.0/24 1 1");
            assertThat(moves.moves.forgotten.getCount()).isEqualTo(2);
        }
    }

    @Test
    void oneWindowOfEverythingHasNoLast() {
        CountSpec spec = MovesHarness.spec(Side.SOURCE);
        CountSpec whole =
                new CountSpec(
                        "all", spec.kinds(), spec.sides(), spec.measures(), Windows.ALL, false, 1);
        assertThatThrownBy(() -> new MovesOperator(whole, new RibTimeline(), false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
