package org.asntally.job.local;

import java.util.List;
import org.asntally.job.CountSpec;
import org.asntally.lookup.Address;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/** Prints the addresses of batches with their routes, in the words of asncounter. */
final class FlowLines {

    private static volatile @Nullable Rib table;
    private static volatile @Nullable Console console;

    private final List<Side> sides;

    FlowLines(List<Side> sides) {
        this.sides = sides;
    }

    /** Where to print, and what to look up in; for the one count of this process. */
    static void install(Rib rib, Console where) {
        table = rib;
        console = where;
    }

    void say(FlowBatch batch) {
        Rib rib = table;
        Console out = console;
        if (rib != null && out != null) {
            for (Side side : sides) {
                say(batch, CountSpec.column(side), rib, out);
            }
        }
    }

    private static void say(FlowBatch batch, FlowColumn column, Rib rib, Console out) {
        int rows = batch.rows();
        long[] families = new long[(rows + 63) >>> 6];
        int v4Count = batch.v4Count(column);
        int[] v4 = new int[v4Count];
        long[] high = new long[rows - v4Count];
        long[] low = new long[rows - v4Count];
        batch.families(column, families);
        batch.v4(column, v4, v4Count);
        batch.v6(column, v4Count, high, low);
        StringBuilder text = new StringBuilder();
        int at4 = 0;
        int at6 = 0;
        for (int row = 0; row < rows; row++) {
            boolean v6 = (families[row >>> 6] >>> row & 1) != 0;
            int route = v6 ? rib.route6(high[at6], low[at6]) : rib.route4(v4[at4]);
            text.append("DEBUG: IP ")
                    .append(v6 ? Address.text6(high[at6], low[at6]) : Address.text4(v4[at4]))
                    .append(" matched to ASN ")
                    .append(
                            route == Rib.UNROUTED
                                    ? "None"
                                    : Integer.toUnsignedString(rib.origin(route)))
                    .append(" prefix ")
                    .append(route == Rib.UNROUTED ? "None" : rib.prefix(route))
                    .append('\n');
            if (v6) {
                at6++;
            } else {
                at4++;
            }
        }
        out.err().print(text);
    }
}
