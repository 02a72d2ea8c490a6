package org.asntally.sources.flink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.SkipReason;
import org.asntally.sources.flink.FlowTimes;
import org.asntally.sources.flink.Notices;
import org.asntally.sources.flink.kafka.KafkaMessage.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions by number; flow n has its time n milliseconds after {@link #BEGIN}. */
class GatherOperatorTest {

    private static final long BEGIN = 1_764_000_000_000L;
    private static final byte[] NOTHING = {};

    private OneInputStreamOperatorTestHarness<KafkaMessage, FlowBatch> operator;

    @BeforeEach
    void open() throws Exception {
        operator =
                new OneInputStreamOperatorTestHarness<>(
                        KafkaJob.gather(
                                new FlowTimes(
                                        Duration.ofMillis(10),
                                        Duration.ofDays(3),
                                        Duration.ofSeconds(5))));
        operator.setProcessingTime(BEGIN);
        operator.open();
    }

    @AfterEach
    void close() throws Exception {
        operator.close();
    }

    private void tell(Kind kind, int partition, byte[] value) throws Exception {
        operator.processElement(
                new StreamRecord<>(KafkaMessage.told(kind, partition, 0, value).copy()));
    }

    private void flow(int partition, long number) throws Exception {
        tell(Kind.RECORD, partition, KafkaFlowITCase.message(number));
    }

    /** What came out since the last call. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (Object one : operator.getOutput()) {
            if (one instanceof Watermark mark) {
                told.add("time " + (mark.getTimestamp() - BEGIN));
            } else if (one instanceof WatermarkStatus status) {
                told.add(status.isIdle() ? "idle" : "active");
            } else if (one instanceof StreamRecord<?> record
                    && record.getValue() instanceof FlowBatch batch) {
                String text = batch.rows() + " flows";
                for (int i = 0; i < batch.skips(); i++) {
                    text += " " + batch.skipReason(i);
                }
                told.add(text);
            }
        }
        operator.getOutput().clear();
        return told;
    }

    @Test
    void partitionsThatGoIdleAtOneLookTellTheLatestTimeOfThem() throws Exception {
        tell(Kind.OPENED, 0, "t-0".getBytes(UTF_8));
        tell(Kind.OPENED, 1, "t-1".getBytes(UTF_8));
        flow(0, 1_000);
        flow(1, 90_000);
        operator.setProcessingTime(BEGIN + 200);
        assertThat(told()).containsExactly("2 flows", "time 989");
        operator.setProcessingTime(BEGIN + 6_000);
        assertThat(told()).containsExactly("time 89989", "idle");
        flow(0, 95_000);
        operator.setProcessingTime(BEGIN + 6_200);
        assertThat(told()).containsExactly("1 flows", "active", "time 94989");
    }

    @Test
    void aPartitionThatEndedHasASayInWhatIsTheLatest() throws Exception {
        tell(Kind.OPENED, 0, "t-0".getBytes(UTF_8));
        tell(Kind.OPENED, 1, "t-1".getBytes(UTF_8));
        flow(0, 1_000);
        flow(1, 90_000);
        tell(Kind.CLOSED, 1, NOTHING);
        operator.setProcessingTime(BEGIN + 200);
        assertThat(told()).containsExactly("2 flows", "time 989");
        tell(Kind.CLOSED, 0, NOTHING);
        operator.setProcessingTime(BEGIN + 400);
        assertThat(told()).containsExactly("time 89989", "idle");
    }

    @Test
    void aReaderWithoutPartitionsIsIdleOnceAllAreKnown() throws Exception {
        operator.setProcessingTime(BEGIN + 200);
        assertThat(told()).isEmpty();
        tell(Kind.ALL_TOLD, 0, NOTHING);
        operator.setProcessingTime(BEGIN + 400);
        assertThat(told()).containsExactly("idle");
    }

    @Test
    void theEndOfWhatIsRequiredLeavesAtOnce() throws Exception {
        tell(Kind.FAILED, 0, NOTHING);
        assertThat(told()).containsExactly("0 flows " + SkipReason.BROKEN_INPUT);
    }

    @Test
    void whatIsRefusedOfAnExporterIsToldAtTheEnd() throws Exception {
        List<String> notices = new ArrayList<>();
        Notices.install(notice -> notices.add(notice.kind() + " " + notice.text()));
        tell(Kind.OPENED, 0, "t-0".getBytes(UTF_8));
        String json =
                "{\"type\":\"SFLOW_5\",\"sampler_address\":\"192.0.2.7\",\"src_addr\":\"192.0.2.1\","
                        + "\"dst_addr\":\"192.0.2.2\",\"bytes\":%s,\"packets\":1,"
                        + "\"time_received_ns\":1764000001000000000,\"sampling_rate\":2}";
        tell(Kind.RECORD, 0, json.formatted("100").getBytes(UTF_8));
        tell(Kind.RECORD, 0, json.formatted("9223372036854775807").getBytes(UTF_8));
        operator.close();
        Notices.reset();

        assertThat(notices)
                .contains("EXPORTER_REFUSED exporter 192.0.2.7: 1 flows; refused: implausible 1");
    }
}
