package org.asntally.sinks;

import org.jspecify.annotations.Nullable;

/** Chooses the first rows of a table, in {@link RowOrder}. */
final class TopRows {

    private final KeyedRows rows;
    private final int measure;
    // Of measures with fractions only: whole numbers are compared as such.
    private final double @Nullable [] values;

    TopRows(KeyedRows rows, int measure) {
        this.rows = rows;
        this.measure = measure;
        this.values = values(rows, measure);
    }

    private static double @Nullable [] values(KeyedRows rows, int measure) {
        boolean whole = true;
        for (TallyRows page : rows.pages()) {
            whole &= page.exacts[measure] == null;
        }
        if (whole) {
            return null;
        }
        double[] values = new double[rows.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = rows.page(row).value(KeyedRows.at(row), measure);
        }
        return values;
    }

    /** Whether row a stands above row b. */
    private boolean above(int a, int b) {
        TallyRows pageA = rows.page(a);
        TallyRows pageB = rows.page(b);
        int atA = KeyedRows.at(a);
        int atB = KeyedRows.at(b);
        if (values == null) {
            long sumA = pageA.sums[measure][atA];
            long sumB = pageB.sums[measure][atB];
            if (sumA != sumB) {
                return sumA > sumB;
            }
        } else if (values[a] != values[b]) {
            return values[a] > values[b];
        }
        return RowOrder.firstOfEqual(pageA, atA, pageB, atB);
    }

    /** The numbers of the first rows, in order. */
    int[] first(int count) {
        int size = Math.min(Math.max(0, count), rows.size());
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
        for (int row = size; row < rows.size(); row++) {
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
