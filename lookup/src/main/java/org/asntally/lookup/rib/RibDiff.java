package org.asntally.lookup.rib;

import java.util.Arrays;

/** What is different between two tables: a walk along both, which are sorted alike. */
public final class RibDiff {

    /** Takes the differences, in the order of prefixes, IPv4 before IPv6. */
    @FunctionalInterface
    public interface Changes {

        /**
         * A prefix that is in one of them only, or that has other origins.
         *
         * @param before its route in the first table, or {@link Rib#UNROUTED}
         * @param after its route in the second table, or {@link Rib#UNROUTED}
         */
        void changed(int before, int after);
    }

    private RibDiff() {}

    /** Tells all differences. */
    public static void compare(Rib before, Rib after, Changes changes) {
        family(before, 0, before.v4Routes(), after, 0, after.v4Routes(), changes);
        family(
                before,
                before.v4Routes(),
                before.routes(),
                after,
                after.v4Routes(),
                after.routes(),
                changes);
    }

    private static void family(
            Rib before, int fromB, int toB, Rib after, int fromA, int toA, Changes changes) {
        int b = fromB;
        int a = fromA;
        while (b < toB || a < toA) {
            int order = b == toB ? 1 : a == toA ? -1 : order(before, b, after, a);
            if (order < 0) {
                changes.changed(b++, Rib.UNROUTED);
            } else if (order > 0) {
                changes.changed(Rib.UNROUTED, a++);
            } else {
                if (!sameOrigins(before, b, after, a)) {
                    changes.changed(b, a);
                }
                b++;
                a++;
            }
        }
    }

    private static int order(Rib before, int b, Rib after, int a) {
        int order = Long.compareUnsigned(before.high(b), after.high(a));
        order = order != 0 ? order : Long.compareUnsigned(before.low(b), after.low(a));
        return order != 0 ? order : before.length(b) - after.length(a);
    }

    /** The one that is shown is the same, and the others are, in any order. */
    private static boolean sameOrigins(Rib before, int b, Rib after, int a) {
        if (before.origin(b) != after.origin(a)) {
            return false;
        }
        int[] these = before.origins(b);
        int[] those = after.origins(a);
        Arrays.sort(these);
        Arrays.sort(those);
        return Arrays.equals(these, those);
    }
}
