package org.asntally.job.filter;

import java.util.Set;
import org.asntally.lookup.rib.Rib;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Chooses rows of batches by a filter. One thread; its memory is that of a few columns, and a byte
 * for each route of the table where the filter asks for ASes or countries.
 */
public final class FilterEvaluator {

    private final Matcher root;
    private final FlowRows rows;
    private final long[] accepted = new long[FlowRows.WORDS];

    FilterEvaluator(Matcher root, int memories) {
        this.root = root;
        this.rows = new FlowRows(new FlowBatchBuilder(Set.of()).build(), root.depth(), memories);
    }

    /**
     * Chooses rows.
     *
     * @param rib the table that attributed the batch; null when none did
     * @param sourceRoutes of all rows, as the table numbers routes; null when not attributed
     * @param destinationRoutes likewise
     * @param source the name of the input, UTF-8
     * @param selection the rows to choose from, ascending; null for all
     * @param count how many these are
     * @param chosen takes the rows that are accepted, ascending; has room for {@code count}
     * @return how many those are
     */
    public int select(
            FlowBatch flows,
            @Nullable Rib rib,
            int @Nullable [] sourceRoutes,
            int @Nullable [] destinationRoutes,
            byte[] source,
            int @Nullable [] selection,
            int count,
            int[] chosen) {
        rows.look(flows, rib, sourceRoutes, destinationRoutes, source);
        root.match(rows, accepted, 0);
        int many = 0;
        if (selection != null) {
            for (int i = 0; i < count; i++) {
                int row = selection[i];
                chosen[many] = row;
                many += (int) (accepted[row >>> 6] >>> row) & 1;
            }
            return many;
        }
        for (int word = 0; word < rows.words(); word++) {
            for (long left = accepted[word]; left != 0; left &= left - 1) {
                chosen[many++] = (word << 6) + Long.numberOfTrailingZeros(left);
            }
        }
        return many;
    }
}
