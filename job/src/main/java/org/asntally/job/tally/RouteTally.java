package org.asntally.job.tally;

import java.util.Arrays;
import org.asntally.sinks.ExactSum;
import org.jspecify.annotations.Nullable;

/**
 * Sums by route, in the order of first sight: one window, one version of the table, one side. One
 * thread.
 *
 * <p>The lowest input position of each route is kept, whatever the order in which inputs are read.
 */
final class RouteTally {

    private final RouteSlots slots;
    private int[] routes = new int[64];
    private long[] firsts = new long[64];
    private final long[][] sums;
    private final @Nullable ExactSum[] @Nullable [] exacts;
    private long latestPosition = Long.MIN_VALUE;

    RouteTally(int routes, int measures, int generosity) {
        this.slots = new RouteSlots(routes, generosity);
        this.sums = new long[measures][64];
        this.exacts = new ExactSum[measures][];
    }

    int size() {
        return slots.size();
    }

    int route(int slot) {
        return routes[slot];
    }

    long first(int slot) {
        return firsts[slot];
    }

    long sum(int slot, int measure) {
        return sums[measure][slot];
    }

    @Nullable ExactSum exact(int slot, int measure) {
        @Nullable ExactSum[] column = exacts[measure];
        return column == null ? null : column[slot];
    }

    /** Counts one hit for each row, in the first measure: the way of every plain count. */
    void hits(int[] routeOfRow, int rows, long firstPosition) {
        boolean inOrder = firstPosition > latestPosition;
        long[] hits = sums[0];
        for (int row = 0; row < rows; row++) {
            int slot = slots.slot(routeOfRow[row]);
            if (slot < 0) {
                slot = ~slot;
                place(slot, routeOfRow[row], firstPosition + row);
                hits = sums[0];
            } else if (!inOrder) {
                firsts[slot] = Math.min(firsts[slot], firstPosition + row);
            }
            hits[slot]++;
        }
        latestPosition = Math.max(latestPosition, firstPosition + rows - 1);
    }

    /** The same for chosen rows, ascending. */
    void hits(int[] routeOfRow, int[] selection, int rows, long firstPosition) {
        if (rows == 0) {
            return;
        }
        boolean inOrder = firstPosition > latestPosition;
        long[] hits = sums[0];
        for (int i = 0; i < rows; i++) {
            int row = selection[i];
            int slot = slots.slot(routeOfRow[row]);
            if (slot < 0) {
                slot = ~slot;
                place(slot, routeOfRow[row], firstPosition + row);
                hits = sums[0];
            } else if (!inOrder) {
                firsts[slot] = Math.min(firsts[slot], firstPosition + row);
            }
            hits[slot]++;
        }
        latestPosition = Math.max(latestPosition, firstPosition + selection[rows - 1]);
    }

    /** The slot for a row, to which the caller adds. */
    int seen(int route, long position) {
        int slot = slots.slot(route);
        if (slot < 0) {
            slot = ~slot;
            place(slot, route, position);
        } else if (position < latestPosition) {
            firsts[slot] = Math.min(firsts[slot], position);
        }
        latestPosition = Math.max(latestPosition, position);
        return slot;
    }

    private void place(int slot, int route, long position) {
        if (slot == routes.length) {
            int room = 2 * slot;
            routes = Arrays.copyOf(routes, room);
            firsts = Arrays.copyOf(firsts, room);
            for (int m = 0; m < sums.length; m++) {
                sums[m] = Arrays.copyOf(sums[m], room);
                @Nullable ExactSum[] column = exacts[m];
                if (column != null) {
                    exacts[m] = Arrays.copyOf(column, room);
                }
            }
        }
        routes[slot] = route;
        firsts[slot] = position;
    }

    /** Adds a whole number; a sum beyond a long goes on exactly. */
    void add(int slot, int measure, long number) {
        long[] column = sums[measure];
        long old = column[slot];
        long sum = old + number;
        if (((old ^ sum) & (number ^ sum)) < 0) {
            exactAt(slot, measure).add(number);
        } else {
            column[slot] = sum;
        }
    }

    /** Adds a number of any kind, exactly. */
    void add(int slot, int measure, double number) {
        if (number == Math.rint(number) && Math.abs(number) <= 1L << 53) {
            add(slot, measure, (long) number);
        } else {
            exactAt(slot, measure).add(number);
        }
    }

    private ExactSum exactAt(int slot, int measure) {
        @Nullable ExactSum[] column = exacts[measure];
        if (column == null) {
            column = new ExactSum[routes.length];
            exacts[measure] = column;
        }
        ExactSum sum = column[slot];
        if (sum == null) {
            sum = new ExactSum();
            column[slot] = sum;
        }
        return sum;
    }

    /** Forgets all sums, keeps its memory. */
    void clear() {
        int size = slots.size();
        slots.clear();
        for (int m = 0; m < sums.length; m++) {
            Arrays.fill(sums[m], 0, size, 0);
            exacts[m] = null;
        }
        latestPosition = Long.MIN_VALUE;
    }
}
