package org.asntally.sources.flink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;

/** What batches say in sum: their numbers, and what was skipped. */
final class Gathered {
    final List<Long> numbers = new ArrayList<>();
    final List<Long> positions = new ArrayList<>();
    final Map<SkipReason, Long> skips = new EnumMap<>(SkipReason.class);
    int batches;

    /** What was skipped, of batches of any columns. */
    static Map<SkipReason, Long> skips(Iterable<FlowBatch> batches) {
        Gathered gathered = new Gathered();
        batches.forEach(gathered::addSkips);
        return gathered.skips;
    }

    static Gathered of(Iterable<FlowBatch> batches) {
        Gathered gathered = new Gathered();
        batches.forEach(gathered::add);
        return gathered;
    }

    void add(FlowBatch batch) {
        long[] values = new long[batch.rows()];
        batch.longs(FlowColumn.PACKETS, values);
        Arrays.stream(values).forEach(numbers::add);
        for (int i = 0; i < batch.rows(); i++) {
            positions.add(batch.firstPosition() + i);
        }
        addSkips(batch);
        batches++;
    }

    private void addSkips(FlowBatch batch) {
        for (int i = 0; i < batch.skips(); i++) {
            skips.merge(batch.skipReason(i), batch.skipCount(i), Long::sum);
        }
    }
}
