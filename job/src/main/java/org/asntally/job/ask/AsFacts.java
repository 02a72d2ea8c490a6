package org.asntally.job.ask;

import java.util.Arrays;
import org.asntally.lookup.rib.Rib;
import org.jspecify.annotations.Nullable;

/**
 * What a table says about an AS.
 *
 * @param asn unsigned
 * @param routes how many it originates, as the origin that is shown
 * @param country of its name, else of all its routes when they have the same one; packed, or 0
 * @param named whether it has a name
 */
record AsFacts(int asn, int routes, int country, boolean named) {

    /** Whether the table knows it at all. */
    boolean isKnown() {
        return routes > 0 || named;
    }

    /** Answers about ASes, from one pass over the table when it is asked first. One thread. */
    static final class Source {

        private static final int DIFFERENT = -1;

        private final Rib rib;

        /** With the highest bit turned, so that signed order is right. */
        private int @Nullable [] sorted;

        private int[] counts = {};
        private int[] countries = {};

        Source(Rib rib) {
            this.rib = rib;
        }

        AsFacts of(int asn) {
            int[] asns = sorted == null ? index() : sorted;
            int at = Arrays.binarySearch(asns, asn ^ Integer.MIN_VALUE);
            boolean named = rib.nameIndex(asn) >= 0;
            int country = rib.countryOfName(asn);
            if (at < 0) {
                return new AsFacts(asn, 0, country, named);
            }
            if (country == 0 && countries[at] != DIFFERENT) {
                country = countries[at];
            }
            return new AsFacts(asn, counts[at], country, named);
        }

        private int[] index() {
            int n = rib.routes();
            long[] origins = new long[n];
            for (int route = 0; route < n; route++) {
                origins[route] =
                        (long) (rib.origin(route) ^ Integer.MIN_VALUE) << 32
                                | rib.countryCode(route);
            }
            Arrays.sort(origins);
            int different = 0;
            for (int i = 0; i < n; i++) {
                different += i == 0 || origins[i] >>> 32 != origins[i - 1] >>> 32 ? 1 : 0;
            }
            int[] asns = new int[different];
            counts = new int[different];
            countries = new int[different];
            int at = -1;
            for (int i = 0; i < n; i++) {
                int country = (int) origins[i];
                if (i == 0 || origins[i] >>> 32 != origins[i - 1] >>> 32) {
                    asns[++at] = (int) (origins[i] >> 32);
                    countries[at] = country;
                } else if (countries[at] != country) {
                    countries[at] = DIFFERENT;
                }
                counts[at]++;
            }
            sorted = asns;
            return asns;
        }
    }
}
