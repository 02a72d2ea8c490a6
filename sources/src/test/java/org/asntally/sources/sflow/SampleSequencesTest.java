package org.asntally.sources.sflow;

import static org.asntally.sources.sflow.Datagrams.AGENT;
import static org.asntally.sources.sflow.Datagrams.datagram;
import static org.asntally.sources.sflow.Datagrams.sample;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.asntally.sources.ExporterHealth;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.Sampling;
import org.asntally.sources.SkipReason;
import org.junit.jupiter.api.Test;

/** What the numbers of datagrams and samples tell. */
class SampleSequencesTest {

    private final ReadDatagrams read = new ReadDatagrams();

    /** A datagram of two samples, as an exporter without loss numbers them. */
    private static byte[] numbered(int sequence) {
        int sample = 2 * sequence;
        return datagram(
                AGENT,
                sequence,
                100 * sequence,
                sample(sample - 1, 10, 10 * (sample - 1), Datagrams.from(sequence, 100)),
                sample(sample, 10, 10 * sample, Datagrams.from(sequence, 100)));
    }

    private void send(int... sequences) {
        for (int sequence : sequences) {
            read.read(numbered(sequence));
        }
    }

    private static void noted(Map<SkipReason, Long> skips, Object... expected) {
        Map<SkipReason, Long> map = new EnumMap<>(SkipReason.class);
        for (int i = 0; i < expected.length; i += 2) {
            map.put((SkipReason) expected[i], ((Integer) expected[i + 1]).longValue());
        }
        assertThat(skips).isEqualTo(map);
    }

    @Test
    void nothingIsMissedOfAnExporterWithoutLoss() {
        for (int sequence = 5; sequence < 500; sequence++) {
            send(sequence);
        }
        read.end();

        assertThat(read.skips).isEmpty();
        assertThat(read.rows()).isEqualTo(2 * 495);
    }

    @Test
    void whatNeverComesIsLostDatagramsAndSamplesApart() {
        send(1, 2, 5, 6);
        noted(read.skips);

        read.millis += 1_001;
        send(7);

        noted(read.skips, SkipReason.LOST_DATAGRAMS, 2, SkipReason.LOST_SAMPLES, 4);
    }

    @Test
    void whatIsMissingAtTheEndIsLost() {
        send(1, 2, 5);
        read.end();
        read.end();

        noted(read.skips, SkipReason.LOST_DATAGRAMS, 2, SkipReason.LOST_SAMPLES, 4);
    }

    @Test
    void whatIsMissingWhileNothingComesIsLostASecondLater() {
        send(1, 3);
        read.decoder.sequences().settle(read.millis + 1_000, read.flows);
        assertThat(read.flows.isEmpty()).isTrue();
        read.decoder.sequences().settle(read.millis + 1_001, read.flows);
        assertThat(read.flows.isEmpty()).isFalse();
        send(4);

        noted(read.skips, SkipReason.LOST_DATAGRAMS, 1, SkipReason.LOST_SAMPLES, 2);
    }

    @Test
    void aLongGapIsLostAtOnceButForItsEnd() {
        send(1, 100_001);
        assertThat(read.skips.get(SkipReason.LOST_DATAGRAMS)).isEqualTo(100_000 - 64);
        read.end();

        noted(read.skips, SkipReason.LOST_DATAGRAMS, 99_999, SkipReason.LOST_SAMPLES, 199_998);
    }

    @Test
    void whatComesInAnotherOrderIsNotLost() {
        send(1, 4, 3, 2, 5);
        read.end();

        noted(read.skips, SkipReason.REORDERED, 2);
        assertThat(read.rows()).isEqualTo(10);
    }

    @Test
    void whatComesTwiceCountsOnce() {
        send(1, 2, 2, 3, 1, 4, 3);
        read.end();

        noted(read.skips, SkipReason.DUPLICATE, 3);
        assertThat(read.rows()).isEqualTo(8);
    }

