package org.asntally.job.enrich;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.SkipReason;
import org.asntally.sources.text.Detection;
import org.asntally.sources.text.Detection.Verdict;
import org.asntally.sources.text.FormatDetector;
import org.asntally.sources.text.JsonFormat;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LineReader;
import org.asntally.sources.text.LogFormat;
import org.asntally.sources.text.LogFormatException;
import org.asntally.sources.text.LogFormats;
import org.asntally.sources.text.TcpdumpFormat;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the first rows what the rows of an input are and where their address is: what was
 * asked for; else JSON, a log, columns with equal delimiters, any text, in this order.
 */
final class LayoutDetector {

    private static final int ROWS = 64;

    /** So many rows without an address are as they are: no header of what follows. */
    private static final int ENOUGH_ROWS = 16;

    private static final byte[] DELIMITERS = {',', '\t', ';', '|'};

    private final EnrichRequest request;
    private final String name;
    private final CsvRow cell;
    private final FlowBatchBuilder tried = new FlowBatchBuilder(Set.of(FlowColumn.SOURCE));

    /**
     * @param name of the input, for messages
     */
    LayoutDetector(EnrichRequest request, String name) {
        this.request = request;
        this.name = name;
        this.cell = new CsvRow((byte) 0, true, 0, request.options());
    }

    /**
     * Looks at the first rows.
     *
     * @param last whether an answer is due; else more may be waited for
     * @param ended whether {@code text[from, to)} is all there is
     * @return null: more is needed
     * @throws Fault when the rows do not have what was asked for
     */
    @Nullable Layout tell(byte[] text, int from, int to, boolean last, boolean ended) throws Fault {
        return switch (request.format()) {
            case LOG ->
                    request.logFormat() != null
                            ? log(request.logFormat())
                            : log(text, from, to, last);
            case TCPDUMP -> lines(TcpdumpFormat.INSTANCE);
            case TEXT -> text(text, from, to, last);
            case CSV -> csv(text, from, to, last);
            case TSV -> columns(text, from, to, (byte) '\t', false, last);
            case JSON -> json(text, from, to, last);
            case AUTO -> auto(text, from, to, last, ended);
        };
    }

    private @Nullable Layout auto(byte[] text, int from, int to, boolean last, boolean ended)
            throws Fault {
        if (!last && rows(text, from, to, (byte) 0, false, false).isEmpty()) {
            return null;
        }
        byte[] head = Arrays.copyOfRange(text, from, to);
        Detection told = FormatDetector.detect(head, head.length, ended);
        if (told.verdict() == Verdict.NO_TEXT || !(told.format() instanceof LineFormat lines)) {
            throw new Fault(Problem.UNKNOWN_FORMAT, name);
        }
        if (lines instanceof JsonFormat) {
            return json(text, from, to, last);
        }
        if (request.column() == null
                && request.field() == null
                && told.verdict() == Verdict.TOLD
                && (lines instanceof LogFormat || lines == TcpdumpFormat.INSTANCE)) {
            return lines(lines);
        }
        byte delimiter =
                request.delimiter() != 0
                        ? request.delimiter()
                        : delimiter(text, from, to, false, last);
        if (delimiter == 0 && !last && isWithoutAddress(text, from, to)) {
            return null;
        }
        return delimiter == 0
                ? text(text, from, to, last)
                : columns(
                        text,
                        from,
                        to,
                        delimiter,
                        delimiter != '\t' || request.delimiter() != 0,
                        last);
    }

    // --- lines

