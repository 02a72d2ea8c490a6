package org.asntally.job.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.asntally.job.TestTable;
import org.asntally.job.attribute.AttributeHarness.Event;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AttributeOperatorTest {

    private static final TestTable OLD = TestTable.random(1, 20, 100);
    private static final TestTable NEW = TestTable.random(2, 20, 200);

    private static final RibMessage TELL_OLD = RibMessage.version(OLD.share());
    private static final RibMessage TELL_NEW = RibMessage.version(NEW.share());

    private static Event flow(long time, TestTable table) {
        return new Event("flow", time, table.rib().version());
    }

    private static Event time(long time) {
        return new Event("time", time, 0);
    }

    private static RibTimeline timeline(RibMessage... messages) {
        RibTimeline timeline = new RibTimeline();
        for (RibMessage message : messages) {
            timeline.add(message);
        }
        return timeline;
    }

    @Test
    void flowsWaitUntilTheVersionsOfTheirTimeAreKnown() throws Exception {
        try (AttributeHarness harness = new AttributeHarness(1, new RibTimeline())) {
            harness.flows(0, 150);
            harness.flows(0, 250, 120);
            harness.time(0, 260);
            assertThat(harness.events()).isEmpty();
            harness.rib(TELL_NEW);
            harness.rib(TELL_OLD);
            assertThat(harness.events()).isEmpty();
            harness.rib(RibMessage.knownUntil(200));
            // Of a batch only the flows that must wait do.
            assertThat(harness.events()).containsExactly(flow(150, OLD), flow(120, OLD), time(199));
            harness.rib(RibMessage.knownUntil(300));
            assertThat(harness.events()).containsExactly(flow(250, NEW), time(260));
            harness.time(0, 400);
            assertThat(harness.events()).containsExactly(time(299));
        }
    }

    @Test
    void aFlowFromTheFutureNeverWaits() throws Exception {
        long now = System.currentTimeMillis();
        long in2099 = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
        try (AttributeHarness harness =
                new AttributeHarness(1, timeline(TELL_OLD, RibMessage.knownUntil(now)), 60_000)) {
            FlowBatchBuilder builder =
                    new FlowBatchBuilder(Set.of(FlowColumn.TIME, FlowColumn.SOURCE));
            builder.startsAt(0);
            for (long time : new long[] {in2099, now - 1, now + 1}) {
                builder.time(time);
                builder.source4(0xC0000201);
                builder.endFlow();
            }
            builder.skip(SkipReason.BLANK);
            harness.flows(0, builder.build());
            harness.time(0, now + 5);
            assertThat(harness.events())
                    .containsExactly(flow(now - 1, OLD), flow(in2099, OLD), time(now - 1));
            assertThat(harness.future).isEqualTo(1);
            assertThat(harness.ahead).isZero();

            // What a batch tells beside its flows is told once, whichever of them go first.
            harness.flows(0, in2099);
            assertThat(harness.events()).containsExactly(flow(in2099, OLD));
            harness.rib(RibMessage.knownUntil(now + 10));
            assertThat(harness.events()).containsExactly(flow(now + 1, OLD), time(now + 5));
            assertThat(harness.skipsTold).isEqualTo(1);
            assertThat(harness.future).isEqualTo(2);
        }
    }

    @Test
    void aPromiseWithoutAnyTableMakesNothingLate() throws Exception {
        try (AttributeHarness harness = new AttributeHarness(1, new RibTimeline())) {
            harness.rib(RibMessage.knownUntil(Long.MAX_VALUE));
            harness.flows(0, 150);
            harness.time(0, 160);
            assertThat(harness.events()).containsExactly(time(149));
            harness.rib(TELL_OLD);
            assertThat(harness.events()).containsExactly(flow(150, OLD), time(160));
        }
    }

    @Test
    void theEndOfTimeWaitsForTheTable() throws Exception {
        try (AttributeHarness harness = new AttributeHarness(1, new RibTimeline())) {
            harness.flows(0, 150);
            harness.time(0, Long.MAX_VALUE);
            harness.end(0);
            assertThat(harness.events()).isEmpty();
            harness.rib(TELL_OLD);
            harness.rib(RibMessage.knownUntil(Long.MAX_VALUE));
            assertThat(harness.events()).containsExactly(flow(150, OLD), time(Long.MAX_VALUE));
            harness.end(1);
            assertThat(harness.events()).isEmpty();
        }
    }

    @Test
    void whatStillWaitsWhenAllInputsHaveEndedIsCountedAsAhead() throws Exception {
        try (AttributeHarness harness =
                new AttributeHarness(1, timeline(TELL_OLD, RibMessage.knownUntil(140)))) {
            harness.flows(0, 130, 150, 160);
            harness.end(0);
            harness.end(1);
            assertThat(harness.events())
                    .containsExactly(
                            flow(130, OLD), flow(150, OLD), flow(160, OLD), time(Long.MAX_VALUE));
            assertThat(harness.ahead).isEqualTo(2);
        }
    }

    @Test
    void flowsThatNoTableEverCameForAreNotDroppedInSilence() throws Exception {
        try (AttributeHarness harness = new AttributeHarness(1, new RibTimeline())) {
            harness.flows(0, 150);
            harness.end(0);
            assertThatThrownBy(() -> harness.end(1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no routing table");
        }
    }

    @Test
    void skipsAreToldOnceAndNeedNoTable() throws Exception {
        FlowBatchBuilder builder = new FlowBatchBuilder(Set.of(FlowColumn.TIME, FlowColumn.SOURCE));
        builder.skip(SkipReason.BAD_TIME);
        FlowBatch skips = builder.build();
        builder.time(150);
        builder.endFlow();
        builder.time(250);
        builder.endFlow();
        builder.skip(SkipReason.BLANK);
        FlowBatch both = builder.build();
        try (AttributeHarness harness = new AttributeHarness(1, new RibTimeline())) {
            harness.flows(0, skips);
            assertThat(harness.skipsTold).isEqualTo(1);
            harness.rib(TELL_OLD);
            harness.rib(TELL_NEW);
            harness.rib(RibMessage.knownUntil(1000));
            harness.flows(0, both);
            // One batch of two versions tells its skips once.
            assertThat(harness.skipsTold).isEqualTo(2);
        }
    }

    @Test
    void flowsBeforeTheOldestVersionUseItAndAreCounted() throws Exception {
        RibTimeline timeline = timeline(TELL_OLD, TELL_NEW, RibMessage.knownUntil(Long.MAX_VALUE));
        try (AttributeHarness harness = new AttributeHarness(1, timeline)) {
            harness.flows(0, 50, 99, 100, 199, 200);
            harness.flows(0, 60, 60);
            assertThat(harness.events())
                    .containsExactly(
                            flow(50, OLD),
                            flow(99, OLD),
                            flow(100, OLD),
                            flow(199, OLD),
                            flow(200, NEW),
                            flow(60, OLD),
                            flow(60, OLD));
            assertThat(harness.beforeOldest).isEqualTo(4);
        }
    }

    @Test
    void theOldestWaitingFlowsGoWhenTooManyBytesWait() throws Exception {
        try (AttributeHarness harness =
                new AttributeHarness(1, timeline(TELL_OLD, RibMessage.knownUntil(140)))) {
            long[] times = new long[4096];
            for (int i = 0; i < times.length; i++) {
                times[i] = 150L + i % 7;
            }
            FlowBatch first = AttributeHarness.batch(times);
            long fit = AttributeOperator.MOST_HELD / first.bytes().length;
            for (long i = 0; i < fit; i++) {
                harness.flows(0, first);
            }
            harness.time(0, 149);
            assertThat(harness.events()).containsExactly(time(139));
            harness.flows(0, 300, 400);
            harness.flows(0, first);
            // The oldest batch has left, and time no longer stands at the table's.
            List<Event> events = harness.events();
            assertThat(events).hasSize(2).endsWith(time(149));
            assertThat(harness.ahead).isEqualTo(4096);
            harness.time(0, 200);
            assertThat(harness.events()).as("flows of 150 still wait").isEmpty();
            harness.rib(RibMessage.knownUntil(350));
            assertThat(harness.events())
                    .hasSize((int) fit + 2)
                    .contains(flow(300, OLD))
                    .endsWith(time(200));
            harness.time(0, 380);
            assertThat(harness.events()).containsExactly(time(349));
        }
    }

    @Test
    void theTablesInputHasNoSayInTime() throws Exception {
        RibTimeline timeline = timeline(TELL_OLD, RibMessage.knownUntil(Long.MAX_VALUE));
        try (AttributeHarness harness = new AttributeHarness(2, timeline)) {
            harness.status(2, true);
            harness.time(2, 1000);
            harness.time(2, Long.MAX_VALUE);
            harness.end(2);
            assertThat(harness.events()).isEmpty();
            harness.time(0, 10);
            harness.time(1, 20);
            assertThat(harness.events()).containsExactly(time(10));
        }
    }

    @Test
    void aSourceThatEndsWhileIdleStillEndsTime() throws Exception {
        RibTimeline timeline = timeline(TELL_OLD, RibMessage.knownUntil(Long.MAX_VALUE));
        try (AttributeHarness harness = new AttributeHarness(2, timeline)) {
            harness.time(0, 10);
            harness.time(1, 20);
            harness.status(0, true);
            harness.status(1, true);
            assertThat(harness.events())
                    .containsExactly(time(10), time(20), new Event("idle", 0, 0));
            harness.end(1);
            assertThat(harness.events()).isEmpty();
            harness.end(0);
            assertThat(harness.events())
                    .containsExactly(new Event("active", 0, 0), time(Long.MAX_VALUE));
        }
    }

    /** Idle, it would let other subtasks take time beyond what waits here. */
    @Test
    void isNotIdleWhileFlowsWait() throws Exception {
        try (AttributeHarness harness =
                new AttributeHarness(1, timeline(TELL_OLD, RibMessage.knownUntil(140)))) {
            harness.flows(0, 150);
            harness.status(0, true);
            assertThat(harness.events()).isEmpty();
            harness.rib(RibMessage.knownUntil(300));
            assertThat(harness.events()).containsExactly(flow(150, OLD), new Event("idle", 0, 0));
            harness.status(0, false);
            harness.time(0, 160);
            assertThat(harness.events()).containsExactly(new Event("active", 0, 0), time(160));
        }
    }

    @Test
    void aRestoredOneKnowsItsTables() throws Exception {
        OperatorSubtaskState state;
        // The old table comes back into force: one hash, two versions.
        RibMessage again = RibMessage.version(new RibVersion(OLD.rib().id(), 300, ""));
        try (AttributeHarness harness = new AttributeHarness(1, new RibTimeline())) {
            harness.rib(TELL_OLD);
            harness.rib(TELL_NEW);
            harness.rib(again);
            harness.rib(RibMessage.knownUntil(400));
            state = harness.snapshot(1, 0);
        }
        try (AttributeHarness harness = new AttributeHarness(1, new RibTimeline(), 1, 0, state)) {
            harness.flows(0, 150, 250, 350);
            harness.time(0, 1000);
            assertThat(harness.events())
                    .containsExactly(flow(150, OLD), flow(250, NEW), flow(350, OLD), time(399));
        }
    }

    @Test
    void whatWaitsIsRestoredAtAnyParallelism() throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (AttributeHarness harness =
                    new AttributeHarness(2, new RibTimeline(), 2, subtask, null)) {
                harness.rib(TELL_OLD);
                harness.rib(RibMessage.knownUntil(120));
                for (int i = 0; i < 5; i++) {
                    harness.flows(i % 2, 150 + 10 * subtask + i, 110);
                }
                states.add(harness.snapshot(1, 0));
            }
        }
        OperatorSubtaskState both =
                AbstractStreamOperatorTestHarness.repackageState(
                        states.toArray(new OperatorSubtaskState[0]));
        for (int parallelism : new int[] {1, 2, 3}) {
            List<Long> times = new ArrayList<>();
            for (int subtask = 0; subtask < parallelism; subtask++) {
                OperatorSubtaskState part =
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                both, 128, 2, parallelism, subtask);
                try (AttributeHarness harness =
                        new AttributeHarness(2, new RibTimeline(), parallelism, subtask, part)) {
                    harness.time(0, 500);
                    harness.time(1, 500);
                    assertThat(harness.events())
                            .allMatch(event -> event.time() < 110 || event.time() == 119);
                    harness.rib(TELL_NEW);
                    harness.rib(RibMessage.knownUntil(1000));
                    for (Event event : harness.events()) {
                        if (event.what().equals("flow")) {
                            assertThat(event.version()).isEqualTo(OLD.rib().version());
                            times.add(event.time());
                        } else {
                            assertThat(event).isEqualTo(time(500));
                        }
                    }
                }
            }
            assertThat(times)
                    .as("parallelism %d", parallelism)
                    .containsExactlyInAnyOrder(
                            150L, 151L, 152L, 153L, 154L, 160L, 161L, 162L, 163L, 164L);
        }
    }

    @Test
    void whatWaitsLeavesAtOnceWhenTheSubmissionKnowsMore() throws Exception {
        OperatorSubtaskState state;
        try (AttributeHarness harness = new AttributeHarness(1, new RibTimeline())) {
            harness.flows(0, 150);
            state = harness.snapshot(1, 0);
        }
        RibTimeline more = timeline(TELL_OLD, RibMessage.knownUntil(Long.MAX_VALUE));
        try (AttributeHarness harness = new AttributeHarness(1, more, 1, 0, state)) {
            assertThat(harness.events()).containsExactly(flow(150, OLD));
        }
    }
}
