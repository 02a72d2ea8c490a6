package org.asntally.lookup.rib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.asntally.lookup.Prefix;
import org.junit.jupiter.api.Test;

/**
 * A nested table of 1.3 million routes, as many as the Internet has, and 300,000 random addresses
 * of both families. The oracle looks for each length, the longest first, in a sorted list.
 */
class NestedTableProperties {

    private static final int V4 = 1_250_000;
    private static final int V6 = 240_000;
    private static final int ADDRESSES = 150_000;

    private final SplittableRandom random = new SplittableRandom(20260527);

    @Test
    void findsTheLongestOfAMillionNestedRoutes() {
        long[] v4 = nested4();
        long[][] v6 = nested6();
        RibBuilder builder = new RibBuilder();
        builder.file("test");
        for (int i = 0; i < v4.length; i++) {
            builder.route4((int) (v4[i] >>> 6), (int) (v4[i] & 63), 1 + i, 1);
        }
        for (int length = 0; length < v6.length; length++) {
            for (long high : v6[length]) {
                builder.route6(high, 0, length, 1 + length, 1);
            }
        }
        Rib rib = builder.build();

        assertThat(rib.routes()).isGreaterThan(1_290_000);
        int depth = 0;
        for (int i = 0; i < ADDRESSES; i++) {
            int address =
                    i % 3 == 0
                            ? random.nextInt()
                            : (int) (v4[random.nextInt(v4.length)] >>> 6) + random.nextInt(300);
            int route = rib.route4(address);
            assertThat(route == Rib.UNROUTED ? -1 : rib.length(route))
                    .as("%x", address)
                    .isEqualTo(longest4(v4, address));
            for (int up = route; up != Rib.UNROUTED && i < 2_000; up = rib.covering(up)) {
                depth++;
            }
        }
        assertThat(depth).as("nested").isGreaterThan(6_000);
        for (int i = 0; i < ADDRESSES; i++) {
            long[] of = v6[20 + random.nextInt(45)];
            long high =
                    i % 3 == 0 || of.length == 0
                            ? 0x2000_0000_0000_0000L
                                    | (random.nextLong() >>> (3 + random.nextInt(12)))
                            : of[random.nextInt(of.length)] + random.nextInt(70_000);
            int route = rib.route6(high, random.nextLong());
            assertThat(route == Rib.UNROUTED ? -1 : rib.length(route))
                    .as("%x", high)
                    .isEqualTo(longest6(v6, high));
            if (route != Rib.UNROUTED) {
                assertThat(rib.high(route)).isEqualTo(high & Prefix.maskHigh(rib.length(route)));
            }
        }
    }

    /** Address and length as one number each, ascending; most are cut from one before. */
    private long[] nested4() {
        long[] keys = new long[V4 + V4 / 10];
        for (int i = 0; i < keys.length; i++) {
            int length = 10 + random.nextInt(15);
            int address = random.nextInt();
            long parent = keys[random.nextInt(i + 1)];
            int above = (int) (parent & 63);
            if (above > 0 && above < 26 && random.nextInt(4) > 0) {
                length = Math.min(32, above + 1 + random.nextInt(8));
                int host = ~Prefix.mask4(above);
                address = (int) (parent >>> 6) | (address & host);
            }
            keys[i] = (address & Prefix.mask4(length) & 0xffffffffL) << 6 | length;
        }
        return Arrays.stream(keys).sorted().distinct().toArray();
    }

    private static int longest4(long[] keys, int address) {
        for (int length = 32; length > 0; length--) {
            long key = (address & Prefix.mask4(length) & 0xffffffffL) << 6 | length;
            if (Arrays.binarySearch(keys, key) >= 0) {
                return length;
            }
        }
        return -1;
    }

    /** By length the upper halves of addresses, ascending. */
    private long[][] nested6() {
        long[] highs = new long[V6 + V6 / 20];
        int[] lengths = new int[highs.length];
        for (int i = 0; i < highs.length; i++) {
            int length = 20 + random.nextInt(20);
            long high = 0x2000_0000_0000_0000L | (random.nextLong() >>> 3);
            int parent = random.nextInt(i + 1);
            if (parent < i && lengths[parent] < 56 && random.nextInt(4) > 0) {
                length = Math.min(64, lengths[parent] + 1 + random.nextInt(12));
                high = highs[parent] | (high & ~Prefix.maskHigh(lengths[parent]));
            }
            highs[i] = high & Prefix.maskHigh(length);
            lengths[i] = length;
        }
        long[][] byLength = new long[65][];
        for (int length = 0; length < byLength.length; length++) {
            long[] of = new long[highs.length];
            int count = 0;
            for (int i = 0; i < highs.length; i++) {
                if (lengths[i] == length) {
                    of[count++] = highs[i];
                }
            }
            byLength[length] = Arrays.stream(of, 0, count).sorted().distinct().toArray();
        }
        return byLength;
    }

    private static int longest6(long[][] byLength, long high) {
        for (int length = 64; length > 0; length--) {
            if (Arrays.binarySearch(byLength[length], high & Prefix.maskHigh(length)) >= 0) {
                return length;
            }
        }
        return -1;
    }
}
