package org.asntally.job.update;

import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.rib.RibInfo;
import org.asntally.lookup.rib.RibShrinkage;

/** Keeps a table that lacks much out, see {@link RibShrinkage}. */
final class ShrinkRule {

    private ShrinkRule() {}

    /**
     * Compares.
     *
     * @return routes of the table in use, when the new one is taken although it has far fewer; else
     *     0
     * @throws Fault when it is refused
     */
    static long check(RibInfo inUse, RibInfo fresh, boolean allow) throws Fault {
        RibShrinkage shrinkage = RibShrinkage.of(inUse, fresh);
        if (shrinkage == null) {
            return 0;
        }
        if (!allow) {
            throw shrinkage.isFamilyLost()
                    ? new Fault(Problem.FAMILY_LOST, shrinkage.family(), shrinkage.before())
                    : new Fault(
                            Problem.TABLE_SHRANK,
                            shrinkage.family().isEmpty() ? "" : shrinkage.family() + " ",
                            shrinkage.routes(),
                            shrinkage.before());
        }
        return (long) inUse.v4Routes() + inUse.v6Routes();
    }
}
