package org.asntally.sinks.text;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.asntally.sinks.Report;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.ReportTable;
import org.asntally.sinks.ReportWindow;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;

/**
 * asncounter's layout: per table a header, rows, and {@code total: N}; columns end with a tab.
 *
 * <pre>
 * count  percent  ASN  AS
 * 3      60.0     64496  EXAMPLE, FR
 * 2      40.0     None   None
 * total: 5
 * </pre>
 *
 * Of reports by window each has its own tables, with the window's start and end as first columns.
 */
final class TsvReport {

    private TsvReport() {}

    static void write(Report report, ReportSpec spec, OutputStream out) throws IOException {
        TextOut text = new TextOut(out);
        if (!spec.windowed() || report.windows().isEmpty()) {
            write(report.whole(), spec, text);
        } else {
            for (ReportWindow window : report.windows()) {
                write(window, spec, text);
            }
        }
        text.flush();
    }

    private static void write(ReportWindow window, ReportSpec spec, TextOut text)
            throws IOException {
        int measure = spec.roundedColumn();
        List<ReportSpec.Table> tables = spec.tables();
        for (ReportSpec.Table shown : tables) {
            ReportTable table = window.table(shown.key(), shown.side());
            TallyRows total = table.total();
            double all = total.value(0, measure);
            if (spec.windowed()) {
                text.add("window_start\twindow_end\t");
            }
            text.add("count\tpercent");
            for (String title : Cells.titles(spec, shown)) {
                text.add('\t').add(title);
            }
            text.endLine();
            for (int row : table.top(spec.top(ReportSpec.Format.TSV), measure)) {
                if (spec.windowed()) {
                    text.add(ReportWriter.time(window.start())).add('\t');
                    text.add(ReportWriter.time(window.end())).add('\t');
                }
                text.add(Numbers.rounded(table.rows(row), table.at(row), measure)).add('\t');
                text.add(Numbers.percent(table.value(row, measure), all));
                for (String key : Cells.keys(spec, table, row)) {
                    text.add('\t').add(key);
                }
                text.endLine();
            }
            text.add("total: ").add(Numbers.rounded(total, 0, measure)).endLine();
        }
        if (tables.isEmpty()) {
            TallyRows total = window.total(Side.SOURCE);
            text.add("total: ").add(Numbers.rounded(total, 0, measure)).endLine();
        }
    }
}
