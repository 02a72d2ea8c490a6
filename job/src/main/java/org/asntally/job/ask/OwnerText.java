package org.asntally.job.ask;

import java.util.ArrayList;
import java.util.List;
import org.asntally.sinks.text.Width;
import org.jspecify.annotations.Nullable;

/** asn-lookup's four formats. */
final class OwnerText {

    private static final String NOTHING = "-";
    private static final List<String> TITLES =
            List.of("Network", "Country", "AS Number", "Owner", "Matched IPs");

    private OwnerText() {}

    static void write(List<Owners.Row> rows, RowFormat format, boolean matched, RowBuffer out) {
        switch (format) {
            case CSV -> csv(rows, matched, out);
            case JSON -> rows.forEach(row -> json(row, matched, out));
            case PUPPET -> rows.forEach(row -> puppet(row, matched, out));
            case TABLE, TSV -> table(rows, matched, out);
        }
    }

    private static List<String> cells(Owners.Row row, boolean matched) {
        List<String> cells = new ArrayList<>(TITLES.size());
        cells.add(or(row.network()));
        cells.add(or(row.country()));
        cells.add(or(row.asn()));
        cells.add(or(row.owner()));
        cells.add(matched ? String.join(", ", row.addresses()) : NOTHING);
        return cells;
    }

    private static String or(@Nullable String cell) {
        return cell == null ? NOTHING : cell;
    }

    /** Padded to the widest cell, one blank between, and one at the end of each line. */
    private static void table(List<Owners.Row> rows, boolean matched, RowBuffer out) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(TITLES);
        rows.forEach(row -> lines.add(cells(row, matched)));
        int[] widths = new int[TITLES.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Width.of(line.get(i)));
            }
        }
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                out.add(line.get(i));
                for (int pad = Width.of(line.get(i)); pad <= widths[i]; pad++) {
                    out.add(' ');
                }
            }
            out.add('\n');
        }
    }

    private static void csv(List<Owners.Row> rows, boolean matched, RowBuffer out) {
        out.add(String.join(",", TITLES));
        out.add('\n');
        for (Owners.Row row : rows) {
            String before = "";
            for (String cell : cells(row, matched)) {
                out.add(before);
                out.add(
                        cell.indexOf(',') < 0 && cell.indexOf('"') < 0
                                ? cell
                                : '"' + cell.replace("\"", "\"\"") + '"');
                before = ",";
            }
            out.add('\n');
        }
    }

    private static void json(Owners.Row row, boolean matched, RowBuffer out) {
        key(out, "{", "network", row.network());
        key(out, ",", "country", row.country());
        key(out, ",", "as_number", row.asn());
        key(out, ",", "owner", row.owner());
        out.add(",\"matched_ips\":");
        out.add(matched ? "[\"" + String.join("\",\"", row.addresses()) + "\"]" : "null");
        out.add("}\n");
    }

    private static void key(RowBuffer out, String before, String key, @Nullable String value) {
        out.add(before + '"' + key + "\":");
        out.add(value == null ? "null" : '"' + JsonText.escaped(value) + '"');
    }

    private static void puppet(Owners.Row row, boolean matched, RowBuffer out) {
        if (row.network() != null) {
            out.add("'" + row.network() + "', # " + row.country() + ' ' + row.asn());
            out.add(' ' + or(row.owner()));
            out.add(matched ? " (" + String.join(", ", row.addresses()) + ")\n" : "\n");
        } else if (matched) {
            row.addresses().forEach(ip -> out.add("'" + ip + "', # Not found in the ASN DB\n"));
        }
    }
}