    /** Some exporters give all datagrams one number, or share an address with another one. */
    @Test
    void theSameNumberOnOtherBytesIsNoDuplicate() {
        for (int i = 0; i < 5; i++) {
            read.read(datagram(AGENT, 9, 100, sample(i, 10, 10 * i, Datagrams.from(i, 100))));
        }
        read.end();

        assertThat(read.rows()).isEqualTo(5);
        noted(read.skips, SkipReason.REORDERED, 4);
    }

    /** A generator that sends the same bytes every second means it. */
    @Test
    void theSameBytesALongTimeLaterAreNoDuplicate() {
        send(1);
        read.millis += 1_001;
        send(1);

        assertThat(read.rows()).isEqualTo(4);
    }

    @Test
    void numbersWrap() {
        int last = -3;
        for (int i = 0; i < 8; i++) {
            if (i != 4) {
                int number = last + i;
                read.read(
                        datagram(
                                AGENT,
                                number,
                                number,
                                sample(number, 10, 10 * number, Datagrams.from(i, 100))));
            }
        }
        read.end();

        noted(read.skips, SkipReason.LOST_DATAGRAMS, 1, SkipReason.LOST_SAMPLES, 1);
    }

    /** Its uptime tells at once. */
    @Test
    void anExporterThatStartsAnewLosesNothing() {
        for (int sequence = 1_000; sequence < 1_010; sequence++) {
            send(sequence);
        }
        send(1, 2, 3);
        read.end();

        noted(read.skips, SkipReason.RESET, 1);
        assertThat(read.rows()).isEqualTo(26);
    }

    /** The second number of the new count tells, where nothing else does. */
    @Test
    void numbersThatBeginAnewAreFollowedWithoutAnUptime() {
        for (int number : List.of(5_000, 5_001, 1, 2, 3, 5)) {
            read.read(datagram(AGENT, number, 0, sample(number, 10, number, Datagrams.from(1, 9))));
        }
        read.end();

        assertThat(read.rows()).isEqualTo(6);
        noted(
                read.skips,
                SkipReason.REORDERED,
                1,
                SkipReason.RESET,
                1,
                SkipReason.LOST_DATAGRAMS,
                1,
                SkipReason.LOST_SAMPLES,
                1);
    }

    @Test
    void whatTheExporterItselfHadNoRoomForIsLost() {
        int[] drops = {7, 7, 9, 9};
        for (int i = 0; i < drops.length; i++) {
            read.read(
                    datagram(
                            AGENT,
                            i,
                            i,
                            sample(i, 3, 10, 10 * i, drops[i], 3, 7, Datagrams.from(i, 100))));
        }

        noted(read.skips, SkipReason.EXPORTER, 2);
    }

    @Test
    void eachAgentAndSourceHasItsOwnNumbers() {
        for (int i = 1; i <= 3; i++) {
            for (int agent = 0; agent < 100; agent++) {
                read.read(
                        datagram(
                                AGENT + agent,
                                i,
                                i,
                                sample(i, 1, 10, i, 0, 3, 7, Datagrams.from(i, 9)),
                                sample(100 + i, 2, 10, i, 0, 3, 7, Datagrams.from(i, 9)),
                                sample(7 * i, 3, 10, i, 0, 3, 7, Datagrams.from(i, 9))));
            }
        }
        read.end();

        noted(read.skips, SkipReason.LOST_SAMPLES, 100 * 2 * 6);
        assertThat(read.decoder.health()).hasSize(100);
    }

