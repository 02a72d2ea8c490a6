package org.asntally.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;

/** Seeded flows: in and beside the routes of a table, of both families, with worse numbers. */
public final class TestTraffic {

    private final SplittableRandom random;
    private final List<TestTable> tables;
    private final FlowBatchBuilder builder;
    private final NaiveCount naive;

    /**
     * Flows as so many columns, counted by {@code naive} as they are made.
     *
     * @param tables whose routes are hit
     */
    public TestTraffic(
            long seed, List<TestTable> tables, Set<FlowColumn> columns, NaiveCount naive) {
        this.random = new SplittableRandom(seed);
        this.tables = tables;
        this.builder = new FlowBatchBuilder(columns);
        this.naive = naive;
    }

    /** Batches of up to 40 flows, positions growing, times anywhere in the range. */
    public List<FlowBatch> batches(int source, int file, int count, long from, long to) {
        List<FlowBatch> batches = new ArrayList<>();
        long offset = random.nextInt(1000);
        for (int i = 0; i < count; i++) {
            batches.add(batch(source, FlowBatch.position(file, offset), from, to));
            offset += 40 + random.nextInt(1000);
        }
        return batches;
    }

    /** One batch. */
    public FlowBatch batch(int source, long position, long from, long to) {
        int rows = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(40);
        boolean oneTime = random.nextInt(3) == 0;
        boolean fractions = random.nextBoolean();
        long time = random.nextLong(from, to);
        builder.startsAt(position);
        for (int row = 0; row < rows; row++) {
            time = oneTime ? time : random.nextLong(from, to);
            TestFlow flow = flow(source, position + row, time, fractions);
            put(flow);
            naive.flow(flow);
        }
        while (random.nextInt(3) == 0 || (rows == 0 && builder.isEmpty())) {
            SkipReason reason = SkipReason.values()[1 + random.nextInt(10)];
            builder.skip(reason);
            naive.skip(source, reason.label(), 1);
        }
        return builder.build();
    }

    private void put(TestFlow flow) {
        builder.time(flow.time());
        builder.packets(flow.packets());
        builder.bytes(flow.bytes());
        builder.weight(flow.weight());
        if (flow.v6()) {
            builder.source6(flow.high(), flow.low());
            builder.destination6(flow.toHigh(), flow.toLow());
        } else {
            builder.source4((int) flow.low());
            builder.destination4((int) flow.toLow());
        }
        builder.endFlow();
    }

    private TestFlow flow(int source, long position, long time, boolean fractions) {
        boolean v6 = random.nextInt(3) == 0;
        long[] from = address(v6);
        long[] to = address(v6);
        double weight = fractions ? fraction() : random.nextInt(1000) - 200;
        // Sums go beyond a long now and then.
        long bytes = random.nextInt(20) == 0 ? Long.MAX_VALUE - 5 : random.nextInt(1500);
        return new TestFlow(
                source,
                position,
                time,
                v6,
                from[0],
                from[1],
                to[0],
                to[1],
                1 + random.nextInt(9),
                bytes,
                weight);
    }

    private double fraction() {
        return switch (random.nextInt(6)) {
            case 0 -> 0.1 * random.nextInt(100);
            case 1 -> random.nextInt(20) + 0.5;
            case 2 -> -(random.nextInt(20) + 0.5);
            case 3 -> random.nextDouble() * 1e300;
            case 4 -> random.nextDouble() * 1e-300;
            default -> 0x1p53 + 2 * random.nextInt(5);
        };
    }

    private long[] address(boolean v6) {
        TestTable table = tables.get(random.nextInt(tables.size()));
        TestTable.Route route = table.routes().get(random.nextInt(table.routes().size()));
        boolean anywhere = random.nextInt(6) == 0 || route.v6() != v6;
        if (v6) {
            long host =
                    anywhere || route.length() == 0 ? -1L : -1L >>> Math.min(route.length(), 63);
            long high =
                    (anywhere ? 0x2001_0000_0000_0000L : route.high()) ^ (random.nextLong() & host);
            return new long[] {high, random.nextLong()};
        }
        long host = anywhere ? 0xffffffffL : 0xffffffffL >>> route.length();
        return new long[] {0, (anywhere ? 0 : route.low()) ^ (random.nextLong() & host)};
    }
}
