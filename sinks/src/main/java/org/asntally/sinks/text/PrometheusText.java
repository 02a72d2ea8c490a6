package org.asntally.sinks.text;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.asntally.sinks.CounterWord;
import org.asntally.sinks.KeyCells;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Report;
import org.asntally.sinks.ReportCounter;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.ReportTable;
import org.asntally.sinks.ReportWindow;
import org.asntally.sinks.RibFacts;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.jspecify.annotations.Nullable;

/**
 * Prometheus' text exposition format 0.0.4, for an HTTP endpoint or a textfile collector
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). All rows, all windows as one;
 * values exact.
 *
 * <table>
 *   <caption>Names</caption>
 *   <tr><th>asncounter</th><th>asntally</th></tr>
 *   <tr><td>{@code asncounter_asn_total{asn,name}}</td>
 *       <td>{@code asntally_hits_total{asn,name}}, of other measures {@code asntally_packets_total},
 *       {@code asntally_bytes_total}, {@code asntally_weight_total}</td></tr>
 *   <tr><td>{@code asncounter_prefix_total{asn,cidr,name}}</td>
 *       <td>{@code asntally_prefix_hits_total{asn,name,prefix}} and so on</td></tr>
 *   <tr><td></td><td>of other keys {@code asntally_country_hits_total{country}}, {@code
 *       asntally_asn_country_hits_total{asn,country,name}} and so on</td></tr>
 *   <tr><td>{@code asncounter_failed_count_total}: unreadable</td>
 *       <td>{@code asntally_flows_skipped_total{reason,source}}</td></tr>
 *   <tr><td>{@code asncounter_skipped_count_total}: blank</td>
 *       <td>{@code asntally_flows_blank_total{reason,source}}, and one for each other {@link
 *       CounterWord}</td></tr>
 *   <tr><td></td><td>{@code asntally_rib_info{id,kind,source,valid_from}} 1</td></tr>
 * </table>
 *
 * Where both sides are counted, each series has a label {@code side}. The times of creation that
 * the Python client adds are left out.
 */
public final class PrometheusText {

    /** The media type of the text. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String NONE = "None";

    private PrometheusText() {}

    /** Writes a report as UTF-8. */
    public static void write(Report report, ReportSpec spec, OutputStream out) throws IOException {
        TextOut text = new TextOut(out);
        boolean ours = spec.style() == ReportSpec.Style.ASNTALLY;
        if (!ours) {
            counter("asncounter_failed_count_total", "line parser failures", text);
            text.add("asncounter_failed_count_total");
            value(report.count(CounterWord.SKIPPED), text);
            counter("asncounter_skipped_count_total", "skipped lines", text);
            text.add("asncounter_skipped_count_total");
            value(report.count(CounterWord.BLANK), text);
        }
        ReportWindow whole = report.whole();
        tables(whole, spec, KeyKind.ASN, text);
        tables(whole, spec, KeyKind.PREFIX, text);
        Set<TableKey> keys = new LinkedHashSet<>();
        spec.tables().forEach(shown -> keys.add(shown.key()));
        for (TableKey key : keys) {
            if (key.kind() == KeyKind.FIELDS) {
                fields(whole, spec, key, text);
            }
        }
        if (ours) {
            counters(report, text);
            rib(spec, text);
        }
        text.flush();
    }

    private static void tables(ReportWindow window, ReportSpec spec, KeyKind kind, TextOut text)
            throws IOException {
        boolean any = false;
        boolean ours = spec.style() == ReportSpec.Style.ASNTALLY;
        boolean byPrefix = kind == KeyKind.PREFIX;
        String name;
        if (ours) {
            String noun = Words.of(spec.measure());
            name = (byPrefix ? "asntally_prefix_" : "asntally_").concat(noun).concat("_total");
        } else {
            name = byPrefix ? "asncounter_prefix_total" : "asncounter_asn_total";
        }
        for (ReportSpec.Table shown : spec.tables()) {
            if (shown.kind() != kind) {
                continue;
            }
            if (!any) {
                String noun = ours ? Words.of(spec.measure()) : "hits";
                counter(name, noun.concat(byPrefix ? " per CIDR prefix" : " per AS number"), text);
                any = true;
            }
            ReportTable table = window.table(shown.key(), shown.side());
            int measure = spec.exactColumn();
            for (int row : table.top(Integer.MAX_VALUE, measure)) {
                double value = table.value(row, measure);
                if (value >= 0) {
                    text.add(name);
                    labels(table, row, spec, text);
                    text.add(' ').add(Numbers.python(value)).endLine();
                }
            }
        }
    }

