package org.asntally.lookup.rib;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Longest prefix wins, for any table and any address. The oracle is a scan. */
class RibProperties {

    static IntStream seeds() {
        return IntStream.range(0, 150);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsWhatAScanFinds(int seed, @TempDir Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        TestRoutes table = TestRoutes.random(random);
        Rib built = table.builder().build();
        Path file = folder.resolve("table.rib");
        RibFile.write(built, file);
        Rib mapped = RibFile.open(file);

        for (Rib rib : new Rib[] {built, mapped}) {
            for (long[] address : TestRoutes.addresses(random, table.v4, 300)) {
                assertThat(TestRoutes.found(rib, rib.route4((int) address[1])))
                        .as("seed %d, address %x", seed, address[1])
                        .isEqualTo(TestRoutes.scan(table.v4, 0, address[1]));
            }
            for (long[] address : TestRoutes.addresses(random, table.v6, 300)) {
                assertThat(TestRoutes.found(rib, rib.route6(address[0], address[1])))
                        .as("seed %d, address %x:%x", seed, address[0], address[1])
                        .isEqualTo(TestRoutes.scan(table.v6, address[0], address[1]));
            }
        }
        assertThat(mapped.id()).isEqualTo(built.id());
    }
}
