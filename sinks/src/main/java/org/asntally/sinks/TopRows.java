package org.asntally.sinks;

import org.jspecify.annotations.Nullable;

/**
 * Orders rows: highest value first, ties by lowest first position, then by key, so that the order
 * never depends on how rows came in.
 */
final class TopRows {

    private final TallyRows rows;
    private final long[] sums;
    private final double @Nullable [] values;

    TopRows(TallyRows rows, int measure) {
        this.rows = rows;
        this.sums = rows.sums[measure];
        this.values = rows.exacts[measure] == null ? null : values(rows, measure);
    }

    private static double[] values(TallyRows rows, int measure) {
        double[] values = new double[rows.size];
        for (int row = 0; row < values.length; row++) {
            values[row] = rows.value(row, measure);
        }
        return values;
    }

    /** Whether row a stands above row b. */
    private boolean above(int a, int b) {
        if (values == null) {
            if (sums[a] != sums[b]) {
                return sums[a] > sums[b];
            }
        } else if (values[a] != values[b]) {
            return values[a] > values[b];
        }
        if (rows.firsts[a] != rows.firsts[b]) {
            return rows.firsts[a] < rows.firsts[b];
        }
        int order = Long.compareUnsigned(rows.highs[a], rows.highs[b]);
        order = order != 0 ? order : Long.compareUnsigned(rows.lows[a], rows.lows[b]);
        order = order != 0 ? order : Integer.compare(rows.tags[a], rows.tags[b]);
        return (order != 0 ? order : Integer.compareUnsigned(rows.asns[a], rows.asns[b])) < 0;
    }

    /** The numbers of the first rows, in order. */
    int[] first(int count) {
        int size = Math.min(Math.max(0, count), rows.size);
        int[] heap = new int[size];
        if (size == 0) {
            return heap;
        }
        // The lowest of the chosen rows is at the root.
        for (int row = 0; row < size; row++) {
            heap[row] = row;
        }
        for (int at = size / 2 - 1; at >= 0; at--) {
            sink(heap, at, size);
        }
        for (int row = size; row < rows.size; row++) {
            if (above(row, heap[0])) {
                heap[0] = row;
                sink(heap, 0, size);
            }
        }
        for (int end = size - 1; end > 0; end--) {
            int lowest = heap[0];
            heap[0] = heap[end];
            heap[end] = lowest;
            sink(heap, 0, end);
        }
        return heap;
    }

    private void sink(int[] heap, int start, int size) {
        int row = heap[start];
        int at = start;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && above(heap[child], heap[child + 1])) {
                child++;
            }
            if (!above(row, heap[child])) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = row;
    }
}
