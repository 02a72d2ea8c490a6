package org.asntally.sinks.text;

import java.util.ArrayList;
import java.util.List;
import org.asntally.sinks.KeyCells;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.ReportTable;
import org.asntally.sinks.Side;
import org.jspecify.annotations.Nullable;

/** The columns of the tables and what is in them, the same in tsv, csv and table. */
final class Cells {

    private static final String NONE = "None";
    private static final String AS_NAME = "as_name";

    private Cells() {}

    /** The titles of a table's key columns. */
    static String[] titles(ReportSpec spec, ReportSpec.Table table) {
        String side =
                !spec.hasBothSides()
                        ? ""
                        : table.side() == Side.SOURCE ? "source " : "destination ";
        List<String> columns = table.key().columns();
        String[] titles = new String[columns.size()];
        for (int i = 0; i < titles.length; i++) {
            titles[i] = title(columns.get(i));
        }
        titles[0] = side.concat(titles[0]);
        return titles;
    }

    private static String title(String column) {
        return switch (column) {
            case "asn" -> "ASN";
            case AS_NAME -> "AS";
            case "exporter_asn" -> "exporter ASN";
            default -> column;
        };
    }

    /** A row's key columns. */
    static String[] keys(ReportSpec spec, ReportTable table, int row) {
        if (table.kind() == KeyKind.FIELDS) {
            return fields(spec, table, row);
        }
        if (table.unrouted(row)) {
            return table.kind() == KeyKind.ASN
                    ? new String[] {NONE, spec.names() ? NONE : ""}
                    : new String[] {NONE, "", ""};
        }
        String asn = Long.toString(table.asn(row));
        String name = spec.names() ? SafeText.of(table.name(row)) : "";
        return table.kind() == KeyKind.ASN
                ? new String[] {asn, name}
                : new String[] {table.prefix(row), asn, name};
    }

    private static String[] fields(ReportSpec spec, ReportTable table, int row) {
        List<String> cells = new ArrayList<>();
        boolean other = table.isOther(row);
        table.cells(
                row,
                spec.names(),
                new KeyCells() {
                    private boolean unrouted;

                    @Override
                    public void text(String column, @Nullable String value) {
                        unrouted |= value == null && column.equals("prefix");
                        boolean empty = other || column.equals(AS_NAME);
                        cells.add(value == null ? empty ? "" : NONE : SafeText.of(value));
                    }

                    @Override
                    public void number(String column, long value) {
                        cells.add(Long.toString(value));
                    }

                    @Override
                    public void none(String column) {
                        cells.add(unrouted ? "" : NONE);
                    }
                });
        return cells.toArray(new String[0]);
    }

    /** A short name of a table: {@code asn}, or {@code source-asn} where both sides are counted. */
    static String name(ReportSpec spec, ReportSpec.Table table) {
        String side =
                !spec.hasBothSides()
                        ? ""
                        : table.side() == Side.SOURCE ? "source-" : "destination-";
        return side.concat(table.key().label());
    }
}
