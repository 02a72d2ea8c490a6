package org.asntally.sinks.text;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.asntally.sinks.Report;
import org.asntally.sinks.ReportSpec;

/** Writes reports in every format. */
public final class ReportWriter {

    private ReportWriter() {}

    /**
     * Writes a report as UTF-8.
     *
     * @param format one of all; of csv only reports of one table
     * @throws IOException only when the stream cannot be written to
     */
    public static void write(
            Report report, ReportSpec spec, ReportSpec.Format format, OutputStream out)
            throws IOException {
        switch (format) {
            case TABLE -> TableReport.write(report, spec, out);
            case TSV -> TsvReport.write(report, spec, out);
            case CSV -> {
                for (ReportSpec.Table table : spec.tables()) {
                    CsvReport.write(report, spec, table, out);
                }
            }
            case JSON -> JsonReport.write(report, spec, out);
            case PROMETHEUS -> PrometheusText.write(report, spec, out);
            case NULL -> {}
        }
    }

    /** Milliseconds since 1970 as RFC 3339 text. */
    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
