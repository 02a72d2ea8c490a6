package org.asntally.job.attribute;

import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Flows with the routes that their addresses matched in one version of the table. Handed from
 * {@code attribute} to the operator chained behind it, which is done with it when it returns: it
 * never travels, and its arrays are reused.
 */
public final class AttributedBatch {

    final int source;
    final FlowBatch flows;
    int @Nullable [] selection;
    int selected;
    long version;
    @Nullable Rib rib;
    final int[] @Nullable [] routes;
    long[] times = new long[0];
    boolean sameTime = true;
    boolean first;
    long beforeOldest;
    long aheadOfRib;
    long fromTheFuture;
    long damagedRib;
    long expiredRib;

    AttributedBatch(int source, FlowBatch flows) {
        this.source = source;
        this.flows = flows;
        this.routes = new int[Side.values().length][];
    }

    /** Which source of the job, counted from 0. */
    public int source() {
        return source;
    }

    /** The flows. */
    public FlowBatch flows() {
        return flows;
    }

    /** The rows of {@link #flows} that this version is in force for; null for all. */
    public int @Nullable [] selection() {
        return selection;
    }

    /** How many rows are meant. */
    public int rows() {
        return selected;
    }

    /** The version as a number. */
    public long version() {
        return version;
    }

    /** The table; null only where no rows are meant. */
    public @Nullable Rib rib() {
        return rib;
    }

    /** Routes by row of {@link #flows}: index, or {@link Rib#UNROUTED}. */
    public int[] routes(Side side) {
        int[] column = routes[side.ordinal()];
        if (column == null) {
            throw new IllegalStateException("side " + side + " is not counted");
        }
        return column;
    }

    /**
     * Event times by row of {@link #flows}, milliseconds; only element 0 where {@link #hasOneTime}.
     */
    public long[] times() {
        return times;
    }

    /** Whether all rows have one time. */
    public boolean hasOneTime() {
        return sameTime;
    }

    /**
     * Whether this is the first of the batches that {@link #flows} became: its skips are counted
     * with it.
     */
    public boolean isFirst() {
        return first;
    }

    /** Rows older than the oldest version, attributed by that. */
    public long beforeOldest() {
        return beforeOldest;
    }

    /** Rows that were attributed by the newest version because no more could wait for theirs. */
    public long aheadOfRib() {
        return aheadOfRib;
    }

    /** Rows further ahead of the clock than is believed: the newest version attributed them. */
    public long fromTheFuture() {
        return fromTheFuture;
    }

    /** Rows whose own version cannot be read: another one attributed them. */
    public long damagedRib() {
        return damagedRib;
    }

    /** Rows whose own version is not to be had any more: another one attributed them. */
    public long expiredRib() {
        return expiredRib;
    }
}
