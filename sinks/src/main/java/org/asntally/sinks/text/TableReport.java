package org.asntally.sinks.text;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.asntally.sinks.Report;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.ReportTable;
import org.asntally.sinks.ReportWindow;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;

/**
 * Tables for people: aligned columns, no wider than the terminal (the AS name, the last column, is
 * cut), a row for the rest, the total.
 */
final class TableReport {

    private static final int NARROWEST_NAME = 6;
    private static final String REST = "rest: ";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private TableReport() {}

    static void write(Report report, ReportSpec spec, OutputStream out) throws IOException {
        TextOut text = new TextOut(out);
        if (!spec.windowed() || report.windows().isEmpty()) {
            write(report.whole(), spec, text);
        } else {
            boolean first = true;
            for (ReportWindow window : report.windows()) {
                if (!first) {
                    text.endLine();
                }
                first = false;
                bold(spec, text, true);
                text.add(ReportWriter.time(window.start())).add(" to ");
                text.add(ReportWriter.time(window.end()));
                bold(spec, text, false);
                text.endLine();
                write(window, spec, text);
            }
        }
        text.flush();
    }

    private static void write(ReportWindow window, ReportSpec spec, TextOut text)
            throws IOException {
        int measure = spec.roundedColumn();
        boolean first = true;
        for (ReportSpec.Table shown : spec.tables()) {
            if (!first) {
                text.endLine();
            }
            first = false;
            ReportTable table = window.table(shown.key(), shown.side());
            lines(cells(table, spec, shown, measure), spec, text);
            total(table.total(), measure, text);
        }
        if (spec.tables().isEmpty()) {
            total(window.total(Side.SOURCE), measure, text);
        }
    }

    private static void total(TallyRows total, int measure, TextOut text) throws IOException {
        text.add("total: ").add(Numbers.rounded(total, 0, measure)).endLine();
    }

    private static List<String[]> cells(
            ReportTable table, ReportSpec spec, ReportSpec.Table shown, int measure) {
        double all = table.total().value(0, measure);
        int[] top = table.top(spec.top(ReportSpec.Format.TABLE), measure);
        List<String[]> lines = new ArrayList<>();
        lines.add(line("count", "percent", Cells.titles(spec, shown)));
        for (int row : top) {
            lines.add(
                    line(
                            Numbers.rounded(table.rows(row), table.at(row), measure),
                            Numbers.percent(table.value(row, measure), all),
                            Cells.keys(spec, table, row)));
        }
        long others = table.others(top.length);
        if (others > 0 && top.length > 0) {
            TallyRows rest = table.rest(top);
            String[] keys = new String[lines.get(0).length - 2];
            Arrays.fill(keys, "");
            keys[0] = REST.concat(Long.toString(others)).concat(" others");
            lines.add(
                    line(
                            Numbers.rounded(rest, 0, measure),
                            Numbers.percent(rest.value(0, measure), all),
                            keys));
        }
        return lines;
    }

    private static String[] line(String count, String percent, String[] keys) {
        String[] line = new String[keys.length + 2];
        line[0] = count;
        line[1] = twoDecimals(percent);
        System.arraycopy(keys, 0, line, 2, keys.length);
        return line;
    }

    private static String twoDecimals(String percent) {
        int dot = percent.indexOf('.');
        return dot >= 0 && dot == percent.length() - 2 ? percent.concat("0") : percent;
    }

    private static void lines(List<String[]> lines, ReportSpec spec, TextOut text)
            throws IOException {
        int columns = lines.get(0).length;
        int[] widths = new int[columns];
        for (String[] line : lines) {
            // The words of the last row may reach into the columns beside it, which it leaves
            // empty.
            int measured = line[2].startsWith(REST) ? 2 : columns;
            for (int c = 0; c < measured; c++) {
                widths[c] = Math.max(widths[c], Width.of(line[c]));
            }
        }
        int used = 0;
        for (int c = 0; c < columns - 1; c++) {
            used += widths[c] + 2;
        }
        int room = spec.width() <= 0 ? Integer.MAX_VALUE : spec.width() - used;
        // A name of which nothing can be told is no use.
        int shown = room < NARROWEST_NAME ? columns - 1 : columns;
        for (int l = 0; l < lines.size(); l++) {
            String[] line = lines.get(l);
            if (l == 0) {
                bold(spec, text, true);
            }
            int owed = 0;
            for (int c = 0; c < shown; c++) {
                String cell = c == columns - 1 ? Width.cut(line[c], room) : line[c];
                int pad = widths[c] - Width.of(cell);
                // Numbers to the right; no blanks before the end of a line.
                if (!cell.isEmpty()) {
                    text.spaces(owed + (c < 2 ? pad : 0));
                    text.add(cell);
                    owed = 0;
                }
                owed += 2 + (c < 2 && !cell.isEmpty() ? 0 : pad);
            }
            if (l == 0) {
                bold(spec, text, false);
            }
            text.endLine();
        }
    }

    private static void bold(ReportSpec spec, TextOut text, boolean on) {
        if (spec.colour()) {
            text.add(on ? BOLD : PLAIN);
        }
    }
}
