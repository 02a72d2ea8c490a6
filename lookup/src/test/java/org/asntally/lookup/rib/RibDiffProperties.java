package org.asntally.lookup.rib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walk along two tables finds what comparing their prefixes one by one does. */
class RibDiffProperties {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void findsWhatMapsFind(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 30; round++) {
            Rib before = some(random);
            Rib after = random.nextInt(5) == 0 ? before : some(random);
            Map<String, String> old = map(before);
            Map<String, String> fresh = map(after);
            Map<String, String> expected = new TreeMap<>();
            old.forEach(
                    (prefix, origins) -> {
                        if (!origins.equals(fresh.get(prefix))) {
                            expected.put(prefix, origins + " " + fresh.get(prefix));
                        }
                    });
            fresh.forEach(
                    (prefix, origins) -> {
                        if (!old.containsKey(prefix)) {
                            expected.put(prefix, "null " + origins);
                        }
                    });
            Map<String, String> found = new TreeMap<>();
            RibDiff.compare(
                    before,
                    after,
                    (from, to) ->
                            found.put(
                                    from == Rib.UNROUTED ? after.prefix(to) : before.prefix(from),
                                    origins(before, from) + " " + origins(after, to)));
            assertThat(found).as("seed %d, round %d", seed, round).isEqualTo(expected);
        }
    }

    /** Few prefixes, so that tables share many. */
    private static Rib some(SplittableRandom random) {
        RibBuilder builder = new RibBuilder();
        builder.file("test");
        for (int i = random.nextInt(40); i > 0; i--) {
            int length = 1 + random.nextInt(4);
            builder.route4(random.nextInt(), length, 1 + random.nextInt(3), 1);
            builder.route6(random.nextLong(), 0, length, 1 + random.nextInt(3), 1);
        }
        return builder.build();
    }

    private static Map<String, String> map(Rib rib) {
        Map<String, String> map = new TreeMap<>();
        for (int route = 0; route < rib.routes(); route++) {
            map.put(rib.prefix(route), origins(rib, route));
        }
        return map;
    }

    private static String origins(Rib rib, int route) {
        if (route == Rib.UNROUTED) {
            return "null";
        }
        int[] all = rib.origins(route);
        Arrays.sort(all);
        return rib.origin(route) + Arrays.toString(all);
    }
}
