package org.asntally.sinks.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.ReportOutcome;
import org.asntally.sinks.ReportOutput;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.Side;
import org.asntally.sinks.Tallies;
import org.asntally.sinks.WindowTally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * When Flink's own sink operator lets the report out: before a barrier, and at the end of input.
 */
class ReportSinkOperatorTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private OutputStream former = OutputStream.nullOutputStream();

    @BeforeEach
    void catchStdout() {
        ReportOutcome.reset();
        former = ReportOutput.replaceStdout(printed);
    }

    @AfterEach
    void releaseStdout() {
        ReportOutput.replaceStdout(former);
        ReportOutcome.reset();
    }

    @Test
    void aBarrierShowsTheOpenRowsAndTheEndOfInputTheFinalOnes() throws Exception {
        var spec =
                ReportSpec.builder()
                        .tables(List.of(new ReportSpec.Table(KeyKind.ASN, Side.SOURCE)))
                        .build();
        var harness = harness(spec);
        try {
            harness.open();
            harness.processElement(rows(2).snapshot(1), 0);
            harness.prepareSnapshotPreBarrier(1);
            assertThat(printed()).endsWith("total: 2\n");
            harness.snapshot(1, 1);

            harness.processElement(rows(5).whole(), 0);
            assertThat(totals()).isEqualTo(1);
            harness.endInput();
            assertThat(printed()).endsWith("total: 5\n");

            // A last checkpoint after the end finds nothing to show.
            harness.prepareSnapshotPreBarrier(2);
            assertThat(totals()).isEqualTo(2);
        } finally {
            harness.close();
        }
        assertThat(totals()).isEqualTo(2);
        assertThat(ReportOutcome.last()).isNotNull();
    }

    @Test
    void aJobThatIsCancelledPrintsNothing() throws Exception {
        var harness = harness(ReportSpec.builder().build());
        harness.open();
        harness.processElement(rows(2).whole(), 0);
        harness.close();

        assertThat(printed()).isEmpty();
        assertThat(ReportOutcome.last()).isNull();
    }

    private static OneInputStreamOperatorTestHarness<WindowTally, CommittableMessage<Object>>
            harness(ReportSpec spec) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new SinkWriterOperatorFactory<>(new ReportSink(spec)), new WindowTallySerializer());
    }

    private static Tallies rows(long count) {
        return new Tallies().asn(64496, "SAMPLE, CA", 1, (double) count);
    }

    private int totals() {
        return printed().split("total: ", -1).length - 1;
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
