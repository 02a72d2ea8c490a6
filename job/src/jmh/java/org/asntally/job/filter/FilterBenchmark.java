package org.asntally.job.filter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Choosing flows, nanoseconds per flow, batches of 4096 as a web log fills them, one thread. {@code list:many}: 100,000
 * networks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(FilterBenchmark.BATCH)
public class FilterBenchmark {

    static final int BATCH = 4096;
    private static final int BATCHES = 64;

    @Param({
        "status >= 400",
        "status = 404 and agent ~ \"(?i)bot\"",
        "src in list:many",
        "status in 401, 403, 500-599 or path ~ \"wp-login\""
    })
    private String filter;

    private final FlowBatch[] batches = new FlowBatch[BATCHES];
    private final int[] chosen = new int[BATCH];
    private FilterEvaluator evaluator;
    private int next;

    /** Makes flows. */
    @Setup
    public void make() throws FilterException {
        SplittableRandom random = new SplittableRandom(20261124);
        evaluator = FilterExpression.parse(filter).bind(new Many()).evaluator();
        FlowBatchBuilder builder =
                new FlowBatchBuilder(
                        Set.of(
                                FlowColumn.SOURCE,
                                FlowColumn.STATUS,
                                FlowColumn.AGENT,
                                FlowColumn.PATH));
        for (int b = 0; b < BATCHES; b++) {
            builder.startsAt(0);
            for (int row = 0; row < BATCH; row++) {
                builder.source4(random.nextInt());
                builder.number(FlowColumn.STATUS, random.nextInt(10) == 0 ? 404 : 200);
                text(builder, FlowColumn.AGENT, "Mozilla/5.0 (compatible; bot/" + random.nextInt(200));
                text(builder, FlowColumn.PATH, "/articles/" + random.nextInt(3000) + "?page=1");
                builder.endFlow();
            }
            batches[b] = builder.build();
        }
    }

    private static void text(FlowBatchBuilder builder, FlowColumn column, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        builder.text(column, utf8, 0, utf8.length);
    }

    /** One batch. */
    @Benchmark
    public int select() {
        next = (next + 1) % BATCHES;
        return evaluator.select(
                batches[next], null, null, null, new byte[0], null, BATCH, chosen);
    }

    private static final class Many implements FilterNames {
        @Override
        public NetworkList list(String name) {
            SplittableRandom random = new SplittableRandom(7);
            PrefixSet.Builder set = new PrefixSet.Builder();
            for (int i = 0; i < 100_000; i++) {
                set.prefix(false, 0, random.nextInt() & 0xffffffffL, 16 + random.nextInt(17));
            }
            return new NetworkList(set.build(), Set.of());
        }

        @Override
        public Set<String> lists() {
            return Set.of("many");
        }

        @Override
        public NetworkList file(String path) throws IOException {
            throw new IOException("none");
        }

        @Override
        public @Nullable List<FilterValue> interfaces(String name) {
            return null;
        }

        @Override
        public Set<String> interfaces() {
            return Set.of();
        }
    }
}
