package org.asntally.job.local;

import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;

/** Counts on this machine. */
public final class LocalRun {

    private LocalRun() {}

    /** Counts and reports; gives the exit status. */
    public static int count(CountRequest request, Console console) throws Fault {
        if (request.run().plan()) {
            throw new Fault(Problem.DEFECT, request.command());
        }
        return 0;
    }
}
