package org.asntally.sources;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gathers flows and skips until they leave as a {@link FlowBatch}. Reused from batch to batch; one
 * thread.
 *
 * <p>A reader sets what it found of a flow and ends it with {@link #endFlow}; what was set of a
 * flow that is not ended does not count. Setters of columns that nobody asked for are cheap and
 * leave no trace.
 */
public final class FlowBatchBuilder {

    /** As many flows as one batch holds. */
    public static final int CAPACITY = 4096;

    private final Addresses source;
    private final Addresses destination;
    private final Numbers time;
    private final Numbers packets;
    private final Numbers bytes;
    private final boolean wantsWeight;
    private final double[] weights;
    private double weight;
    private boolean fractional;
    private final @Nullable Numbers[] numbers = new Numbers[FlowColumn.values().length];
    private final @Nullable Texts[] texts = new Texts[FlowColumn.values().length];
    private final Addresses exporter;
    private final Numbers[] moreNumbers;
    private final Texts[] moreTexts;
    private final long[] skips = new long[SkipReason.values().length];
    private boolean anySkip;
    private boolean fullOfText;
    private long firstPosition;
    private long readingMillis;
    private int rows;
    private int limit = CAPACITY;

    /** A builder of batches that have these columns. */
    public FlowBatchBuilder(Set<FlowColumn> columns) {
        source = new Addresses(columns.contains(FlowColumn.SOURCE));
        destination = new Addresses(columns.contains(FlowColumn.DESTINATION));
        time = new Numbers(columns.contains(FlowColumn.TIME));
        packets = new Numbers(columns.contains(FlowColumn.PACKETS));
        bytes = new Numbers(columns.contains(FlowColumn.BYTES));
        wantsWeight = columns.contains(FlowColumn.WEIGHT);
        weights = new double[wantsWeight ? CAPACITY : 0];
        exporter = new Addresses(columns.contains(FlowColumn.EXPORTER));
        List<Numbers> ofNumbers = new ArrayList<>();
        List<Texts> ofTexts = new ArrayList<>();
        for (FlowColumn column : columns) {
            if (column.isText()) {
                Texts wanted = new Texts();
                texts[column.ordinal()] = wanted;
                ofTexts.add(wanted);
            } else if (column.ordinal() > FlowColumn.WEIGHT.ordinal()
                    && column != FlowColumn.EXPORTER) {
                Numbers wanted = new Numbers(true);
                numbers[column.ordinal()] = wanted;
                ofNumbers.add(wanted);
            }
        }
        numbers[FlowColumn.TIME.ordinal()] = time;
        numbers[FlowColumn.PACKETS.ordinal()] = packets;
        numbers[FlowColumn.BYTES.ordinal()] = bytes;
        moreNumbers = ofNumbers.toArray(new Numbers[0]);
        moreTexts = ofTexts.toArray(new Texts[0]);
    }

    /** Whether the column is asked for: a reader need not look for what nobody wants. */
    public boolean wants(FlowColumn column) {
        return switch (column) {
            case SOURCE -> source.wanted;
            case DESTINATION -> destination.wanted;
            case EXPORTER -> exporter.wanted;
            case WEIGHT -> wantsWeight;
            default -> {
                Numbers of = numbers[column.ordinal()];
                yield of != null ? of.wanted : texts[column.ordinal()] != null;
            }
        };
    }

    /**
     * The position of the first row, told once per batch before its first flow. Flows without a
     * time of their own get this moment.
     */
    public void startsAt(long position) {
        firstPosition = position;
        if (time.wanted) {
            readingMillis = System.currentTimeMillis();
            time.pending = readingMillis;
        }
    }

    /** The flow's source address, as {@code Address} has it. */
    public void source4(int address) {
        source.set4(address);
    }

    /** The flow's source address, as {@code Address} has it. */
    public void source6(long high, long low) {
        source.set6(high, low);
    }

    /** The flow's destination address. */
    public void destination4(int address) {
        destination.set4(address);
    }

    /** The flow's destination address. */
    public void destination6(long high, long low) {
        destination.set6(high, low);
    }

    /** Event time, milliseconds since 1970-01-01 UTC. */
    public void time(long millis) {
        time.pending = millis;
    }

    /**
     * The input tells no time of this flow: it belongs to the moment at which the batch was begun.
     */
    public void timeOfReading() {
        time.pending = readingMillis;
    }

    /** The time that the next flow has: what was set last. */
    public long timeMillis() {
        return time.pending;
    }

    /** Packets, unscaled. */
    public void packets(long count) {
        packets.pending = count;
    }

    /** Bytes, unscaled. */
    public void bytes(long count) {
        bytes.pending = count;
    }

    /** The number of the user's choice; finite. */
    public void weight(double number) {
        weight = number;
    }

    /** The exporter's address. */
    public void exporter4(int address) {
        exporter.set4(address);
    }

    /** The exporter's address. */
    public void exporter6(long high, long low) {
        exporter.set6(high, low);
    }

    /**
     * Any column of whole numbers. What is set stays for the flows that follow, so what holds for
     * all flows of a datagram or of a file is set once.
     */
    public void number(FlowColumn column, long value) {
        Numbers of = numbers[column.ordinal()];
        if (of != null) {
            of.pending = value;
        }
    }

    /**
     * A text of this flow, {@code text[from, to)}, which must stay as it is until {@link #endFlow};
     * a flow without one has an empty text.
     */
    public void text(FlowColumn column, byte[] text, int from, int to) {
        Texts of = texts[column.ordinal()];
        if (of != null) {
            of.set(text, from, to);
        }
    }

    /** The flow is whole. */
    public void endFlow() {
        int row = rows;
        if (source.wanted) {
            source.end(row);
        }
        if (destination.wanted) {
            destination.end(row);
        }
        if (time.wanted) {
            time.end(row);
        }
        if (packets.wanted) {
            packets.end(row);
        }
        if (bytes.wanted) {
            bytes.end(row);
        }
        if (wantsWeight) {
            weights[row] = weight;
            fractional |= weight != Math.rint(weight) || Math.abs(weight) > 1L << 53;
        }
        if (exporter.wanted) {
            exporter.end(row);
        }
        for (Numbers more : moreNumbers) {
            more.end(row);
        }
        for (Texts more : moreTexts) {
            more.end(row);
            fullOfText |= more.isFull();
        }
        rows = row + 1;
    }

    /** Counts something that gave no flow. */
    public void skip(SkipReason reason) {
        skip(reason, 1);
    }

    /** As many times. */
    public void skip(SkipReason reason, long count) {
        skips[reason.ordinal()] += count;
        anySkip = true;
    }

    /** How often this was counted since the batch before; it is not told any more. */
    public long take(SkipReason reason) {
        long count = skips[reason.ordinal()];
        if (count != 0) {
            skips[reason.ordinal()] = 0;
            anySkip = false;
            for (long other : skips) {
                anySkip |= other != 0;
            }
        }
        return count;
    }

    /** Flows so far. */
    public int rows() {
        return rows;
    }

    /** Whether the batch has to leave before the next flow. */
    public boolean isFull() {
        return rows >= limit || fullOfText;
    }

    /** From now on it is full when it has not room for as many flows at once. */
    public void reserve(int flows) {
        limit = CAPACITY - flows + 1;
    }

    /** What was set for flows of one input says nothing of those of the next. */
    public void forget() {
        limit = CAPACITY;
        for (Numbers of : numbers) {
            if (of != null) {
                of.pending = 0;
            }
        }
        source.set4(0);
        destination.set4(0);
        exporter.set4(0);
        weight = 0;
        time.pending = readingMillis;
    }

    /** Whether there is nothing to tell. */
    public boolean isEmpty() {
        return rows == 0 && !anySkip;
    }

    /** The batch; this builder begins anew. */
    public FlowBatch build() {
        EnumSet<FlowColumn> present = EnumSet.noneOf(FlowColumn.class);
        for (FlowColumn column : FlowColumn.values()) {
            if (wants(column)) {
                present.add(column);
            }
        }
        int told = 0;
        for (long count : skips) {
            told += count == 0 ? 0 : 1;
        }
        int data = FlowBatch.HEADER + FlowBatch.ENTRY * (told + present.size());
        int length = data;
        for (FlowColumn column : present) {
            length += length(column);
        }
        byte[] out = new byte[length];
        FlowBatch.SHORT.set(out, 0, (short) FlowBatch.VERSION);
        FlowBatch.SHORT.set(out, 2, (short) present.size());
        FlowBatch.INT.set(out, 4, rows);
        FlowBatch.LONG.set(out, 8, firstPosition);
        FlowBatch.INT.set(out, 16, told);
        int at = FlowBatch.HEADER;
        for (int code = 0; code < skips.length; code++) {
            if (skips[code] != 0) {
                FlowBatch.INT.set(out, at, code);
                FlowBatch.LONG.set(out, at + 4, skips[code]);
                at += FlowBatch.ENTRY;
            }
        }
        for (FlowColumn column : present) {
            int size = length(column);
            FlowBatch.SHORT.set(out, at, (short) column.id());
            FlowBatch.SHORT.set(out, at + 2, encoding(column));
            FlowBatch.INT.set(out, at + 4, data);
            FlowBatch.INT.set(out, at + 8, size);
            write(column, out, data);
            at += FlowBatch.ENTRY;
            data += size;
        }
        reset();
        return FlowBatch.of(out);
    }

    private void reset() {
        rows = 0;
        source.reset();
        destination.reset();
        time.reset();
        packets.reset();
        bytes.reset();
        exporter.reset();
        for (Numbers more : moreNumbers) {
            more.reset();
        }
        for (Texts more : moreTexts) {
            more.reset();
        }
        fractional = false;
        fullOfText = false;
        if (anySkip) {
            Arrays.fill(skips, 0);
            anySkip = false;
        }
    }

    private Numbers numbers(FlowColumn column) {
        return Objects.requireNonNull(numbers[column.ordinal()], column::name);
    }

    private Texts texts(FlowColumn column) {
        return Objects.requireNonNull(texts[column.ordinal()], column::name);
    }

    private Addresses addresses(FlowColumn column) {
        return switch (column) {
            case SOURCE -> source;
            case DESTINATION -> destination;
            default -> exporter;
        };
    }

    private int length(FlowColumn column) {
        return switch (column) {
            case SOURCE, DESTINATION, EXPORTER -> addresses(column).length(rows);
            case WEIGHT -> 8 * rows;
            default -> column.isText() ? texts(column).length(rows) : numbers(column).length(rows);
        };
    }

    private short encoding(FlowColumn column) {
        return switch (column) {
            case SOURCE, DESTINATION, EXPORTER -> FlowBatch.ADDRESSES;
            case WEIGHT -> fractional ? FlowBatch.DOUBLES : FlowBatch.LONGS;
            default -> column.isText() ? FlowBatch.TEXTS : numbers(column).encoding();
        };
    }

    private void write(FlowColumn column, byte[] out, int at) {
        switch (column) {
            case SOURCE, DESTINATION, EXPORTER -> addresses(column).write(out, at, rows);
            case WEIGHT -> writeWeights(out, at);
            default -> {
                if (column.isText()) {
                    texts(column).write(out, at, rows);
                } else {
                    numbers(column).write(out, at, rows);
                }
            }
        }
    }

    private void writeWeights(byte[] out, int at) {
        if (fractional) {
            FlowBatch.buffer(out, at).asDoubleBuffer().put(weights, 0, rows);
            return;
        }
        for (int i = 0; i < rows; i++) {
            FlowBatch.LONG.set(out, at + 8 * i, (long) weights[i]);
        }
    }

    /** A column of whole numbers; narrow or constant where the values allow it. */
    private static final class Numbers {
        private final boolean wanted;
        private final long[] values;
        private long pending;
        private boolean constant = true;
        private boolean narrow = true;

        Numbers(boolean wanted) {
            this.wanted = wanted;
            this.values = new long[wanted ? CAPACITY : 0];
        }

        void end(int row) {
            long value = pending;
            values[row] = value;
            constant &= value == values[0];
            narrow &= value == (int) value;
        }

        short encoding() {
            return constant ? FlowBatch.CONSTANT : narrow ? FlowBatch.INTS : FlowBatch.LONGS;
        }

        int length(int rows) {
            return constant ? 8 : (narrow ? 4 : 8) * rows;
        }

        void write(byte[] out, int at, int rows) {
            if (constant) {
                FlowBatch.LONG.set(out, at, rows == 0 ? 0 : values[0]);
            } else if (narrow) {
                for (int i = 0; i < rows; i++) {
                    FlowBatch.INT.set(out, at + 4 * i, (int) values[i]);
                }
            } else {
                FlowBatch.buffer(out, at).asLongBuffer().put(values, 0, rows);
            }
        }

        void reset() {
            constant = true;
            narrow = true;
        }
    }

    /** A column of addresses of both families. */
    private static final class Addresses {
        private final boolean wanted;
        private final long[] families;
        private final int[] v4;
        private final long[] high;
        private final long[] low;
        private int v4Count;
        private int v6Count;
        private boolean pendingV6;
        private int pending4;
        private long pendingHigh;
        private long pendingLow;

        Addresses(boolean wanted) {
            this.wanted = wanted;
            int size = wanted ? CAPACITY : 0;
            families = new long[(size + 63) >>> 6];
            v4 = new int[size];
            high = new long[size];
            low = new long[size];
        }

        void set4(int address) {
            pending4 = address;
            pendingV6 = false;
        }

        void set6(long high, long low) {
            pendingHigh = high;
            pendingLow = low;
            pendingV6 = true;
        }

        void end(int row) {
            if (pendingV6) {
                high[v6Count] = pendingHigh;
                low[v6Count++] = pendingLow;
                families[row >>> 6] |= 1L << row;
            } else {
                v4[v4Count++] = pending4;
            }
        }

        int length(int rows) {
            int mixed = v4Count > 0 && v6Count > 0 ? 8 * ((rows + 63) >>> 6) : 0;
            return 1 + mixed + 4 * v4Count + 16 * v6Count;
        }

        void write(byte[] out, int at, int rows) {
            boolean mixed = v4Count > 0 && v6Count > 0;
            out[at++] = (byte) (mixed ? 0 : v6Count > 0 ? 6 : 4);
            if (mixed) {
                int words = (rows + 63) >>> 6;
                FlowBatch.buffer(out, at).asLongBuffer().put(families, 0, words);
                at += 8 * words;
            }
            FlowBatch.buffer(out, at).asIntBuffer().put(v4, 0, v4Count);
            at += 4 * v4Count;
            for (int i = 0; i < v6Count; i++, at += 16) {
                FlowBatch.LONG.set(out, at, high[i]);
                FlowBatch.LONG.set(out, at + 8, low[i]);
            }
        }

        void reset() {
            if (v6Count > 0) {
                Arrays.fill(families, 0);
            }
            v4Count = 0;
            v6Count = 0;
        }
    }
}
