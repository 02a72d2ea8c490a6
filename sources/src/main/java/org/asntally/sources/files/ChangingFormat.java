package org.asntally.sources.files;

import java.util.Arrays;
import java.util.Set;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.text.BadLines;
import org.asntally.sources.text.LineFeed;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LineReader;
import org.asntally.sources.text.ReaderOptions;

/**
 * A format that was told, not given: when it changes in the middle of an input (another log format
 * was configured), it is told again. That is so when {@value #MISSES} lines in a row cannot be
 * read, another format is told from there on that reads most of them, and it knows all that is
 * wanted. Nothing is lost by it: these lines are read in the new format.
 *
 * @param format as the beginning has it
 * @param teller tells the one that follows
 */
public record ChangingFormat(LineFormat format, FormatTeller teller) implements LineFormat {

    private static final long serialVersionUID = 1;

    /** So many lines that cannot be read make it worth to look for another format. */
    static final int MISSES = 8;

    private static final int READ_THEN = 6;

    /** So many bad lines later it is looked for again, where none was found. */
    private static final int PATIENCE = 64;

    @Override
    public LineReader open(ReaderOptions options) {
        return new Lines(format, teller, options);
    }

    @Override
    public String label() {
        return format.label();
    }

    @Override
    public boolean provides(FlowColumn column) {
        return format.provides(column);
    }

    @Override
    public boolean hasField(String name) {
        return format.hasField(name);
    }

    @Override
    public boolean divisible() {
        return format.divisible();
    }

    private static final class Lines implements LineReader, BadLines {
        private final FormatTeller teller;
        private final ReaderOptions options;
        private final FlowBatchBuilder tried = new FlowBatchBuilder(Set.of(FlowColumn.SOURCE));
        private LineFormat format;
        private LineReader reader;
        private LineReader probe;
        private BadLines listener = BadLines.UNHEARD;
        private FlowBatchBuilder flows;
        private boolean changed;
        private int patience;

        Lines(LineFormat format, FormatTeller teller, ReaderOptions options) {
            this.teller = teller;
            this.options = options;
            this.format = format;
            this.reader = format.open(options);
            this.probe = format.open(options);
            this.flows = tried;
        }

        @Override
        public SkipReason read(byte[] text, int from, int to, FlowBatchBuilder into) {
            return reader.read(text, from, to, into);
        }

        @Override
        public int readBlock(
                byte[] text, int from, int to, FlowBatchBuilder into, BadLines badLines) {
            listener = badLines;
            flows = into;
            int at = from;
            do {
                changed = false;
                at = reader.readBlock(text, at, to, into, this);
            } while (changed && at < to && !into.isFull());
            return at;
        }

        @Override
        public void badLine(SkipReason reason, byte[] text, int from, int to) {
            patience--;
            listener.badLine(reason, text, from, to);
        }

        @Override
        public boolean endsFormat(byte[] text, int from, int to) {
            if (patience > 0) {
                return false;
            }
            int end = missedTo(text, from, to);
            if (end < 0) {
                return false;
            }
            byte[] head = Arrays.copyOfRange(text, from, end);
            if (teller.tell(head, head.length, true) instanceof LineFormat other
                    && !other.equals(format)
                    && suits(other)
                    && count(other.open(options), text, from, end) >= READ_THEN) {
                format = other;
                reader = other.open(options);
                probe = other.open(options);
                changed = true;
                listener.otherFormat(other);
                return true;
            }
            patience = PATIENCE;
            return false;
        }

        /** Where the lines end that all were missed; -1 when they were not, or are too few. */
        private int missedTo(byte[] text, int from, int to) {
            int at = from;
            for (int lines = 0; lines < MISSES; lines++) {
                int end = LineFeed.find(text, at, to);
                if (end == to || (lines > 0 && reads(probe, text, at, end))) {
                    return -1;
                }
                at = end + 1;
            }
            return at;
        }

        private int count(LineReader other, byte[] text, int from, int to) {
            int count = 0;
            for (int at = from; at < to; ) {
                int end = LineFeed.find(text, at, to);
                count += reads(other, text, at, end) ? 1 : 0;
                at = end + 1;
            }
            return count;
        }

        private boolean reads(LineReader by, byte[] text, int from, int to) {
            if (tried.isFull()) {
                tried.build();
            }
            return by.read(text, from, to, tried) == SkipReason.NONE;
        }

        private boolean suits(LineFormat other) {
            for (FlowColumn column : FlowColumn.values()) {
                if (flows.wants(column) && format.provides(column) && !other.provides(column)) {
                    return false;
                }
            }
            return true;
        }
    }
}
