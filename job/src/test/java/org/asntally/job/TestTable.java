package org.asntally.job;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.asntally.job.attribute.RibVersion;
import org.asntally.job.attribute.Ribs;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibBuilder;

/** A seeded table of nested routes, once as the product has it and once as a plain list. */
public final class TestTable {

    /** A prefix, as numbers, and its origin. */
    public record Route(boolean v6, long high, long low, int length, int asn) {

        boolean holds(boolean addressV6, long addressHigh, long addressLow) {
            if (v6 != addressV6) {
                return false;
            }
            for (int bit = 0; bit < length; bit++) {
                int at = v6 ? 63 - bit % 64 : 31 - bit;
                long mine = v6 && bit < 64 ? high : low;
                long theirs = v6 && bit < 64 ? addressHigh : addressLow;
                if ((mine >>> at & 1) != (theirs >>> at & 1)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return (v6 ? "v6 " : "v4 ")
                    + Long.toHexString(high)
                    + ' '
                    + Long.toHexString(low)
                    + '/'
                    + length
                    + " AS"
                    + Integer.toUnsignedString(asn);
        }
    }

    /** What no route covers. */
    public static final String UNROUTED = "unrouted";

    private final List<Route> routes = new ArrayList<>();
    private final Rib rib;
    private final long validFrom;

    private TestTable(SplittableRandom random, int size, long validFrom, boolean countries) {
        this.validFrom = validFrom;
        RibBuilder builder = new RibBuilder();
        builder.file("test");
        Set<String> prefixes = new HashSet<>();
        for (int i = 0; i < size; i++) {
            // Long prefixes are mostly cut from shorter ones, so that routes nest.
            boolean v6 = random.nextInt(3) == 0;
            int length = v6 ? 16 + 8 * random.nextInt(8) : 8 + 4 * random.nextInt(6);
            int asn = random.nextInt(10) == 0 ? -random.nextInt(9) - 1 : 64496 + random.nextInt(16);
            long high = v6 ? 0x2001_0000_0000_0000L | random.nextLong() >>> 20 : 0;
            high = length >= 64 ? high : high & -1L << (64 - length);
            long low = v6 ? 0 : (random.nextInt(8) << 28 | random.nextInt(1 << 28)) & 0xffffffffL;
            low = v6 ? 0 : low & -1L << (32 - length) & 0xffffffffL;
            if (!prefixes.add(v6 + " " + high + " " + low + " " + length)) {
                continue;
            }
            routes.add(new Route(v6, v6 ? high : 0, low, length, asn));
            if (v6) {
                builder.route6(high, 0, length, asn, i + 1);
            } else {
                builder.route4((int) low, length, asn, i + 1);
            }
        }
        byte[] name = "Example 64496".getBytes(StandardCharsets.UTF_8);
        builder.name(64496, name, 0, name.length);
        if (countries) {
            builder.countryInNames();
        }
        for (int asn = 64497; countries && asn < 64512; asn++) {
            byte[] more = name(asn).getBytes(StandardCharsets.UTF_8);
            builder.name(asn, more, 0, more.length);
        }
        rib = builder.build();
    }

    /** Up to so many routes. */
    public static TestTable random(long seed, int size, long validFrom) {
        return new TestTable(new SplittableRandom(seed), size, validFrom, false);
    }

    /** The same with {@linkplain #name names} that end with a country, most of them. */
    public static TestTable withCountries(long seed, int size, long validFrom) {
        return new TestTable(new SplittableRandom(seed), size, validFrom, true);
    }

    /** The name of an AS in a table with countries. */
    public static String name(long asn) {
        if (asn <= 64496 || asn >= 64512) {
            return asn == 64496 ? "Example 64496" : "";
        }
        String country = country(asn);
        return "Example " + asn + (country.isEmpty() ? "" : ", " + country);
    }

    /** The country of an AS in a table with countries, empty when there is none. */
    public static String country(long asn) {
        return asn <= 64496 || asn >= 64512
                ? ""
                : List.of("", "DE", "FR", "JP").get((int) (asn % 4));
    }

    /** The table as the product has it. */
    public Rib rib() {
        return rib;
    }

    /** The event time from which it is in force. */
    public long validFrom() {
        return validFrom;
    }

    /** Shares the table in this JVM. */
    public RibVersion share() {
        return Ribs.share(rib, validFrom);
    }

    /** All routes. */
    public List<Route> routes() {
        return routes;
    }

    /** The longest route that holds the address, found by looking at all. */
    public String prefix(boolean v6, long high, long low) {
        Route best = best(v6, high, low);
        return best.length() == 0 ? UNROUTED : best.toString();
    }

    /** The origin of that route, unsigned; 0 when there is none. */
    public long asn(boolean v6, long high, long low) {
        return Integer.toUnsignedLong(best(v6, high, low).asn());
    }

    /** That route; of length 0 when there is none. */
    public Route route(boolean v6, long high, long low) {
        return best(v6, high, low);
    }

    private Route best(boolean v6, long high, long low) {
        Route best = new Route(v6, 0, 0, 0, 0);
        for (Route route : routes) {
            if (route.length() > best.length() && route.holds(v6, high, low)) {
                best = route;
            }
        }
        return best;
    }
}
