import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.asntally.lookup.Address;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibFile;

/**
 * The limit to compare with: the same work as {@code asntally count -I line} without Flink, windows or options. Some
 * threads each read their share of a file, parse each line's address, look it up in batches in the same table, and
 * add to a counter and a first position per route; then counters are merged, summed by AS, and sorted.
 *
 * <p>{@code java -cp 'lib/*' PlainLoop.java RIB THREADS RUNS FILE...} prints the seconds of each run.
 */
public final class PlainLoop {

    private static final int BATCH = 1024;
    private static final int BLOCK = 1 << 20;

    /** One thread's counters by route; the last is for addresses without a route. */
    private static final class Counters {
        final long[] hits;
        final long[] first;
        long unreadable;

        Counters(int routes) {
            hits = new long[routes + 1];
            first = new long[routes + 1];
            Arrays.fill(first, Long.MAX_VALUE);
        }

        void add(int route, long position) {
            int slot = route < 0 ? hits.length - 1 : route;
            if (hits[slot]++ == 0) {
                first[slot] = position;
            }
        }
    }

    private record Row(String key, long hits, long first) {}

    private final Rib rib;

    private PlainLoop(Rib rib) {
        this.rib = rib;
    }

    public static void main(String[] arguments) throws Exception {
        Rib rib = RibFile.open(Path.of(arguments[0]));
        rib.expectLookups(Long.MAX_VALUE);
        int threads = Integer.parseInt(arguments[1]);
        int runs = Integer.parseInt(arguments[2]);
        List<Path> files = Arrays.stream(arguments).skip(3).map(Path::of).toList();
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            String report = new PlainLoop(rib).count(files, threads);
            System.out.printf("%.3f%n", (System.nanoTime() - start) / 1e9);
            if (run == 0) {
                System.err.print(report);
            }
        }
    }

    private String count(List<Path> files, int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Counters> parts = new ArrayList<>();
        try {
            long base = 0;
            for (Path file : files) {
                long size = file.toFile().length();
                long offset = base;
                List<Callable<Counters>> shares = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    long from = size * i / threads;
                    long to = size * (i + 1) / threads;
                    shares.add(() -> read(file, from, to, size, offset));
                }
                for (Future<Counters> share : pool.invokeAll(shares)) {
                    parts.add(share.get());
                }
                base += size;
            }
        } finally {
            pool.shutdown();
        }
        return report(parts);
    }

    /** Counts the lines that begin in [from, to). */
    private Counters read(Path file, long from, long to, long size, long base) throws IOException {
        Counters counters = new Counters(rib.routes());
        Address address = new Address();
        byte[] block = new byte[BLOCK];
        int[] v4 = new int[BATCH];
        long[] v4At = new long[BATCH];
        long[] high = new long[BATCH];
        long[] low = new long[BATCH];
        long[] v6At = new long[BATCH];
        int[] routes = new int[BATCH];
        int n4 = 0;
        int n6 = 0;
        try (FileChannel channel = FileChannel.open(file)) {
            long at = Math.max(0, from - 1);
            boolean skipping = from > 0;
            int kept = 0;
            while (true) {
                int read = channel.read(ByteBuffer.wrap(block, kept, BLOCK - kept), at + kept);
                int end = kept + Math.max(0, read);
                int line = 0;
                for (int i = kept; i <= end; i++) {
                    boolean last = i == end && read < 0;
                    if (!last && (i == end || block[i] != '\n')) {
                        continue;
                    }
                    if (skipping) {
                        skipping = false;
                    } else if (at + line >= to) {
                        flush4(v4, v4At, n4, routes, counters);
                        flush6(high, low, v6At, n6, routes, counters);
                        return counters;
                    } else if (i > line) {
                        switch (address.parse(block, line, i)) {
                            case 4 -> {
                                v4[n4] = address.v4();
                                v4At[n4++] = base + at + line;
                                if (n4 == BATCH) {
                                    flush4(v4, v4At, n4, routes, counters);
                                    n4 = 0;
                                }
                            }
                            case 6 -> {
                                high[n6] = address.high();
                                low[n6] = address.low();
                                v6At[n6++] = base + at + line;
                                if (n6 == BATCH) {
                                    flush6(high, low, v6At, n6, routes, counters);
                                    n6 = 0;
                                }
                            }
                            default -> counters.unreadable++;
                        }
                    }
                    line = i + 1;
                }
                if (read < 0 || at + line >= size) {
                    flush4(v4, v4At, n4, routes, counters);
                    flush6(high, low, v6At, n6, routes, counters);
                    return counters;
                }
                kept = end - line;
                System.arraycopy(block, line, block, 0, kept);
                at += line;
            }
        }
    }

    private void flush4(int[] addresses, long[] at, int count, int[] routes, Counters counters) {
        rib.routes4(addresses, count, routes);
        for (int i = 0; i < count; i++) {
            counters.add(routes[i], at[i]);
        }
    }

    private void flush6(long[] high, long[] low, long[] at, int count, int[] routes, Counters counters) {
        rib.routes6(high, low, count, routes);
        for (int i = 0; i < count; i++) {
            counters.add(routes[i], at[i]);
        }
    }

    private String report(List<Counters> parts) {
        int routes = rib.routes();
        Map<Integer, long[]> byAs = new HashMap<>();
        List<Row> prefixes = new ArrayList<>();
        long total = 0;
        for (int route = 0; route <= routes; route++) {
            long hits = 0;
            long first = Long.MAX_VALUE;
            for (Counters part : parts) {
                hits += part.hits[route];
                first = Math.min(first, part.first[route]);
            }
            if (hits > 0) {
                total += hits;
                prefixes.add(new Row(route == routes ? "None" : rib.prefix(route), hits, first));
                long[] sum = byAs.computeIfAbsent(
                        route == routes ? 0 : rib.origin(route), as -> new long[] {0, Long.MAX_VALUE});
                sum[0] += hits;
                sum[1] = Math.min(sum[1], first);
            }
        }
        List<Row> networks = new ArrayList<>();
        byAs.forEach((as, sum) -> networks.add(new Row(Integer.toUnsignedString(as), sum[0], sum[1])));
        StringBuilder text = new StringBuilder();
        for (List<Row> rows : List.of(networks, prefixes)) {
            rows.sort(Comparator.comparingLong(Row::hits).reversed().thenComparingLong(Row::first));
            for (Row row : rows.subList(0, Math.min(10, rows.size()))) {
                text.append(row.hits).append('\t').append(row.key).append('\n');
            }
            text.append("total: ").append(total).append('\n');
        }
        return text.toString();
    }
}
