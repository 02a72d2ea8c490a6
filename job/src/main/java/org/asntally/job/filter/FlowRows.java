package org.asntally.job.filter;

import java.util.Arrays;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/**
 * The batch that is looked at, and all memory that looking needs: columns are unpacked once per
 * batch, however many terms ask for them. One thread.
 */
final class FlowRows {

    static final int WORDS = FlowBatchBuilder.CAPACITY / 64;

    private static final FlowColumn[] COLUMNS = FlowColumn.values();

    /** The addresses of a column: those of IPv4 in the order of their rows, then those of IPv6. */
    static final class Addresses {
        final int[] v4 = new int[FlowBatchBuilder.CAPACITY];
        final long[] high = new long[FlowBatchBuilder.CAPACITY];
        final long[] low = new long[FlowBatchBuilder.CAPACITY];
        final long[] families = new long[WORDS];
        int count4;
    }

    private FlowBatch flows;
    private @Nullable Rib rib;
    private int @Nullable [] sourceRoutes;
    private int @Nullable [] destinationRoutes;
    private byte[] source = new byte[0];
    private int rows;
    private final boolean[] loaded = new boolean[COLUMNS.length];
    private final long[] @Nullable [] numbers = new long[COLUMNS.length][];
    private final @Nullable Addresses[] addresses = new Addresses[COLUMNS.length];
    private final int[] @Nullable [] texts = new int[COLUMNS.length][];
    private final long[][] spare;
    private final byte[][] answers;
    private @Nullable Rib answeredOf;

    /**
     * Room for a tree.
     *
     * @param depth of the tree
     * @param memories how many of its leaves remember answers by route
     */
    FlowRows(FlowBatch none, int depth, int memories) {
        flows = none;
        spare = new long[depth + 1][WORDS];
        answers = new byte[memories][0];
    }

    void look(
            FlowBatch batch,
            @Nullable Rib table,
            int @Nullable [] routesOfSource,
            int @Nullable [] routesOfDestination,
            byte[] sourceName) {
        flows = batch;
        rib = table;
        sourceRoutes = routesOfSource;
        destinationRoutes = routesOfDestination;
        source = sourceName;
        rows = batch.rows();
        Arrays.fill(loaded, false);
        if (table != answeredOf) {
            answeredOf = table;
            Arrays.fill(answers, new byte[0]);
        }
    }

    FlowBatch flows() {
        return flows;
    }

    int rows() {
        return rows;
    }

    int words() {
        return (rows + 63) >>> 6;
    }

    /** The name of the input, UTF-8. */
    byte[] source() {
        return source;
    }

    /** Memory for the bits of a part of the tree at this depth. */
    long[] spare(int depth) {
        return spare[depth];
    }

    /** All rows, or none. */
    void fill(boolean all, long[] into) {
        Arrays.fill(into, 0, words(), all ? -1L : 0L);
        if (all && (rows & 63) != 0) {
            into[words() - 1] = (1L << rows) - 1;
        }
    }

    private boolean isNew(FlowColumn column) {
        boolean fresh = !loaded[column.ordinal()];
        loaded[column.ordinal()] = true;
        return fresh;
    }

    /** A column of whole numbers that the batch has. */
    long[] numbers(FlowColumn column) {
        long[] known = numbers[column.ordinal()];
        if (known == null) {
            known = new long[FlowBatchBuilder.CAPACITY];
            numbers[column.ordinal()] = known;
        }
        if (isNew(column)) {
            flows.longs(column, known);
        }
        return known;
    }

    /** A column of addresses that the batch has. */
    Addresses addresses(FlowColumn column) {
        Addresses known = addresses[column.ordinal()];
        if (known == null) {
            known = new Addresses();
            addresses[column.ordinal()] = known;
        }
        if (isNew(column)) {
            known.count4 = flows.v4Count(column);
            flows.v4(column, known.v4, known.count4);
            flows.v6(column, known.count4, known.high, known.low);
            flows.families(column, known.families);
        }
        return known;
    }

    /** The number of each row's text. */
    int[] texts(FlowColumn column) {
        int[] known = texts[column.ordinal()];
        if (known == null) {
            known = new int[FlowBatchBuilder.CAPACITY];
            texts[column.ordinal()] = known;
        }
        if (isNew(column)) {
            flows.textOfRows(column, known);
        }
        return known;
    }

    /** The table, null when the batch has none. */
    @Nullable Rib rib() {
        return rib;
    }

    /** Each row's route, null when the side was not attributed. */
    int @Nullable [] routes(Side side) {
        return side == Side.SOURCE ? sourceRoutes : destinationRoutes;
    }

    /** What a leaf remembers of the table's routes, by route + 1; 0 is not asked yet. */
    byte[] answers(int memory, Rib of) {
        byte[] known = answers[memory];
        if (known.length == 0) {
            known = new byte[of.routes() + 1];
            answers[memory] = known;
        }
        return known;
    }
}