    private static void labels(ReportTable table, int row, ReportSpec spec, TextOut text) {
        boolean ours = spec.style() == ReportSpec.Style.ASNTALLY;
        boolean byPrefix = table.kind() == KeyKind.PREFIX;
        boolean unrouted = table.unrouted(row);
        String asn = unrouted ? NONE : Long.toString(table.asn(row));
        if (!ours && byPrefix && !hasAsnTable(spec, table.side())) {
            asn = "";
        }
        String prefix = !byPrefix ? "" : unrouted ? NONE : table.prefix(row);
        String name = unrouted || !spec.names() ? "" : table.name(row);
        // Alphabetical.
        text.add("{asn=\"").add(asn).add('"');
        if (byPrefix && !ours) {
            text.add(",cidr=\"").add(prefix).add('"');
        }
        text.add(",name=\"");
        escaped(name, text);
        text.add('"');
        if (byPrefix && ours) {
            text.add(",prefix=\"").add(prefix).add('"');
        }
        if (spec.hasBothSides()) {
            text.add(",side=\"").add(Words.of(table.side())).add('"');
        }
        text.add('}');
    }

    /** The tables of another key, of each side that has one. */
    private static void fields(ReportWindow window, ReportSpec spec, TableKey key, TextOut text)
            throws IOException {
        String noun = Words.of(spec.measure());
        String name = "asntally_".concat(word(key.label())).concat("_").concat(noun);
        name = name.concat("_total");
        counter(name, noun.concat(" per ").concat(key.label()), text);
        int measure = spec.exactColumn();
        for (ReportSpec.Table shown : spec.tables()) {
            ReportTable table = window.table(shown.key(), shown.side());
            boolean isOfKey = shown.key().equals(key);
            for (int row : table.top(isOfKey ? Integer.MAX_VALUE : 0, measure)) {
                double value = table.value(row, measure);
                if (value >= 0) {
                    text.add(name);
                    labels(table, row, spec, new TreeMap<>(), text);
                    text.add(' ').add(Numbers.python(value)).endLine();
                }
            }
        }
    }

    private static String word(String label) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            word.append(plain ? c : '_');
        }
        return word.toString();
    }

    private static void labels(
            ReportTable table, int row, ReportSpec spec, Map<String, String> labels, TextOut text) {
        // Sorted, as the names of labels are in the other tables.
        table.cells(row, spec.names(), new Labels(labels));
        if (spec.hasBothSides()) {
            labels.put("side", Words.of(table.side()));
        }
        char before = '{';
        for (Map.Entry<String, String> each : labels.entrySet()) {
            text.add(before).add(each.getKey()).add("=\"");
            escaped(each.getValue(), text);
            text.add('"');
            before = ',';
        }
        text.add('}');
    }

    /** Each column as a label; the AS name is called as in the other tables. */
    private record Labels(Map<String, String> labels) implements KeyCells {
        @Override
        public void text(String column, @Nullable String value) {
            boolean name = column.equals("as_name");
            labels.put(name ? "name" : column, value != null ? value : name ? "" : NONE);
        }

        @Override
        public void number(String column, long value) {
            labels.put(column, Long.toString(value));
        }

        @Override
        public void none(String column) {
            labels.put(column, NONE);
        }
    }

    private static boolean hasAsnTable(ReportSpec spec, Side side) {
        for (ReportSpec.Table table : spec.tables()) {
            if (table.kind() == KeyKind.ASN && table.side() == side) {
                return true;
            }
        }
        return false;
    }

    private static void counters(Report report, TextOut text) throws IOException {
        for (CounterWord word : CounterWord.values()) {
            String name = "asntally_flows_".concat(Words.of(word)).concat("_total");
            boolean any = false;
            for (ReportCounter counter : report.counters()) {
                if (counter.word() == word) {
                    if (!any) {
                        counter(name, Words.of(word).concat(" flows, lines or packets"), text);
                        any = true;
                    }
                    text.add(name);
                    text.add("{reason=\"");
                    escaped(counter.reason(), text);
                    text.add("\",source=\"");
                    escaped(counter.source(), text);
                    text.add("\"}");
                    value(counter.count(), text);
                }
            }
        }
    }

    private static void rib(ReportSpec spec, TextOut text) throws IOException {
        RibFacts rib = spec.rib();
        if (rib == null) {
            return;
        }
        text.add("# HELP asntally_rib_info the routing table that was used").endLine();
        text.add("# TYPE asntally_rib_info gauge").endLine();
        text.add("asntally_rib_info{id=\"");
        escaped(rib.id(), text);
        text.add("\",kind=\"");
        escaped(rib.kind(), text);
        text.add("\",source=\"");
        escaped(rib.source(), text);
        text.add("\",valid_from=\"");
        String validFrom = rib.validFrom();
        escaped(validFrom == null ? "" : validFrom, text);
        text.add("\"} 1.0").endLine();
    }

    private static void counter(String name, String help, TextOut text) throws IOException {
        text.add("# HELP ").add(name).add(' ').add(help).endLine();
        text.add("# TYPE ").add(name).add(" counter").endLine();
    }

    private static void value(long value, TextOut text) throws IOException {
        text.add(' ').add(Numbers.python((double) value)).endLine();
    }

    /** The format's own escapes; what else could steer a terminal becomes a space. */
    private static void escaped(String value, TextOut text) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\n' -> text.add("\\n");
                case '"' -> text.add("\\\"");
                case '\\' -> text.add("\\\\");
                default -> text.add(SafeText.unsafe(c) ? ' ' : c);
            }
        }
    }
}
