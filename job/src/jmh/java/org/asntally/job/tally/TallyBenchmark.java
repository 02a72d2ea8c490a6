package org.asntally.job.tally;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * Adding hits by route index, nanoseconds per flow, batches of 4096, one thread. {@code traffic}: routes drawn Zipf-like of
 * 735,000; {@code random}: any of them, which no cache holds.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(TallyBenchmark.BATCH)
public class TallyBenchmark {

    static final int BATCH = 4096;
    private static final int ROUTES = 735_000;
    private static final int BATCHES = 512;

    @Param({"traffic", "random"})
    private String routes;

    private final int[][] batches = new int[BATCHES][BATCH];
    private RouteTally tally;
    private int next;
    private long position;

    /** Draws the routes. */
    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(20261124);
        int[] shuffled = new int[ROUTES];
        for (int route = 0; route < ROUTES; route++) {
            int other = random.nextInt(route + 1);
            shuffled[route] = shuffled[other];
            shuffled[other] = route;
        }
        for (int[] batch : batches) {
            for (int row = 0; row < BATCH; row++) {
                int rank =
                        routes.equals("random")
                                ? random.nextInt(ROUTES)
                                : (int) (Math.pow(ROUTES, random.nextDouble()) - 1);
                batch[row] = shuffled[rank];
            }
        }
    }

    /** An empty table, for whole and for windowed counts alike. */
    @Setup(Level.Iteration)
    public void begin() {
        tally = new RouteTally(ROUTES, 1, 8);
        position = 0;
    }

    /** One batch. */
    @Benchmark
    public int hits() {
        tally.hits(batches[next], BATCH, position);
        position += BATCH;
        next = (next + 1) % BATCHES;
        return tally.size();
    }
}
