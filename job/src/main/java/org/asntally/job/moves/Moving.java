package org.asntally.job.moves;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibDiff;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.RouteMoves;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;
import org.jspecify.annotations.Nullable;

/**
 * Takes the differences between two tables and hands on those whose shown origin is another, some
 * thousand at a time. For one moment; one thread.
 */
final class Moving implements RibDiff.Changes {

    private static final int BATCH = 4096;

    private final long moment;
    private final Rib from;
    private final Rib to;
    private final long start;
    private final long end;
    private final List<Side> sides;
    private final int measures;
    private final @Nullable PrefixRows traffic;
    private final boolean all;
    private final Consumer<RouteMoves> out;
    private TallyRows rows;
    private int[] toAsns = new int[16];
    private long told;
    private long withoutTraffic;

    /**
     * From one table to the next.
     *
     * @param start of the window whose traffic is told
     * @param traffic in it; null: there was none
     * @param all whether prefixes without traffic are told too
     */
    Moving(
            long moment,
            Rib from,
            Rib to,
            long start,
            long end,
            List<Side> sides,
            int measures,
            @Nullable PrefixRows traffic,
            boolean all,
            Consumer<RouteMoves> out) {
        this.moment = moment;
        this.from = from;
        this.to = to;
        this.start = start;
        this.end = end;
        this.sides = sides;
        this.measures = measures;
        this.traffic = traffic;
        this.all = all;
        this.out = out;
        this.rows = new TallyRows(measures, toAsns.length);
    }

    /** Hands on all that moved. */
    void tell() {
        RibDiff.compare(from, to, this);
        flush();
    }

    /** How many rows were told. */
    long told() {
        return told;
    }

    /** How many were not, since they had no traffic. */
    long withoutTraffic() {
        return withoutTraffic;
    }

    @Override
    public void changed(int before, int after) {
        int fromAsn = before == Rib.UNROUTED ? 0 : from.origin(before);
        int toAsn = after == Rib.UNROUTED ? 0 : to.origin(after);
        if (fromAsn == toAsn) {
            // Other origins beside the shown one.
            return;
        }
        Rib rib = before == Rib.UNROUTED ? to : from;
        int route = before == Rib.UNROUTED ? after : before;
        for (Side side : sides) {
            int tag = TallyRows.tag(KeyKind.PREFIX, side, rib.isV6(route), rib.length(route));
            long high = rib.high(route);
            long low = rib.low(route);
            int known = traffic == null ? -1 : traffic.find(tag, high, low);
            if (known < 0 && !all) {
                withoutTraffic++;
                continue;
            }
            int row = rows.append(tag, from.version(), high, low, fromAsn, 0);
            if (traffic != null && known >= 0) {
                rows.merge(row, traffic.rows(), known);
            }
            if (row == toAsns.length) {
                toAsns = Arrays.copyOf(toAsns, 2 * row);
            }
            toAsns[row] = toAsn;
            told++;
            if (rows.size() == BATCH) {
                flush();
            }
        }
    }

    private void flush() {
        if (rows.size() > 0) {
            out.accept(
                    new RouteMoves(
                            moment,
                            from.version(),
                            to.version(),
                            start,
                            end,
                            rows,
                            Arrays.copyOf(toAsns, rows.size())));
            rows = new TallyRows(measures, toAsns.length);
        }
    }
}