    @Test
    void memoryIsBoundedAndWhatDoesNotFitCounts() {
        SampleSequences few = new SampleSequences(SflowOptions.ALL, 2, 3);
        FlowBatchBuilder flows = new FlowBatchBuilder(Set.of());

        assertThat(few.agent(false, 0, 1, 0)).isNotNull();
        SampleSequences.Agent agent = Objects.requireNonNull(few.agent(false, 0, 2, 0));
        assertThat(few.agent(false, 0, 3, 0)).isNull();
        assertThat(few.agent(false, 0, 2, 0)).isSameAs(agent);
        for (int source = 0; source < 3; source++) {
            assertThat(few.source(agent, source)).isNotNull();
        }
        assertThat(few.source(agent, 3)).isNull();
        few.end(flows);
        assertThat(flows.isEmpty()).isTrue();
    }

    @Test
    void agentsBeyondTheBoundAreCountedAllTheSame() {
        for (int agent = 0; agent < SampleSequences.MOST_AGENTS + 5; agent++) {
            read.read(datagram(agent, 1, 1, sample(1, 10, 1, Datagrams.from(agent, 9))));
        }

        noted(read.skips, SkipReason.UNTRACKED, 5);
        assertThat(read.rows()).isEqualTo(SampleSequences.MOST_AGENTS + 5);
    }

    @Test
    void theHealthOfAnExporterIsTold() {
        send(1, 2, 2, 6, 5, 7);
        read.millis += 2_000;
        send(8);

        assertThat(read.decoder.health()).hasSize(1);
        ExporterHealth health = read.decoder.health().get(0);
        assertThat(health.exporter().toString()).isEqualTo("192.0.2.10");
        assertThat(health)
                .isEqualTo(
                        new ExporterHealth(
                                health.exporter(),
                                0,
                                7,
                                12,
                                2,
                                4,
                                1,
                                1,
                                0,
                                0,
                                10,
                                read.millis,
                                Map.of()));
        assertThat(health.hasLoss()).isTrue();
    }

    /** Two readers are restored from the entries of both; the agent comes back to another one. */
    @Test
    void whatWasMissedBetweenTwoRunsIsLost() {
        ReadDatagrams other = new ReadDatagrams();
        send(1, 2, 3);
        other.millis += 10;
        other.read(numbered(4));
        List<long[]> saved = new ArrayList<>(read.decoder.sequences().snapshot(true));
        saved.addAll(0, other.decoder.sequences().snapshot(false));
        saved.add(new long[0]);

        ReadDatagrams first = new ReadDatagrams();
        ReadDatagrams second = new ReadDatagrams();
        first.decoder.sequences().restore(saved);
        second.decoder.sequences().restore(saved);
        first.millis += 60_000;
        first.read(numbered(9));
        first.end();
        second.end();

        noted(first.skips, SkipReason.LOST_DATAGRAMS, 4, SkipReason.LOST_SAMPLES, 8);
        noted(second.skips);
        // One of them keeps what nobody met, so that it does not multiply.
        assertThat(second.decoder.sequences().snapshot(false)).isEmpty();
        assertThat(second.decoder.sequences().snapshot(true)).hasSize(2);
        assertThat(first.decoder.sequences().snapshot(false)).hasSize(2);
    }

    @Test
    void whatCameBeforeTheStopIsADuplicateOfNothing() {
        send(1, 2, 3);
        ReadDatagrams again = new ReadDatagrams();
        again.decoder.sequences().restore(read.decoder.sequences().snapshot(true));

        again.read(numbered(3));
        again.end();

        assertThat(again.rows()).isEqualTo(2);
        noted(again.skips, SkipReason.REORDERED, 1);
    }

    @Test
    void measuringNeedsNoSequences() {
        ReadDatagrams measured =
                new ReadDatagrams(SflowOptions.of(Sampling.of(Sampling.Mode.MEASURED)));
        for (int i = 0; i < 1_000; i++) {
            // A pool that stands still, a sample number that does too.
            measured.read(datagram(AGENT, i, i, sample(5, 10, 70, Datagrams.from(i, 9))));
        }

        assertThat(measured.scaled(FlowColumn.PACKETS)).isEqualTo(10_000);
    }
}
