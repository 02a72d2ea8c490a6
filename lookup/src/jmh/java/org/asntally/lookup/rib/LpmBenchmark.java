package org.asntally.lookup.rib;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.starter.StarterTable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Longest-prefix match over 1.29 M nested routes: the starter table's prefixes and seeded
 * more-specific ones (1.05 M IPv4, 0.24 M IPv6), nanoseconds per lookup, one thread.
 *
 * <p>{@code random}: any address of 0/0 or 2000::/3. {@code routed}: an address of a random route.
 * {@code traffic}: a million clients in prefixes drawn Zipf-like, drawn Zipf-like themselves.
 *
 * <p>{@code v4Dir248} is the classic table of one int for each /24 (64 MB), to compare with. It
 * saves some 4 ns a lookup, takes 30 to 60 ms to build and 64 MB to keep: it would pay beyond ten
 * million lookups in time and never in memory, so it is not built. Copying the mapped table to the
 * heap saves some 20 ns a lookup and takes about 10 ms: from a million lookups on.
 *
 * <p>Heap / mapped, 2 virtual cores of an Intel Xeon with nothing beside, JDK 17.0.15:
 *
 * <pre>
 *              random    routed    traffic
 * v4Batch      7 / 11    8 /  8    6 /  6
 * v4Dir248     7         3         2
 * v6Batch      3 /  4   23 / 40   22 / 40
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(LpmBenchmark.BATCH)
public class LpmBenchmark {

    static final int BATCH = 4096;
    private static final int ADDRESSES = 1 << 21;
    private static final int CLIENTS_4 = 850_000;
    private static final int CLIENTS_6 = 150_000;

    @Param({"random", "routed", "traffic"})
    private String addresses;

    @Param({"heap", "mapped"})
    private String table;

    private Rib rib;
    private Path file;
    private int[] v4;
    private long[] high;
    private long[] low;
    private int[] dir;
    private int next;
    private final int[] batch4 = new int[BATCH];
    private final long[] batchHigh = new long[BATCH];
    private final long[] batchLow = new long[BATCH];
    private final int[] routes = new int[BATCH];

    @Setup
    public void setUp() throws IOException {
        SplittableRandom random = new SplittableRandom(20260617);
        file = Files.createTempFile("bench", ".rib");
        RibFile.write(nested(random), file);
        rib = RibFile.open(file);
        if (table.equals("heap")) {
            rib.expectLookups(Long.MAX_VALUE);
        }
        v4 = new int[ADDRESSES];
        high = new long[ADDRESSES];
        low = new long[ADDRESSES];
        boolean traffic = addresses.equals("traffic");
        int[] clients4 = new int[traffic ? CLIENTS_4 : ADDRESSES];
        for (int i = 0; i < clients4.length; i++) {
            int route = scattered(traffic ? zipf(random, rib.v4Routes(), 0.8) : i, rib.v4Routes());
            int hosts = ~Prefix.mask4(rib.length(route));
            clients4[i] =
                    addresses.equals("random")
                            ? random.nextInt()
                            : (int) rib.low(route) | (random.nextInt() & hosts);
        }
        int routes6 = rib.routes() - rib.v4Routes();
        long[] clientsHigh = new long[traffic ? CLIENTS_6 : ADDRESSES];
        long[] clientsLow = new long[clientsHigh.length];
        for (int i = 0; i < clientsHigh.length; i++) {
            int route =
                    rib.v4Routes()
                            + scattered(traffic ? zipf(random, routes6, 0.8) : i, routes6);
            int length = rib.length(route);
            boolean any = addresses.equals("random");
            clientsHigh[i] =
                    any
                            ? 1L << 61 | random.nextLong() >>> 3
                            : rib.high(route) | (random.nextLong() & ~Prefix.maskHigh(length));
            clientsLow[i] = rib.low(route) | (random.nextLong() & ~Prefix.maskLow(length));
        }
        for (int i = 0; i < ADDRESSES; i++) {
            v4[i] = clients4[traffic ? zipf(random, CLIENTS_4, 0.9) : i];
            int client = traffic ? zipf(random, CLIENTS_6, 0.9) : i;
            high[i] = clientsHigh[client];
            low[i] = clientsLow[client];
        }
        dir = new int[1 << 24];
        for (int i = 0; i < dir.length; i++) {
            dir[i] = rib.route4(i << 8);
        }
    }

    @TearDown
    public void tearDown() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The starter table's prefixes and more-specific ones up to the size of the global table. */
    private static Rib nested(SplittableRandom random) throws IOException {
        Rib starter = StarterTable.open();
        RibBuilder builder = new RibBuilder();
        builder.add(starter);
        int n4 = starter.v4Routes();
        int n6 = starter.routes() - n4;
        for (int added = n4; added < 1_050_000; ) {
            int route = random.nextInt(n4);
            int length = starter.length(route);
            if (length < 24) {
                int longer = random.nextInt(10) < 7 ? 24 : random.nextInt(length + 1, 25);
                int more = random.nextInt() & ~Prefix.mask4(length) & Prefix.mask4(longer);
                builder.route4((int) starter.low(route) | more, longer, 1 + added++, 1);
            }
        }
        for (int added = n6; added < 240_000; ) {
            int route = n4 + random.nextInt(n6);
            int length = starter.length(route);
            if (length < 48) {
                int longer = random.nextInt(10) < 7 ? 48 : random.nextInt(length + 1, 49);
                long more =
                        random.nextLong() & ~Prefix.maskHigh(length) & Prefix.maskHigh(longer);
                builder.route6(starter.high(route) | more, 0, longer, 1 + added++, 1);
            }
        }
        return builder.build();
    }

    private static int scattered(int rank, int count) {
        return (int) (rank * 2_654_435_761L % count);
    }

    private static int zipf(SplittableRandom random, int count, double skew) {
        double end = Math.pow(count, 1 - skew);
        double rank = Math.pow(random.nextDouble() * (end - 1) + 1, 1 / (1 - skew));
        return Math.min(count - 1, (int) rank - 1);
    }

    private int advance() {
        next = (next + BATCH) & (ADDRESSES - 1);
        return next;
    }

    @Benchmark
    public int[] v4Batch() {
        System.arraycopy(v4, advance(), batch4, 0, BATCH);
        rib.routes4(batch4, BATCH, routes);
        return routes;
    }

    @Benchmark
    public int v4One() {
        int from = advance();
        int sum = 0;
        for (int i = from; i < from + BATCH; i++) {
            sum += rib.route4(v4[i]);
        }
        return sum;
    }

    @Benchmark
    public int[] v4Dir248() {
        int from = advance();
        for (int i = 0; i < BATCH; i++) {
            routes[i] = dir[v4[from + i] >>> 8];
        }
        return routes;
    }

    @Benchmark
    public int[] v6Batch() {
        int from = advance();
        System.arraycopy(high, from, batchHigh, 0, BATCH);
        System.arraycopy(low, from, batchLow, 0, BATCH);
        rib.routes6(batchHigh, batchLow, BATCH, routes);
        return routes;
    }

    @Benchmark
    public int v6One() {
        int from = advance();
        int sum = 0;
        for (int i = from; i < from + BATCH; i++) {
            sum += rib.route6(high[i], low[i]);
        }
        return sum;
    }
}
