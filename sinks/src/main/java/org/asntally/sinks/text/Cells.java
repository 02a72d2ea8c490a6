package org.asntally.sinks.text;

import org.asntally.sinks.KeyKind;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.ReportTable;
import org.asntally.sinks.Side;

/** The columns of the tables and what is in them, the same in tsv, csv and table. */
final class Cells {

    private static final String NONE = "None";

    private Cells() {}

    /** The titles of a table's key columns. */
    static String[] titles(ReportSpec spec, ReportSpec.Table table) {
        String side =
                !spec.hasBothSides()
                        ? ""
                        : table.side() == Side.SOURCE ? "source " : "destination ";
        return table.kind() == KeyKind.ASN
                ? new String[] {side.concat("ASN"), "AS"}
                : new String[] {side.concat("prefix"), "ASN", "AS"};
    }

    /** A row's key columns. */
    static String[] keys(ReportSpec spec, ReportTable table, int row) {
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

    /** A short name of a table: {@code asn}, or {@code source-asn} where both sides are counted. */
    static String name(ReportSpec spec, ReportSpec.Table table) {
        String side =
                !spec.hasBothSides()
                        ? ""
                        : table.side() == Side.SOURCE ? "source-" : "destination-";
        return side.concat(table.kind() == KeyKind.ASN ? "asn" : "prefix");
    }
}
