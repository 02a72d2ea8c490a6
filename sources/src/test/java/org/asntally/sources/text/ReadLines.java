package org.asntally.sources.text;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.asntally.lookup.Address;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;

/** What a format makes of a text: one line of words per flow, and the skips by reason. */
record ReadLines(List<String> flows, Map<String, Long> skips) {

    static final ReaderOptions OPTIONS =
            new ReaderOptions(true, ZoneId.of("Europe/Berlin"), LocalDate.of(2026, 3, 1));

    /** Reads a whole text by blocks, all of a format's columns wanted. */
    static ReadLines of(LineFormat format, String text) {
        Set<FlowColumn> columns = EnumSet.of(FlowColumn.SOURCE);
        for (FlowColumn column : FlowColumn.values()) {
            if (format.provides(column)) {
                columns.add(column);
            }
        }
        return of(format, OPTIONS, columns, text);
    }

    static ReadLines of(
            LineFormat format, ReaderOptions options, Set<FlowColumn> columns, String text) {
        byte[] bytes = (text + (text.endsWith("\n") ? "" : "\n")).getBytes(StandardCharsets.UTF_8);
        FlowBatchBuilder builder = new FlowBatchBuilder(columns);
        builder.startsAt(0);
        LineReader reader = format.open(options);
        List<String> flows = new ArrayList<>();
        Map<String, Long> skips = new TreeMap<>();
        int at = 0;
        while (at < bytes.length) {
            at = reader.readBlock(bytes, at, bytes.length, builder);
            add(builder.build(), flows, skips);
        }
        return new ReadLines(flows, skips);
    }

    private static void add(FlowBatch batch, List<String> flows, Map<String, Long> skips) {
        for (int i = 0; i < batch.skips(); i++) {
            skips.merge(batch.skipReason(i).label(), batch.skipCount(i), Long::sum);
        }
        List<List<String>> columns = new ArrayList<>();
        for (FlowColumn column : FlowColumn.values()) {
            if (batch.has(column)) {
                columns.add(column(batch, column));
            }
        }
        for (int row = 0; row < batch.rows(); row++) {
            List<String> words = new ArrayList<>();
            for (List<String> column : columns) {
                words.add(column.get(row));
            }
            flows.add(String.join(" ", words));
        }
    }

    /** A column of a batch as text. */
    static List<String> column(FlowBatch batch, FlowColumn column) {
        return column.isAddress()
                ? addresses(batch, column)
                : column.isText() ? texts(batch, column) : numbers(batch, column);
    }

    private static List<String> texts(FlowBatch batch, FlowColumn column) {
        List<String> words = new ArrayList<>();
        int[] texts = new int[batch.rows()];
        batch.textOfRows(column, texts);
        for (int text : texts) {
            int start = batch.textStart(column, text);
            words.add(
                    new String(
                            batch.bytes(),
                            start,
                            batch.textEnd(column, text) - start,
                            StandardCharsets.UTF_8));
        }
        return words;
    }

    private static List<String> numbers(FlowBatch batch, FlowColumn column) {
        List<String> words = new ArrayList<>();
        long[] longs = new long[batch.rows()];
        double[] doubles = new double[batch.rows()];
        if (batch.isFractional(column)) {
            batch.doubles(column, doubles);
        } else {
            batch.longs(column, longs);
        }
        for (int row = 0; row < batch.rows(); row++) {
            words.add(
                    batch.isFractional(column)
                            ? String.valueOf(doubles[row])
                            : String.valueOf(longs[row]));
        }
        return words;
    }

    private static List<String> addresses(FlowBatch batch, FlowColumn column) {
        int rows = batch.rows();
        int v4Count = batch.v4Count(column);
        long[] families = new long[(rows + 63) / 64];
        int[] v4 = new int[v4Count];
        long[] high = new long[rows - v4Count];
        long[] low = new long[rows - v4Count];
        batch.families(column, families);
        batch.v4(column, v4, v4Count);
        batch.v6(column, v4Count, high, low);
        List<String> words = new ArrayList<>();
        for (int row = 0, next4 = 0, next6 = 0; row < rows; row++) {
            if ((families[row >>> 6] >>> row & 1) == 0) {
                words.add(Address.text4(v4[next4++]));
            } else {
                words.add(Address.text6(high[next6], low[next6++]));
            }
        }
        return words;
    }
}
