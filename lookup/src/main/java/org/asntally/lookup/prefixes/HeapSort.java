package org.asntally.lookup.prefixes;

/** Sorts rows that lie in several arrays: in place, in n log n whatever the order; not stable. */
final class HeapSort {

    /** Rows by their index. */
    interface Rows {
        boolean before(int a, int b);

        void swap(int a, int b);
    }

    private HeapSort() {}

    static void sort(int count, Rows rows) {
        for (int root = count / 2 - 1; root >= 0; root--) {
            sink(root, count, rows);
        }
        for (int end = count - 1; end > 0; end--) {
            rows.swap(0, end);
            sink(0, end, rows);
        }
    }

    private static void sink(int from, int end, Rows rows) {
        int root = from;
        while (2 * root + 1 < end) {
            int child = 2 * root + 1;
            if (child + 1 < end && rows.before(child, child + 1)) {
                child++;
            }
            if (!rows.before(root, child)) {
                return;
            }
            rows.swap(root, child);
            root = child;
        }
    }
}
