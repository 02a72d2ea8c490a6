package org.asntally.job.cli;

import java.util.List;

/** Rows of short words as lines: aligned for people, with tabs for programs. */
final class Columns {

    private Columns() {}

    /** Lines of these rows, which are all as long as the first. */
    static String of(List<List<String>> rows, boolean aligned) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                text.append(cell);
                if (i + 1 < columns) {
                    text.append(aligned ? " ".repeat(2 + widths[i] - cell.length()) : "\t");
                }
            }
            text.append('\n');
        }
        return text.toString();
    }
}
