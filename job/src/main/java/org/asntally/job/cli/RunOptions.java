package org.asntally.job.cli;

import static org.asntally.job.cli.Values.number;

import org.asntally.job.local.CountRequest;
import org.asntally.job.problem.Fault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a count is run. */
final class RunOptions {

    private static final int MOST = 128;

    @Option(names = "--strict", description = "Stop at the first unreadable line, exit 1.")
    boolean strict;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Subtasks of each step (default: the number of processors).")
    private @Nullable String parallelism;

    CountRequest.Run run(CommonOptions common, boolean progress, boolean plan) throws Fault {
        int subtasks =
                parallelism == null
                        ? Math.min(MOST, Runtime.getRuntime().availableProcessors())
                        : number("--parallelism", parallelism, 1, MOST);
        return new CountRequest.Run(subtasks, common.quiet, common.debug, progress, plan);
    }
}
