package org.asntally.job.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asntally.job.config.Finding;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobFileReading;
import org.asntally.job.config.JobFiles;
import org.asntally.job.local.Console;
import org.asntally.job.local.DataFolder;
import org.asntally.job.problem.Fault;
import org.asntally.job.run.RunRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asntally run}: the job of a file, until its input ends or a signal stops it. */
@Command(
        name = "run",
        description = {
            "Run the job of a file, here, until its input ends or a signal stops it.",
            "It goes on where the run before it was: after SIGTERM or SIGINT, which stop it with a"
                    + " savepoint, and after a SIGKILL, from its last checkpoint."
        })
final class RunCommand implements Callable<Integer> {

    /** Runs a job; another one in tests. */
    interface Runner {
        int run(RunRequest request, Console console) throws Fault;
    }

    @Parameters(paramLabel = "FILE", description = "The job file.")
    private String file = "";

    @Option(
            names = "--fresh",
            description =
                    "Begin anew: nothing of earlier runs counts, and results go to a folder of"
                            + " their own.")
    private boolean fresh;

    @Option(
            names = "--drop",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Give up the state of this source or count, which the changed file does not"
                            + " have any more.")
    private List<String> drop = List.of();

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Go on from this savepoint, which is left as it is.")
    private @Nullable String from;

    @Option(names = "--no-progress", description = "No status line on a terminal.")
    private boolean noProgress;

    @Mixin private CommonOptions common = new CommonOptions();

    private final Console console;
    private final Runner runner;

    RunCommand(Console console, Runner runner) {
        this.console = console;
        this.runner = runner;
    }

    @Override
    public Integer call() throws Fault {
        JobFileReading reading = JobFiles.read(Path.of(file), console::variable);
        for (Finding finding : reading.findings()) {
            console.err().println(finding.line());
        }
        JobFile job = reading.file();
        if (job == null) {
            return ExitStatus.USAGE.code();
        }
        DataFolder data = DataFolder.of(common.dataDir, console);
        return runner.run(
                new RunRequest(
                        job,
                        data.path(),
                        data.archive(),
                        fresh,
                        Set.copyOf(drop),
                        from == null ? null : Path.of(from),
                        common.quiet,
                        !noProgress),
                console);
    }
}
