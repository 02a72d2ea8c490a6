package org.asntally.job.enrich;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.asntally.job.problem.Fault;
import org.asntally.sources.SkipReason;
import org.asntally.sources.text.LineFeed;
import org.jspecify.annotations.Nullable;

/**
 * Copies rows from a stream to another and adds columns to each. What came in goes out unchanged
 * and in its order; what is there goes out before more is waited for. Memory does not depend on the
 * length of the input.
 *
 * <p>Rows of more than {@link #LONGEST_ROW} bytes, blank ones, and what is no object among JSON
 * lines go out as they came; a row without a readable address gets columns that say so.
 */
public final class Enricher {

    /** Longer rows are passed on. */
    public static final int LONGEST_ROW = 1 << 20;

    private static final int BLOCK = 1 << 18;
    private static final int LARGEST = LONGEST_ROW + 2;
    private static final int HEAD = 1 << 16;

    private final Tables tables;
    private final RowListener listener;
    private final LayoutDetector detector;
    private final RowCounts counts = new RowCounts();

    // Rows that are not out yet are in text[from, filled).
    private byte[] text = new byte[BLOCK];
    private int from;
    private int filled;
    private boolean ended;
    private @Nullable IOException failure;

    private boolean titlesDue;
    private boolean quoted;
    private byte delimiter;

    /** In the middle of a row that is too long. */
    private boolean passing;

    private long line = 1;

    /**
     * @param name of the input, for messages
     */
    public Enricher(EnrichRequest request, Tables tables, String name, RowListener listener) {
        this.tables = tables;
        this.listener = listener;
        this.detector = new LayoutDetector(request, name);
    }

    /** What became of the rows so far. */
    public RowCounts counts() {
        return counts;
    }

    /** Why the input could not be read to its end, if it could not; what came before is out. */
    public @Nullable IOException failure() {
        return failure;
    }

    /**
     * Copies all of it; closes neither.
     *
     * @param live whether the input comes at a writer's pace, so that what its rows are is told as
     *     soon as can be; else from many of them
     * @throws IOException when the output cannot be written
     * @throws Fault when the rows are not what was asked for, or the listener ends it
     */
    public void copy(InputStream in, OutputStream out, boolean live) throws IOException, Fault {
        passMark(in, out);
        Layout layout = null;
        while (layout == null) {
            boolean last = ended || filled - from >= HEAD;
            layout = live || last ? detector.tell(text, from, filled, last, ended) : null;
            if (layout == null) {
                fill(in);
            }
        }
        listener.layout(layout.label());
        titlesDue = layout.header();
        quoted = layout.quoted();
        delimiter = layout.delimiter();
        RowBatch batch = new RowBatch(layout, tables, counts);
        RowEnds ends = new RowEnds(quoted, delimiter);
        while (true) {
            try {
                rows(batch, ends, out);
            } finally {
                batch.flush(out);
            }
            if (ended) {
                return;
            }
            fill(in);
        }
    }

    /** A byte order mark is part of no row. */
    private void passMark(InputStream in, OutputStream out) throws IOException {
        byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
        fill(in);
        while (!ended && filled < 3 && Arrays.equals(text, 0, filled, mark, 0, filled)) {
            fill(in);
        }
        if (filled >= 3 && Arrays.equals(text, 0, 3, mark, 0, 3)) {
            out.write(mark);
            from = 3;
        }
    }

    /** Reads on, once: as much as is there, or waits. */
    private void fill(InputStream in) {
        if (from > 0) {
            System.arraycopy(text, from, text, 0, filled - from);
            filled -= from;
            from = 0;
        }
        if (filled == text.length) {
            text = Arrays.copyOf(text, Math.min(2 * text.length, LARGEST));
        }
        try {
            int n = in.read(text, filled, text.length - filled);
            ended = n < 0;
            filled += Math.max(n, 0);
        } catch (IOException e) {
            failure = e;
            ended = true;
        } catch (RuntimeException e) {
            // Unpackers are not proof against hostile bytes.
            failure = new IOException("cannot be unpacked: " + e, e);
            ended = true;
        }
    }

    /** Writes all rows that are whole. */
    private void rows(RowBatch batch, RowEnds ends, OutputStream out) throws IOException, Fault {
        boolean more = true;
        while (more) {
            batch.begin(from);
            try {
                more = gather(batch, ends);
            } finally {
                // What was read before a fault is written before it is told.
                batch.write(text, out);
            }
        }
        int left = filled - from;
        if (left > LONGEST_ROW || (ended && left > 0)) {
            // The middle of a long row, or what was cut off.
            if (!passing && !ended) {
                counts.addRow();
                bad(SkipReason.TOO_LONG, from, filled);
            }
            passing = true;
            batch.add(text, from, filled, out);
            ends.dropped(left);
            from = filled;
        }
    }

    /** Takes rows into a batch; whether there may be more. */
    private boolean gather(RowBatch batch, RowEnds ends) throws Fault {
        while (!batch.isFull()) {
            int start = from;
            int feed = ends.find(text, start, filled);
            boolean last = feed < 0 && ended && failure == null && start < filled;
            if (feed < 0 && !last) {
                return false;
            }
            int stop = last ? filled : feed;
            int next = last ? filled : feed + 1;
            boolean open = last && ends.isOpen();
            from = next;
            if (passing) {
                passing = false;
                batch.pass(next);
            } else {
                row(batch, start, stop, next, open);
            }
            line += quoted ? feeds(start, next) : 1;
            if (last) {
                ends.begin();
            }
        }
        return true;
    }

    private void row(RowBatch batch, int start, int stop, int next, boolean open) throws Fault {
        counts.addRow();
        int end = stop > start && text[stop - 1] == '\r' ? stop - 1 : stop;
        if (stop - start > LONGEST_ROW || open) {
            batch.pass(next);
            bad(open ? SkipReason.BAD_SHAPE : SkipReason.TOO_LONG, start, end);
            return;
        }
        if (titlesDue && end > start) {
            titlesDue = false;
            titles(batch, start, end, next);
            return;
        }
        SkipReason reason = batch.read(text, start, end, next);
        if (batch.lastNames() > 0) {
            renamed(batch.lastNames());
        }
        if (reason == SkipReason.BLANK) {
            counts.addSkipped(reason);
        } else if (reason != SkipReason.NONE) {
            bad(reason, start, end);
        }
    }

    private void titles(RowBatch batch, int start, int end, int next) {
        AddedNames names = new AddedNames();
        for (String title : CsvRow.cells(text, start, end, delimiter, quoted)) {
            names.see(title);
        }
        int chosen = Math.max(0, names.code(false));
        renamed(chosen);
        batch.titles(end, next, chosen);
    }

    private void renamed(int chosen) {
        for (int i = 0; i < AddedNames.NAMES.size(); i++) {
            String name = AddedNames.name(i, chosen);
            if (!name.equals(AddedNames.NAMES.get(i)) && counts.addRenamed(i)) {
                listener.renamed(line, AddedNames.NAMES.get(i), name);
            }
        }
    }

    private void bad(SkipReason reason, int start, int end) throws Fault {
        counts.addSkipped(reason);
        listener.badRow(line, reason, text, start, end);
    }

    private int feeds(int start, int next) {
        int feeds = 0;
        int at = LineFeed.find(text, start, next);
        while (at < next) {
            feeds++;
            at = LineFeed.find(text, at + 1, next);
        }
        return feeds;
    }
}
