package org.asntally.job.enrich;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;
import org.asntally.sources.text.ClientText;
import org.asntally.sources.text.LineReader;
import org.asntally.sources.text.ReaderOptions;

/**
 * Reads the address in one column of a row of CSV (RFC 4180) or TSV. A quote is special at the
 * start of a column only; what stands between a closing quote and the delimiter belongs to nothing.
 */
final class CsvRow implements LineReader {

    private final byte delimiter;
    private final boolean quoted;
    private final int column;
    private final ClientText clients;

    private int start;
    private int stop;
    private int next;

    /**
     * @param column from 0
     */
    CsvRow(byte delimiter, boolean quoted, int column, ReaderOptions options) {
        this.delimiter = delimiter;
        this.quoted = quoted;
        this.column = column;
        this.clients = new ClientText(options);
    }

    @Override
    public SkipReason read(byte[] text, int from, int to, FlowBatchBuilder flows) {
        if (from == to || (!quoted && text[from] == '#')) {
            return SkipReason.BLANK;
        }
        next = from;
        for (int i = 0; i <= column; i++) {
            if (next > to) {
                return SkipReason.NO_ADDRESS;
            }
            cell(text, next, to);
        }
        SkipReason reason = clients.source(text, start, stop, flows);
        if (reason == SkipReason.NONE) {
            flows.endFlow();
        }
        return reason;
    }

    /** Finds the column that begins at {@code from}, and where the one behind it would begin. */
    private void cell(byte[] text, int from, int to) {
        int at = from;
        if (quoted && at < to && text[at] == '"') {
            start = ++at;
            while (at < to && (text[at] != '"' || (at + 1 < to && text[at + 1] == '"'))) {
                at += text[at] == '"' ? 2 : 1;
            }
            stop = Math.min(at, to);
            at = Math.min(at + 1, to);
            while (at < to && text[at] != delimiter) {
                at++;
            }
        } else {
            start = at;
            while (at < to && text[at] != delimiter) {
                at++;
            }
            stop = at;
        }
        next = at + 1;
        while (start < stop && text[start] == ' ') {
            start++;
        }
        while (stop > start && text[stop - 1] == ' ') {
            stop--;
        }
    }

    /** The columns of a row as text, for headers. */
    static List<String> cells(byte[] text, int from, int to, byte delimiter, boolean quoted) {
        CsvRow row = new CsvRow(delimiter, quoted, 0, ReaderOptions.standard());
        List<String> cells = new ArrayList<>();
        row.next = from;
        while (row.next <= to) {
            row.cell(text, row.next, to);
            String cell = new String(text, row.start, row.stop - row.start, StandardCharsets.UTF_8);
            cells.add(quoted ? cell.replace("\"\"", "\"") : cell);
        }
        return cells;
    }
}