    private Layout log(String format) throws Fault {
        try {
            LineFormat log = LogFormats.of(format);
            return log instanceof JsonFormat json
                    ? Layout.json(new JsonRow(json.fields().client(), request.options()))
                    : lines(log);
        } catch (LogFormatException e) {
            throw Fault.because(e, Problem.BAD_LOG_FORMAT, format, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Layout log(byte[] text, int from, int to, boolean last) {
        if (!last && rows(text, from, to, (byte) 0, false, false).isEmpty()) {
            return null;
        }
        byte[] head = Arrays.copyOfRange(text, from, to);
        FlowFormat told = FormatDetector.detect(head, head.length, last).format();
        return lines(told instanceof LogFormat log ? log : LogFormat.COMBINED);
    }

    private Layout lines(LineFormat format) {
        return Layout.lines(
                format.label(),
                format.open(request.options()),
                false,
                format.provides(FlowColumn.TIME));
    }

    private @Nullable Layout text(byte[] text, int from, int to, boolean last) throws Fault {
        String column = request.column();
        int word = 0;
        if (column != null) {
            word = number(column);
            if (word == 0) {
                throw new Fault(
                        Problem.BAD_VALUE, column, "--column", "a number: this text has no names");
            }
        } else if (request.field() != null) {
            throw noSuchColumn(request.field(), List.of());
        }
        Boolean header = request.header();
        if (header == null) {
            List<int[]> rows = rows(text, from, to, (byte) 0, false, last);
            if (rows.isEmpty() && !last) {
                return null;
            }
            String first =
                    rows.isEmpty() ? "" : string(text, rows.get(0)[0], rows.get(0)[1]).strip();
            header = FieldNames.rank(first.split("[ \t]", 2)[0]) >= 0;
        }
        return Layout.lines("text", new TextRow(word, request.options()), header, false);
    }

    /** Whether the first rows, and not many so far, have no address anywhere. */
    private boolean isWithoutAddress(byte[] text, int from, int to) {
        List<int[]> rows = rows(text, from, to, (byte) 0, false, false);
        TextRow any = new TextRow(0, request.options());
        return rows.size() < ENOUGH_ROWS
                && rows.stream().noneMatch(row -> reads(any, text, row[0], row[1]));
    }

    // --- columns

    private @Nullable Layout csv(byte[] text, int from, int to, boolean last) throws Fault {
        byte delimiter = request.delimiter();
        if (delimiter == 0) {
            if (!last && rows(text, from, to, (byte) 0, false, false).isEmpty()) {
                return null;
            }
            delimiter = delimiter(text, from, to, true, last);
        }
        return columns(text, from, to, delimiter == 0 ? (byte) ',' : delimiter, true, last);
    }

    /** The delimiter that makes most columns; 0: none makes any. */
    private byte delimiter(byte[] text, int from, int to, boolean quotedTabs, boolean last) {
        byte best = 0;
        int most = 1;
        for (byte delimiter : DELIMITERS) {
            int width = width(text, from, to, delimiter, quotedTabs || delimiter != '\t', last);
            if (width > most) {
                most = width;
                best = delimiter;
            }
        }
        return best;
    }

    /**
     * How many columns the rows have: the first one when it has a likely title, and addresses below
     * it; else as many as half of the rows have or more, when some row has an address. 0: neither.
     */
    private int width(byte[] text, int from, int to, byte delimiter, boolean quoted, boolean last) {
        List<List<String>> rows = cells(text, from, to, delimiter, quoted, last);
        if (rows.isEmpty()) {
            return 0;
        }
        List<String> titles = rows.get(0);
        boolean anyAddress = request.column() != null || request.field() != null;
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                boolean address = isAddress(row.get(i));
                anyAddress |= address;
                if ((address || rows.size() == 1)
                        && i < titles.size()
                        && FieldNames.rank(titles.get(i)) >= 0) {
                    return titles.size();
                }
            }
        }
        int usual = 0;
        int most = 0;
        for (List<String> row : rows) {
            int equal = (int) rows.stream().filter(other -> other.size() == row.size()).count();
            if (equal > most) {
                most = equal;
                usual = row.size();
            }
        }
        return anyAddress && usual > 1 && most * 2 >= rows.size() ? usual : 0;
    }

    private static List<List<String>> cells(
            byte[] text, int from, int to, byte delimiter, boolean quoted, boolean last) {
        List<List<String>> rows = new ArrayList<>();
        for (int[] row : rows(text, from, to, delimiter, quoted, last)) {
            rows.add(CsvRow.cells(text, row[0], row[1], delimiter, quoted));
        }
        return rows;
    }

    private @Nullable Layout columns(
            byte[] text, int from, int to, byte delimiter, boolean quoted, boolean last)
            throws Fault {
        List<List<String>> rows = cells(text, from, to, delimiter, quoted, last);
        Boolean header = request.header();
        String wanted = request.column() != null ? request.column() : request.field();
        int column = wanted == null || request.column() == null ? 0 : number(wanted);
        if (rows.isEmpty()) {
            return last ? layout(delimiter, quoted, false, Math.max(0, column - 1)) : null;
        }
        if (wanted != null && column == 0) {
            if (Boolean.FALSE.equals(header)) {
                throw new Fault(Problem.CONTRADICTION, "a column by name", "--no-header");
            }
            return layout(delimiter, quoted, true, named(rows.get(0), wanted));
        }
        if (column == 0) {
            column = 1 + likely(rows, header);
            if (column == 0) {
                // So far no row has an address.
                if (!last) {
                    return null;
                }
                column = 1;
            }
        }
        if (header == null) {
            if (rows.size() == 1 && !last && !anyValue(rows.get(0))) {
                return null;
            }
            header = isHeader(rows.get(0), column - 1);
        }
        return layout(delimiter, quoted, header, column - 1);
    }

    private Layout layout(byte delimiter, boolean quoted, boolean header, int column) {
        CsvRow reader = new CsvRow(delimiter, quoted, column, request.options());
        return Layout.csv(delimiter, quoted, header, reader);
    }

    private int named(List<String> titles, String wanted) throws Fault {
        int column = titles.indexOf(wanted);
        for (int i = 0; i < titles.size() && column < 0; i++) {
            column = titles.get(i).equalsIgnoreCase(wanted) ? i : -1;
        }
        if (column < 0) {
            throw noSuchColumn(wanted, titles);
        }
        return column;
    }

    private Fault noSuchColumn(String wanted, List<String> titles) {
        return new Fault(
                Problem.NO_SUCH_COLUMN,
                name,
                wanted,
                titles.isEmpty() ? "it has no header" : "it has: " + String.join(", ", titles));
    }

    /** The column of addresses with the likeliest title, else the first with addresses, else -1. */
    private int likely(List<List<String>> rows, @Nullable Boolean header) {
        List<String> titles = rows.get(0);
        int best = -1;
        int bestRank = Integer.MAX_VALUE;
        int width = rows.stream().mapToInt(List::size).max().orElse(0);
        for (int column = 0; column < width; column++) {
            int addresses = 0;
            for (List<String> row : rows) {
                addresses += column < row.size() && isAddress(row.get(column)) ? 1 : 0;
            }
            if (addresses == 0) {
                continue;
            }
            int rank =
                    Boolean.FALSE.equals(header) || column >= titles.size()
                            ? -1
                            : FieldNames.rank(titles.get(column));
            rank = rank < 0 ? 1000 : rank;
            if (rank < bestRank) {
                best = column;
                bestRank = rank;
            }
        }
        return best;
    }

    private boolean isHeader(List<String> row, int column) {
        return column < row.size()
                && !row.get(column).isEmpty()
                && !row.get(column).equals("-")
                && !anyValue(row);
    }

    /** Whether a row has what a header would not have: an address, a number. */
    private boolean anyValue(List<String> row) {
        return row.stream()
                .anyMatch(value -> isAddress(value) || value.matches("[+-]?\\d+([.,]\\d+)*"));
    }

    // --- JSON

    private @Nullable Layout json(byte[] text, int from, int to, boolean last) throws Fault {
        if (request.column() != null) {
            throw new Fault(Problem.CONTRADICTION, "--column", "JSON; name the path with --field");
        }
        String field = request.field();
        if (field != null) {
            return Layout.json(new JsonRow(field, request.options()));
        }
        List<int[]> rows = rows(text, from, to, (byte) 0, false, last);
        if (rows.isEmpty() && !last) {
            return null;
        }
        for (String path : FieldNames.PATHS) {
            JsonRow row = new JsonRow(path, request.options());
            for (int[] place : rows) {
                if (reads(row, text, place[0], place[1])) {
                    return Layout.json(row);
                }
            }
        }
        return Layout.json(new JsonRow(null, request.options()));
    }

    // --- rows

    /**
     * The first rows that are not blank, without their ends; the last one only when it is whole.
     */
    private static List<int[]> rows(
            byte[] text, int from, int to, byte delimiter, boolean quoted, boolean last) {
        List<int[]> rows = new ArrayList<>();
        RowEnds ends = new RowEnds(quoted, delimiter);
        int at = from;
        while (at < to && rows.size() < ROWS) {
            int feed = ends.find(text, at, to);
            if (feed < 0 && (!last || (!rows.isEmpty() && ends.isOpen()))) {
                break;
            }
            int stop = feed < 0 ? to : feed;
            int end = stop > at && text[stop - 1] == '\r' ? stop - 1 : stop;
            if (!string(text, at, Math.min(end, at + 1000)).isBlank()) {
                rows.add(new int[] {at, end});
            }
            at = stop + 1;
        }
        return rows;
    }

    private boolean isAddress(String text) {
        if (text.length() < 2 || text.length() > 60) {
            return false;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return reads(cell, bytes, 0, bytes.length);
    }

    private boolean reads(LineReader reader, byte[] text, int from, int to) {
        if (tried.isFull()) {
            tried.build();
        }
        int before = tried.rows();
        return reader.read(text, from, to, tried) == SkipReason.NONE && tried.rows() > before;
    }

    private static String string(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    /** A number from 1, or 0 for what is none. */
    private static int number(String text) {
        return text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) : 0;
    }
}
