package org.asntally.job.attribute;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.asntally.job.CountSpec;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/**
 * The lookup itself: batches in, batches with routes out. Arrays are reused from batch to batch;
 * one thread.
 *
 * <p>Addresses are looked up family by family, many at a time, so that their memory accesses
 * overlap.
 */
final class Attribution {

    /** Lookups after which a table is worth moving out of its file. */
    private static final long MANY = 1 << 16;

    private static final long MANY_MORE = 1 << 24;

    private final List<Side> sides;
    private final RibTimeline timeline;
    private final long maxAheadMillis;
    private final Consumer<AttributedBatch> out;
    private final OpenTables tables;
    private boolean allInForce;
    private long lookups;
    private @Nullable Rib busiest;
    private final int[] v4 = new int[FlowBatchBuilder.CAPACITY];
    private final long[] high = new long[FlowBatchBuilder.CAPACITY];
    private final long[] low = new long[FlowBatchBuilder.CAPACITY];
    private final int[] routes4 = new int[FlowBatchBuilder.CAPACITY];
    private final int[] routes6 = new int[FlowBatchBuilder.CAPACITY];
    private final long[] families = new long[(FlowBatchBuilder.CAPACITY + 63) / 64];
    private final long[] times = new long[FlowBatchBuilder.CAPACITY];
    private final int[][] routes;

    /**
     * By a timeline that grows, and its tables.
     *
     * @param maxAheadMillis how far ahead of the clock a flow may be and be believed
     */
    Attribution(
            List<Side> sides,
            RibTimeline timeline,
            OpenTables tables,
            long maxAheadMillis,
            Consumer<AttributedBatch> out) {
        this.sides = sides;
        this.timeline = timeline;
        this.maxAheadMillis = maxAheadMillis;
        this.tables = tables;
        this.out = out;
        this.routes = new int[sides.size()][FlowBatchBuilder.CAPACITY];
    }

