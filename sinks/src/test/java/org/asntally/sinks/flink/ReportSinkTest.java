package org.asntally.sinks.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.flink.util.InstantiationUtil;
import org.asntally.sinks.CounterWord;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.ReportOutcome;
import org.asntally.sinks.ReportOutput;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.ReportSpec.Format;
import org.asntally.sinks.Side;
import org.asntally.sinks.Tallies;
import org.asntally.sinks.WindowTally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One report at the end, one at each look; none in between. */
class ReportSinkTest {

    private static final String HEADER = "count\tpercent\tASN\tAS\n";

    @TempDir Path folder;

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
    void theReportComesAtTheEndAndOnlyThen() {
        var writer = writer(spec());

        writer.add(two().whole());
        assertThat(printed()).isEmpty();
        writer.add(two().whole());
        writer.flush(true);

        assertThat(printed()).isEqualTo(HEADER + "4\t100.0\t64496\tSAMPLE, CA\ntotal: 4\n");
    }

    @Test
    void aLookShowsItsRowsOnceAndTheEndIsWhole() {
        var writer = writer(spec());

        writer.add(two().snapshot(1));
        writer.flush(false);
        writer.add(two().snapshot(2));
        writer.add(two().snapshot(2));
        writer.flush(false);
        writer.add(two().whole());
        writer.flush(true);

        assertThat(printed())
                .isEqualTo(
                        HEADER
                                + "2\t100.0\t64496\tSAMPLE, CA\ntotal: 2\n"
                                + HEADER
                                + "4\t100.0\t64496\tSAMPLE, CA\ntotal: 4\n"
                                + HEADER
                                + "2\t100.0\t64496\tSAMPLE, CA\ntotal: 2\n");
    }

    @Test
    void rowsOfACheckpointThatWasGivenUpAreForgotten() {
        var writer = writer(spec());

        writer.add(two().snapshot(1));
        writer.add(two().snapshot(2));
        writer.add(two().snapshot(1));
        writer.flush(false);

        assertThat(printed()).endsWith("total: 2\n");
    }

    @Test
    void aLookBeforeAnyInputIsHeaders() {
        writer(spec()).flush(false);

        assertThat(printed()).isEqualTo(HEADER + "total: 0\n");
    }

    @Test
    void aLookShowsWindowsThatAreOverToo() {
        var writer = writer(spec().windowed(true));

        writer.add(two().window(0, 60_000));
        writer.add(new WindowTally(60_000, 120_000, 1, false, two().rows()));
        writer.flush(false);

        assertThat(printed().split("\n")).hasSize(6);
        assertThat(printed()).contains("1970-01-01T00:01:00Z\t1970-01-01T00:02:00Z\t2");
    }

    @Test
    void looksGoToStdoutTheEndToTheFile() throws IOException {
        Path file = folder.resolve("report.tsv");
        var writer = writer(spec().output(file.toString()));

        writer.add(two().snapshot(1));
        writer.flush(false);
        assertThat(file).doesNotExist();
        writer.add(two().whole());
        writer.flush(true);

        assertThat(printed()).endsWith("total: 2\n");
        assertThat(Files.readString(file)).endsWith("total: 2\n");
        assertThat(ReportOutcome.failures()).isEmpty();
    }

    @Test
    void furtherOutputsAreWrittenBesideTheReport() throws IOException {
        var writer =
                writer(
                        spec().json(folder.resolve("r.json").toString())
                                .csv(folder.resolve("new/csv").toString())
                                .prometheus(folder.resolve("r.prom").toString()));

        writer.add(two().whole());
        writer.flush(true);

        assertThat(folder.resolve("r.json")).content().contains("\"total\":2");
        assertThat(folder.resolve("new/csv/asn.csv")).content().contains("2,100.0,64496");
        assertThat(folder.resolve("r.prom")).content().contains("asntally_hits_total{");
        assertThat(printed()).endsWith("total: 2\n");
    }

    @Test
    void anOutputThatFailsDoesNotStopTheOthers() throws IOException {
        var writer =
                writer(
                        spec().output(folder.resolve("no/such/file").toString())
                                .json(folder.resolve("r.json").toString()));

        writer.add(two().whole());
        writer.flush(true);

        assertThat(ReportOutcome.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.target()).endsWith("no/such/file"));
        assertThat(folder.resolve("r.json")).exists();
        assertThat(ReportOutcome.last()).isNotNull();
    }

    @Test
    void aStdoutThatTakesNothingIsTold() {
        ReportOutput.replaceStdout(new Full());
        var writer = writer(spec());

        writer.flush(true);

        assertThat(ReportOutcome.failures())
                .containsExactly(
                        new ReportOutcome.Failure(ReportOutput.STDOUT, "no space left on device"));
        assertThat(ReportOutcome.last()).isNotNull();
    }

    @Test
    void nothingIsPrintedInFormatNull() {
        var writer = writer(spec().format(Format.NULL));

        writer.add(two().whole());
        writer.flush(false);
        writer.flush(true);

        assertThat(printed()).isEmpty();
        assertThat(ReportOutcome.last()).isNotNull();
    }

    @Test
    void anExposedCountIsPrintedOnlyWhenAskedFor() {
        var writer = writer(spec().exposed(true).style(ReportSpec.Style.ASNCOUNTER));

        writer.add(two().snapshot(1));
        writer.flush(false);
        assertThat(printed()).isEmpty();
        assertThat(new String(ReportOutcome.exposition(), StandardCharsets.UTF_8))
                .contains("asncounter_asn_total{asn=\"64496\",name=\"SAMPLE, CA\"} 2.0\n");

        ReportOutcome.requestPrint();
        writer.flush(false);
        writer.flush(false);
        assertThat(printed()).isEqualTo(HEADER + "total: 0\n");
    }

    @Test
    void theOutcomeHasTotalsAndCounters() {
        var writer = writer(spec());

        writer.add(two().counter(CounterWord.BLANK, "\ta.log", 0, 0, 3).whole());
        writer.flush(true);

        var report = Objects.requireNonNull(ReportOutcome.last());
        assertThat(report.count(CounterWord.BLANK)).isEqualTo(3);
        assertThat(report.whole().total(Side.SOURCE).sum(0, 0)).isEqualTo(2);
        assertThat(report.whole().table(KeyKind.ASN, Side.SOURCE).routed()).isEqualTo(1);
    }

    @Test
    void travelsWithTheGraph() throws Exception {
        var sink = InstantiationUtil.clone(new ReportSink(spec().build()));

        assertThat(sink).isNotNull();
    }

    private static Tallies two() {
        return new Tallies().asn(64496, "SAMPLE, CA", 1, 2);
    }

    private static ReportSpec.Builder spec() {
        return ReportSpec.builder().tables(List.of(new ReportSpec.Table(KeyKind.ASN, Side.SOURCE)));
    }

    private static ReportSinkWriter writer(ReportSpec.Builder spec) {
        return new ReportSinkWriter(spec.build());
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** A disk without room. */
    private static final class Full extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("no space left on device");
        }
    }
}
