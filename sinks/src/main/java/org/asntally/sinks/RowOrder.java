package org.asntally.sinks;

/**
 * The order of rows in a report: highest value first, ties by lowest first position, then by key,
 * so that it never depends on how rows came in.
 */
final class RowOrder {

    private RowOrder() {}

    /** Whether row {@code a} stands above row {@code b} of the same value. */
    static boolean firstOfEqual(TallyRows rowsA, int a, TallyRows rowsB, int b) {
        if (rowsA.firsts[a] != rowsB.firsts[b]) {
            return rowsA.firsts[a] < rowsB.firsts[b];
        }
        int order = Long.compareUnsigned(rowsA.highs[a], rowsB.highs[b]);
        order = order != 0 ? order : Long.compareUnsigned(rowsA.lows[a], rowsB.lows[b]);
        order = order != 0 ? order : Integer.compare(rowsA.tags[a], rowsB.tags[b]);
        order = order != 0 ? order : Integer.compareUnsigned(rowsA.asns[a], rowsB.asns[b]);
        return order < 0;
    }
}
