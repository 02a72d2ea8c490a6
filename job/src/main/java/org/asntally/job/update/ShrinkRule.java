package org.asntally.job.update;

import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.rib.RibInfo;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a table that lacks much out: one with less than 90 % of the routes of the one in use, in
 * all or in a family of a thousand and more, or without a family that is in use. Tables of another
 * kind are only compared by family: ranges and routes differ in number by nature.
 */
final class ShrinkRule {

    private static final int LARGE = 1_000;

    private ShrinkRule() {}

    /**
     * Compares.
     *
     * @return routes of the table in use, when the new one is taken although it has far fewer; else
     *     0
     * @throws Fault when it is refused
     */
    static long check(RibInfo inUse, RibInfo fresh, boolean allow) throws Fault {
        Fault fault = fault(inUse, fresh);
        if (fault == null) {
            return 0;
        }
        if (!allow) {
            throw fault;
        }
        return (long) inUse.v4Routes() + inUse.v6Routes();
    }

    private static @Nullable Fault fault(RibInfo inUse, RibInfo fresh) {
        if (inUse.v4Routes() > 0 && fresh.v4Routes() == 0) {
            return new Fault(Problem.FAMILY_LOST, "IPv4", inUse.v4Routes());
        }
        if (inUse.v6Routes() > 0 && fresh.v6Routes() == 0) {
            return new Fault(Problem.FAMILY_LOST, "IPv6", inUse.v6Routes());
        }
        if (inUse.kind() != fresh.kind()) {
            return null;
        }
        long before = (long) inUse.v4Routes() + inUse.v6Routes();
        long after = (long) fresh.v4Routes() + fresh.v6Routes();
        if (shrank(before, after)) {
            return new Fault(Problem.TABLE_SHRANK, "", after, before);
        }
        if (inUse.v4Routes() >= LARGE && shrank(inUse.v4Routes(), fresh.v4Routes())) {
            return new Fault(Problem.TABLE_SHRANK, "IPv4 ", fresh.v4Routes(), inUse.v4Routes());
        }
        if (inUse.v6Routes() >= LARGE && shrank(inUse.v6Routes(), fresh.v6Routes())) {
            return new Fault(Problem.TABLE_SHRANK, "IPv6 ", fresh.v6Routes(), inUse.v6Routes());
        }
        return null;
    }

    private static boolean shrank(long before, long after) {
        return 10 * after < 9 * before;
    }
}
