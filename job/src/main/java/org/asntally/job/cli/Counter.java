package org.asntally.job.cli;

import org.asntally.job.local.Console;
import org.asntally.job.local.CountRequest;
import org.asntally.job.problem.Fault;

/** What carries a count out; tests put another one in its place. */
@FunctionalInterface
interface Counter {

    /**
     * Counts, reports, and gives the exit status.
     *
     * @throws Fault when it cannot
     */
    int count(CountRequest request, Console console) throws Fault;
}
