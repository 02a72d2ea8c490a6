package org.asntally.sinks.flink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.asntally.lookup.read.Reasons;
import org.asntally.sinks.Report;
import org.asntally.sinks.ReportBuilder;
import org.asntally.sinks.ReportOutcome;
import org.asntally.sinks.ReportOutput;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.WindowTally;
import org.asntally.sinks.text.CsvReport;
import org.asntally.sinks.text.ReportWriter;
import org.jspecify.annotations.Nullable;

/** Gathers rows and writes reports; see {@link ReportSink}. */
final class ReportSinkWriter implements SinkWriter<WindowTally> {

    private final ReportSpec spec;
    private final int measures;
    private ReportBuilder closed;
    private @Nullable ReportBuilder open;
    private long snapshot;

    ReportSinkWriter(ReportSpec spec) {
        this.spec = spec;
        this.measures = spec.measures().size();
        this.closed = new ReportBuilder(measures);
    }

    @Override
    public void write(WindowTally tally, Context context) {
        add(tally);
    }

    void add(WindowTally tally) {
        if (tally.snapshot() == 0) {
            closed.add(tally);
            return;
        }
        // A checkpoint that was given up may have left rows of an earlier look.
        if (open == null || tally.snapshot() > snapshot) {
            open = new ReportBuilder(measures);
            snapshot = tally.snapshot();
        }
        if (tally.snapshot() == snapshot) {
            open.add(tally);
        }
    }

    @Override
    public void flush(boolean endOfInput) {
        if (ReportOutcome.isRefused()) {
            return;
        }
        if (endOfInput) {
            Report report = report(closed);
            open = null;
            closed = new ReportBuilder(measures);
            ReportOutcome.ending();
            end(report);
            ReportOutcome.ended(report);
        } else {
            look();
        }
    }

    private static Report report(ReportBuilder rows) {
        Report report = rows.build();
        return ReportOutcome.isTimed() ? report : report.withoutTimes();
    }

    /** Shows windows that are over together with those that are still open. */
    private void look() {
        ReportBuilder shown = open == null ? new ReportBuilder(measures) : open;
        open = null;
        if (!closed.isEmpty()) {
            shown.addAll(closed);
        }
        Report report = report(shown);
        if (spec.exposed()) {
            expose(report);
            if (!ReportOutcome.takePrintRequest()) {
                return;
            }
        }
        toStdout(report);
    }

    private void end(Report report) {
        if (spec.exposed()) {
            expose(report);
        }
        String output = spec.output();
        if (output == null) {
            toStdout(report);
        } else {
            toFile(output, out -> ReportWriter.write(report, spec, spec.format(), out));
        }
        further(report, spec.json(), ReportSpec.Format.JSON);
        further(report, spec.prometheus(), ReportSpec.Format.PROMETHEUS);
        String csv = spec.csv();
        if (csv != null) {
            csv(report, csv);
        }
    }

    private void further(Report report, @Nullable String file, ReportSpec.Format format) {
        if (file != null) {
            toFile(file, out -> ReportWriter.write(report, spec, format, out));
        }
    }

    private void csv(Report report, String folder) {
        try {
            Path path = Path.of(folder);
            Files.createDirectories(path);
            for (ReportSpec.Table table : spec.tables()) {
                String file = path.resolve(CsvReport.fileName(spec, table)).toString();
                toFile(file, out -> CsvReport.write(report, spec, table, out));
            }
        } catch (IOException e) {
            failed(folder, Reasons.of(e));
        } catch (InvalidPathException e) {
            failed(folder, e.getReason());
        }
    }

    private void expose(Report report) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 12);
        try {
            ReportWriter.write(report, spec, ReportSpec.Format.PROMETHEUS, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ReportOutcome.exposed(text.toByteArray());
    }

    private void toStdout(Report report) {
        if (spec.format() == ReportSpec.Format.NULL) {
            return;
        }
        try {
            ReportOutput.toStdout(out -> ReportWriter.write(report, spec, spec.format(), out));
        } catch (IOException e) {
            failed(ReportOutput.STDOUT, Reasons.of(e));
        }
    }

    private static void toFile(String file, ReportOutput.Content content) {
        try {
            ReportOutput.toFile(Path.of(file), content);
        } catch (IOException e) {
            failed(file, Reasons.of(e));
        } catch (InvalidPathException e) {
            failed(file, e.getReason());
        }
    }

    private static void failed(String target, String reason) {
        ReportOutcome.failed(new ReportOutcome.Failure(target, reason));
    }

    @Override
    public void close() {}
}
