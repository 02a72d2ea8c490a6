package org.asntally.job.enrich;

import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import org.asntally.job.problem.Fault;
import org.asntally.lookup.rib.Rib;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * Some thousand rows that lie one behind the other in an array: their addresses are read one by
 * one, looked up together, and then the rows go out with what is added to each.
 */
final class RowBatch {

    private static final int ROWS = FlowBatchBuilder.CAPACITY;
    private static final int OUT = 1 << 17;

    /** So many lookups are a reason to have the table's index where it is faster. */
    private static final long MANY = 500_000;

    private static final byte PASSED = 0;
    private static final byte LOOKED_UP = 1;
    private static final byte UNREAD = 2;
    private static final byte TITLES = 3;

    private final Layout layout;
    private final Tables tables;
    private final RowCounts counts;
    private final @Nullable JsonRow json;

    private int count;
    private int start;
    private final int[] inserts = new int[ROWS];
    private final int[] nexts = new int[ROWS];
    private final byte[] kinds = new byte[ROWS];
    private final int[] names = new int[ROWS];

    private final FlowBatchBuilder flows;
    private final long[] families = new long[ROWS / 64];
    private final int[] v4 = new int[ROWS];
    private final long[] high = new long[ROWS];
    private final long[] low = new long[ROWS];
    private final int[] routes4 = new int[ROWS];
    private final int[] routes6 = new int[ROWS];
    private final long[] times = new long[ROWS];

    private final @Nullable AddedColumns[] added;
    private final byte[] unread;
    private int titleNames;
    private long lookedUp;

    private final byte[] out = new byte[OUT];
    private int written;

    RowBatch(Layout layout, Tables tables, RowCounts counts) {
        this.layout = layout;
        this.tables = tables;
        this.counts = counts;
        this.json = layout.reader() instanceof JsonRow row ? row : null;
        this.added = new AddedColumns[tables.size()];
        this.unread = AddedColumns.unread(layout, 0);
        this.flows =
                new FlowBatchBuilder(
                        tables.size() > 1
                                ? EnumSet.of(FlowColumn.SOURCE, FlowColumn.TIME)
                                : EnumSet.of(FlowColumn.SOURCE));
    }

    boolean isFull() {
        return count == ROWS;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The next batch begins at this place of the array. */
    void begin(int at) {
        count = 0;
        start = at;
        flows.startsAt(at);
    }

    /** A row, up to {@code next}, that goes out as it came. */
    void pass(int next) {
        nexts[count] = next;
        kinds[count++] = PASSED;
    }

    /** The row with the titles of columns; {@code end} is where its text ends. */
    void titles(int end, int next, int chosenNames) {
        inserts[count] = end;
        nexts[count] = next;
        titleNames = chosenNames;
        kinds[count++] = TITLES;
    }

    /**
     * Reads a row, the text of which is {@code text[from, end)}.
     *
     * @return why it has no network; {@link SkipReason#NONE} when it is to be looked up
     */
    SkipReason read(byte[] text, int from, int end, int next) {
        int before = flows.rows();
        SkipReason reason = layout.reader().read(text, from, end, flows);
        if (reason == SkipReason.NONE && flows.rows() == before) {
            // It goes with its neighbours, and has nothing of its own.
            reason = SkipReason.BLANK;
        }
        boolean passed =
                reason == SkipReason.BLANK || (json != null && reason == SkipReason.BAD_SHAPE);
        nexts[count] = next;
        inserts[count] = json == null || passed ? end : json.insertAt();
        names[count] = json == null || passed ? 0 : json.names();
        kinds[count] = passed ? PASSED : reason == SkipReason.NONE ? LOOKED_UP : UNREAD;
        count++;
        return reason;
    }

    /** What names the row that was read last gives to the added columns. */
    int lastNames() {
        return names[count - 1];
    }

    /** Looks up and writes all rows; {@link #flush} sends the rest. */
    void write(byte[] text, OutputStream to) throws IOException, Fault {
        FlowBatch batch = flows.build();
        lookUp(batch);
        boolean timed = tables.size() > 1;
        int at = start;
        int flow = 0;
        int at4 = 0;
        int at6 = 0;
        for (int i = 0; i < count; i++) {
            int insert = inserts[i];
            switch (kinds[i]) {
                case PASSED -> {
                    insert = nexts[i];
                }
                case LOOKED_UP -> {
                    boolean v6 = (families[flow >>> 6] >>> flow & 1) != 0;
                    AddedColumns columns;
                    int route;
                    if (timed) {
                        int place = tables.at(times[flow]);
                        if (tables.isBeforeFirst(times[flow])) {
                            counts.addBeforeFirst();
                        }
                        columns = columns(place);
                        route =
                                v6
                                        ? columns.rib().route6(high[at6], low[at6])
                                        : columns.rib().route4(v4[at4]);
                    } else {
                        columns = columns(0);
                        route = v6 ? routes6[at6] : routes4[at4];
                    }
                    at6 += v6 ? 1 : 0;
                    at4 += v6 ? 0 : 1;
                    flow++;
                    if (route == Rib.UNROUTED) {
                        counts.addUnrouted();
                    } else {
                        counts.addRouted();
                    }
                    add(text, at, insert, to);
                    byte[] more = columns.of(route, names[i]);
                    add(more, 0, more.length, to);
                }
                case UNREAD -> {
                    add(text, at, insert, to);
                    byte[] more = names[i] == 0 ? unread : AddedColumns.unread(layout, names[i]);
                    add(more, 0, more.length, to);
                }
                default -> {
                    add(text, at, insert, to);
                    byte[] more = AddedColumns.titles(layout, titleNames);
                    add(more, 0, more.length, to);
                }
            }
            if (kinds[i] == PASSED) {
                add(text, at, insert, to);
            } else {
                add(text, insert, nexts[i], to);
            }
            at = nexts[i];
        }
        begin(at);
    }

    private void lookUp(FlowBatch batch) throws Fault {
        int rows = batch.rows();
        if (rows == 0) {
            return;
        }
        batch.families(FlowColumn.SOURCE, families);
        int count4 = batch.v4Count(FlowColumn.SOURCE);
        batch.v4(FlowColumn.SOURCE, v4, count4);
        batch.v6(FlowColumn.SOURCE, count4, high, low);
        if (tables.size() > 1) {
            batch.longs(FlowColumn.TIME, times);
            return;
        }
        Rib rib = columns(0).rib();
        rib.routes4(v4, count4, routes4);
        rib.routes6(high, low, rows - count4, routes6);
        long before = lookedUp;
        lookedUp += rows;
        if (before < MANY && lookedUp >= MANY) {
            rib.expectLookups(Long.MAX_VALUE);
        }
    }

    private AddedColumns columns(int place) throws Fault {
        AddedColumns columns = added[place];
        if (columns == null) {
            columns = new AddedColumns(layout, tables.table(place));
            added[place] = columns;
        }
        return columns;
    }

    /** Writes bytes; what is larger than the buffer goes around it. */
    void add(byte[] bytes, int from, int to, OutputStream stream) throws IOException {
        int length = to - from;
        if (length > OUT - written) {
            flush(stream);
            if (length > OUT) {
                stream.write(bytes, from, length);
                return;
            }
        }
        System.arraycopy(bytes, from, out, written, length);
        written += length;
    }

    /** Sends what is written. */
    void flush(OutputStream stream) throws IOException {
        int length = written;
        written = 0;
        stream.write(out, 0, length);
        stream.flush();
    }
}
