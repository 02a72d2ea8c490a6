package org.asntally.lookup.rib;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.asntally.lookup.Prefix;

/** Seeded random tables and the scan that cannot be wrong. */
final class TestRoutes {

    /** A prefix and its origin. */
    record Route(boolean v6, long high, long low, int length, int asn) {

        boolean holds(long addressHigh, long addressLow) {
            return v6
                    ? (addressHigh & Prefix.maskHigh(length)) == high
                            && (addressLow & Prefix.maskLow(length)) == low
                    : ((int) addressLow & Prefix.mask4(length)) == (int) low;
        }

        String text() {
            return Prefix.text(v6, high, low, length);
        }
    }

    final List<Route> v4 = new ArrayList<>();
    final List<Route> v6 = new ArrayList<>();

    /** Some dozens of routes: alone, nested up to ten deep, adjacent, doubled, of all lengths. */
    static TestRoutes random(SplittableRandom random, int most) {
        TestRoutes table = new TestRoutes();
        int groups = 1 + random.nextInt(most);
        for (int i = 0; i < groups; i++) {
            table.nest4(random);
            table.nest6(random);
        }
        return table;
    }

    private void nest4(SplittableRandom random) {
        int address = random.nextInt();
        int length = random.nextInt(33);
        for (int depth = 0; depth < 1 + random.nextInt(10); depth++) {
            add4(address, length, random);
            if (length > 0 && random.nextInt(3) == 0) {
                // Its neighbour, which ends where this one begins or the other way round.
                add4(address ^ Integer.MIN_VALUE >>> (length - 1), length, random);
            }
            if (length == 32) {
                return;
            }
            length += 1 + random.nextInt(Math.min(8, 32 - length));
        }
    }

    private void add4(int address, int length, SplittableRandom random) {
        long low = (address & Prefix.mask4(length)) & 0xffffffffL;
        v4.add(new Route(false, 0, low, length, 1 + random.nextInt(5)));
    }

    private void nest6(SplittableRandom random) {
        long high =
                random.nextBoolean()
                        ? random.nextLong()
                        : 0x2001_0db8_0000_0000L | random.nextInt(16);
        long low = random.nextInt(4) == 0 ? 0 : random.nextLong();
        int length = random.nextInt(129);
        for (int depth = 0; depth < 1 + random.nextInt(10); depth++) {
            add6(high, low, length, random);
            if (length > 0 && random.nextInt(3) == 0) {
                long flipHigh = length <= 64 ? 1L << (64 - length) : 0;
                long flipLow = length > 64 ? 1L << (128 - length) : 0;
                add6(high ^ flipHigh, low ^ flipLow, length, random);
            }
            if (length == 128) {
                return;
            }
            length += 1 + random.nextInt(Math.min(24, 128 - length));
        }
    }

    private void add6(long high, long low, int length, SplittableRandom random) {
        v6.add(
                new Route(
                        true,
                        high & Prefix.maskHigh(length),
                        low & Prefix.maskLow(length),
                        length,
                        1 + random.nextInt(5)));
    }

    RibBuilder builder() {
        RibBuilder builder = new RibBuilder();
        builder.file("test");
        for (Route route : v4) {
            builder.route4((int) route.low(), route.length(), route.asn(), 1);
        }
        for (Route route : v6) {
            builder.route6(route.high(), route.low(), route.length(), route.asn(), 1);
        }
        return builder;
    }

    /** {@code 192.0.2.0/24 64496}, or null; default routes are kept out of matching. */
    static String scan(List<Route> routes, long high, long low) {
        Route best = null;
        for (Route route : routes) {
            if (route.length() > 0
                    && route.holds(high, low)
                    && (best == null || route.length() >= best.length())) {
                best = route;
            }
        }
        return best == null ? "none" : best.text() + ' ' + best.asn();
    }

    static String found(Rib rib, int route) {
        return route == Rib.UNROUTED ? "none" : rib.prefix(route) + ' ' + rib.origin(route);
    }

    /** Addresses in and beside the routes: first, last, before, behind, within, anywhere. */
    static long[][] addresses(SplittableRandom random, List<Route> routes, int count) {
        long[][] addresses = new long[count][];
        for (int i = 0; i < count; i++) {
            Route route = routes.get(random.nextInt(routes.size()));
            long high = route.high();
            long low = route.low();
            long hostHigh = ~Prefix.maskHigh(route.length());
            long hostLow =
                    route.v6()
                            ? ~Prefix.maskLow(route.length())
                            : ~Prefix.mask4(route.length()) & 0xffffffffL;
            switch (random.nextInt(5)) {
                case 0 -> {}
                case 1 -> {
                    high |= route.v6() ? hostHigh : 0;
                    low |= hostLow;
                }
                case 2 -> {
                    high -= low == 0 && route.v6() ? 1 : 0;
                    low--;
                }
                case 3 -> {
                    high = (high | (route.v6() ? hostHigh : 0));
                    low = (low | hostLow) + 1;
                    high += low == 0 && route.v6() ? 1 : 0;
                }
                default -> {
                    high ^= route.v6() ? random.nextLong() & hostHigh : 0;
                    low ^= random.nextLong() & hostLow;
                }
            }
            addresses[i] = new long[] {high, route.v6() ? low : low & 0xffffffffL};
        }
        return addresses;
    }
}