    /**
     * Attributes all flows of a batch, each by the version in force at its own time.
     *
     * @param now the time of flows whose source tells none, milliseconds
     * @param known flows at or after this time could not wait for their version and are told apart
     */
    void attribute(int source, FlowBatch flows, long now, long known) {
        attribute(source, flows, now, known, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /**
     * Attributes the flows of a batch that have a time in {@code [from, before)}; what the batch
     * tells beside its flows goes with the earliest of them.
     *
     * @return whether there are any
     */
    boolean attribute(int source, FlowBatch flows, long now, long known, long from, long before) {
        AttributedBatch batch = new AttributedBatch(source, flows);
        batch.first = from == Long.MIN_VALUE;
        int rows = flows.rows();
        if (rows == 0) {
            out.accept(batch);
            return true;
        }
        batch.times = times;
        batch.sameTime = !flows.has(FlowColumn.TIME) || flows.isConstant(FlowColumn.TIME);
        if (!batch.sameTime) {
            flows.longs(FlowColumn.TIME, times);
        } else {
            times[0] = flows.has(FlowColumn.TIME) ? flows.constant(FlowColumn.TIME) : now;
        }
        int @Nullable [] chosen = chosen(rows, batch.sameTime, from, before);
        int count = chosen == null ? rows : chosen.length;
        if (count == 0) {
            return false;
        }
        long future = future(now);
        if (flows.has(FlowColumn.TIME) && flows.greatest(FlowColumn.TIME) >= future) {
            batch.fromTheFuture = atOrAfter(future, chosen, count, batch.sameTime);
        }
        batch.aheadOfRib =
                atOrAfter(Math.min(known, future), chosen, count, batch.sameTime)
                        - batch.fromTheFuture;
        long least = least(chosen, count, batch.sameTime);
        allInForce = least >= timeline.versions().get(0).validFrom();
        int oldest = timeline.at(least);
        int newest = timeline.at(most(chosen, count, batch.sameTime));
        if (oldest == newest) {
            send(batch, oldest, chosen, count);
            return true;
        }
        int[] placeOf = new int[count];
        for (int i = 0; i < count; i++) {
            placeOf[i] = timeline.at(times[row(chosen, i)]);
        }
        for (int place = oldest; place <= newest; place++) {
            int[] selection = new int[count];
            int selected = 0;
            for (int i = 0; i < count; i++) {
                if (placeOf[i] == place) {
                    selection[selected++] = row(chosen, i);
                }
            }
            if (selected > 0) {
                send(batch, place, selection, selected);
            }
        }
        return true;
    }

    /** From this time on flows are further ahead of the clock than is believed. */
    long future(long now) {
        return maxAheadMillis >= Long.MAX_VALUE - Math.max(now, 0)
                ? Long.MAX_VALUE
                : now + maxAheadMillis + 1;
    }

    /** Whether flows of a batch have a time in {@code [from, before)}. */
    boolean any(FlowBatch flows, long from, long before) {
        if (from >= before || flows.rows() == 0) {
            return false;
        }
        if (flows.isConstant(FlowColumn.TIME)) {
            long time = flows.constant(FlowColumn.TIME);
            return time >= from && time < before;
        }
        flows.longs(FlowColumn.TIME, times);
        for (int row = 0; row < flows.rows(); row++) {
            if (times[row] >= from && times[row] < before) {
                return true;
            }
        }
        return false;
    }

    private static int row(int @Nullable [] chosen, int i) {
        return chosen == null ? i : chosen[i];
    }

    /** The rows with a time in {@code [from, before)}; null for all. */
    private int @Nullable [] chosen(int rows, boolean sameTime, long from, long before) {
        if (from == Long.MIN_VALUE && before == Long.MAX_VALUE) {
            return null;
        }
        if (sameTime) {
            return times[0] >= from && times[0] < before ? null : new int[0];
        }
        int[] chosen = new int[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (times[row] >= from && times[row] < before) {
                chosen[count++] = row;
            }
        }
        return count == rows ? null : Arrays.copyOf(chosen, count);
    }

    private long atOrAfter(long known, int @Nullable [] chosen, int count, boolean sameTime) {
        if (known == Long.MAX_VALUE) {
            return 0;
        }
        if (sameTime) {
            return times[0] >= known ? count : 0;
        }
        long later = 0;
        for (int i = 0; i < count; i++) {
            later += times[row(chosen, i)] >= known ? 1 : 0;
        }
        return later;
    }

    private long least(int @Nullable [] chosen, int count, boolean sameTime) {
        long least = times[row(chosen, 0)];
        for (int i = 1; i < count && !sameTime; i++) {
            least = Math.min(least, times[row(chosen, i)]);
        }
        return least;
    }

    private long most(int @Nullable [] chosen, int count, boolean sameTime) {
        long most = times[row(chosen, 0)];
        for (int i = 1; i < count && !sameTime; i++) {
            most = Math.max(most, times[row(chosen, i)]);
        }
        return most;
    }

    private void send(AttributedBatch batch, int place, int @Nullable [] selection, int rows) {
        Rib rib = tables.at(place);
        batch.rib = rib;
        batch.version = rib.version();
        String wanted = timeline.versions().get(place).id();
        boolean other = !rib.id().equals(wanted);
        batch.expiredRib = other && tables.isGone(wanted) ? rows : 0;
        batch.damagedRib = other ? rows - batch.expiredRib : 0;
        batch.selection = selection;
        batch.selected = rows;
        batch.beforeOldest =
                place == 0 && !allInForce
                        ? before(timeline.versions().get(0).validFrom(), batch, rows)
                        : 0;
        for (int side = 0; side < sides.size(); side++) {
            look(rib, batch.flows, CountSpec.column(sides.get(side)), routes[side]);
            batch.routes[sides.get(side).ordinal()] = routes[side];
        }
        out.accept(batch);
        batch.first = false;
        batch.aheadOfRib = 0;
        batch.fromTheFuture = 0;
    }

    private long before(long validFrom, AttributedBatch batch, int rows) {
        if (batch.sameTime) {
            return times[0] < validFrom ? rows : 0;
        }
        long before = 0;
        for (int i = 0; i < rows; i++) {
            int row = batch.selection == null ? i : batch.selection[i];
            before += times[row] < validFrom ? 1 : 0;
        }
        return before;
    }

    /** Routes of all rows, whatever the selection: a batch of two versions is rare. */
    private void look(Rib rib, FlowBatch flows, FlowColumn column, int[] into) {
        int rows = flows.rows();
        lookups += rows;
        if (lookups > MANY && rib != busiest) {
            busiest = rib;
            rib.expectLookups(MANY_MORE);
        }
        if (!flows.has(column)) {
            Arrays.fill(into, 0, rows, Rib.UNROUTED);
            return;
        }
        int count4 = flows.v4Count(column);
        if (count4 == rows) {
            flows.v4(column, v4, rows);
            rib.routes4(v4, rows, into);
            return;
        }
        flows.v6(column, count4, high, low);
        if (count4 == 0) {
            rib.routes6(high, low, rows, into);
            return;
        }
        flows.v4(column, v4, count4);
        rib.routes4(v4, count4, routes4);
        rib.routes6(high, low, rows - count4, routes6);
        flows.families(column, families);
        int next4 = 0;
        int next6 = 0;
        for (int row = 0; row < rows; row++) {
            int isV6 = (int) (families[row >>> 6] >>> row) & 1;
            into[row] = isV6 != 0 ? routes6[next6] : routes4[next4];
            next6 += isV6;
            next4 += 1 - isV6;
        }
    }
}
