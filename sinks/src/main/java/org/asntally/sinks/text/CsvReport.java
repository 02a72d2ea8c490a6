package org.asntally.sinks.text;

import java.io.IOException;
import java.io.OutputStream;
import org.asntally.sinks.Report;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.ReportTable;
import org.asntally.sinks.ReportWindow;

/**
 * One table as RFC 4180: a header, the rows of all windows, lines that end with CR LF. Counts are
 * exact.
 */
public final class CsvReport {

    private CsvReport() {}

    /** The name of a table's file in a folder: {@code asn.csv}. */
    public static String fileName(ReportSpec spec, ReportSpec.Table table) {
        // Lengths of addresses have signs that file names cannot have, or not everywhere.
        return Cells.name(spec, table).replace(':', '-').replace('/', '-').concat(".csv");
    }

    /** Writes one table as UTF-8. */
    public static void write(
            Report report, ReportSpec spec, ReportSpec.Table shown, OutputStream out)
            throws IOException {
        TextOut text = new TextOut(out);
        text.add(spec.windowed() ? "window_start,window_end,count,percent" : "count,percent");
        for (String title : Cells.titles(spec, shown)) {
            text.add(',').add(title);
        }
        text.add('\r').endLine();
        if (spec.windowed()) {
            for (ReportWindow window : report.windows()) {
                rows(window, spec, shown, text);
            }
        } else {
            rows(report.whole(), spec, shown, text);
        }
        text.flush();
    }

    private static void rows(
            ReportWindow window, ReportSpec spec, ReportSpec.Table shown, TextOut text)
            throws IOException {
        int measure = spec.exactColumn();
        ReportTable table = window.table(shown.key(), shown.side());
        double all = table.total().value(0, measure);
        String window1 =
                !spec.windowed()
                        ? ""
                        : ReportWriter.time(window.start())
                                .concat(",")
                                .concat(ReportWriter.time(window.end()))
                                .concat(",");
        for (int row : table.top(spec.top(ReportSpec.Format.CSV), measure)) {
            text.add(window1).add(Numbers.exact(table.rows(row), table.at(row), measure)).add(',');
            text.add(Numbers.percent(table.value(row, measure), all));
            for (String key : Cells.keys(spec, table, row)) {
                cell(key, text.add(','));
            }
            text.add('\r').endLine();
        }
    }

    private static void cell(String value, TextOut text) {
        if (value.indexOf(',') < 0 && value.indexOf('"') < 0) {
            text.add(value);
        } else {
            text.add('"').add(value.replace("\"", "\"\"")).add('"');
        }
    }
}
