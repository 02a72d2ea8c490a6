package org.asntally.lookup.rib;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Longest prefix wins, for any table and any address. The oracle is a scan. */
class RibProperties {

    private static final int ADDRESSES = 300;

    static IntStream seeds() {
        return IntStream.range(0, 120);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsWhatAScanFinds(int seed, @TempDir Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        TestRoutes table = TestRoutes.random(random, seed % 10 == 0 ? 200 : 12);
        Rib built = table.builder().build();
        Path file = folder.resolve("table.rib");
        RibFile.write(built, file);
        Rib mapped = RibFile.open(file);
        Rib copied = RibFile.open(file);
        copied.expectLookups(Long.MAX_VALUE);

        long[][] v4 = TestRoutes.addresses(random, table.v4, ADDRESSES);
        long[][] v6 = TestRoutes.addresses(random, table.v6, ADDRESSES);
        for (Rib rib : List.of(built, mapped, copied)) {
            checks4(seed, rib, table, v4);
            checks6(seed, rib, table, v6);
        }
        assertThat(mapped.id()).isEqualTo(built.id());
    }

    private static void checks4(int seed, Rib rib, TestRoutes table, long[][] addresses) {
        int[] batch = new int[ADDRESSES];
        int[] routes = new int[ADDRESSES];
        for (int i = 0; i < ADDRESSES; i++) {
            batch[i] = (int) addresses[i][1];
        }
        rib.routes4(batch, ADDRESSES, routes);
        for (int i = 0; i < ADDRESSES; i++) {
            String expected = TestRoutes.scan(table.v4, 0, addresses[i][1]);
            assertThat(TestRoutes.found(rib, rib.route4(batch[i])))
                    .as("seed %d, address %x", seed, batch[i])
                    .isEqualTo(expected);
            assertThat(TestRoutes.found(rib, routes[i])).as("in a batch").isEqualTo(expected);
        }
    }

    private static void checks6(int seed, Rib rib, TestRoutes table, long[][] addresses) {
        long[] high = new long[ADDRESSES];
        long[] low = new long[ADDRESSES];
        int[] routes = new int[ADDRESSES];
        for (int i = 0; i < ADDRESSES; i++) {
            high[i] = addresses[i][0];
            low[i] = addresses[i][1];
        }
        rib.routes6(high, low, ADDRESSES, routes);
        for (int i = 0; i < ADDRESSES; i++) {
            String expected = TestRoutes.scan(table.v6, high[i], low[i]);
            assertThat(TestRoutes.found(rib, rib.route6(high[i], low[i])))
                    .as("seed %d, address %x:%x", seed, high[i], low[i])
                    .isEqualTo(expected);
            assertThat(TestRoutes.found(rib, routes[i])).as("in a batch").isEqualTo(expected);
        }
    }
}
