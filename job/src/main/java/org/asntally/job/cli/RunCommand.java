package org.asntally.job.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asntally.job.config.Endpoint;
import org.asntally.job.config.Finding;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobFileReading;
import org.asntally.job.config.JobFiles;
import org.asntally.job.local.Console;
import org.asntally.job.local.DataFolder;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
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
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally run edge.yaml",
            "  asntally run edge.yaml -Dasntally.checkpoints.interval=1m",
            "  asntally run edge.yaml --target flink.example.net:8081"
        })
final class RunCommand implements Callable<Integer> {

    /** Runs a job; another one in tests. */
    interface Runner {
        int run(RunRequest request, Console console) throws Fault;
    }

    private static final String PREFIX = "asntally.";

    /** The system property that names the folder of the distribution. */
    private static final String HOME = "asntally.home";

    private static final String JOB_JAR = "asntally-job.jar";

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

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description =
                    "Run it on the Flink cluster with this REST address and stay with it; the job"
                            + " file needs a checkpoints.path that all of the cluster reach.")
    private @Nullable String target;

    @Option(names = "--detached", description = "Leave the job to the cluster of --target.")
    private boolean detached;

    @Option(
            names = "-D",
            paramLabel = "asntally.KEY=VALUE",
            mapFallbackValue = "",
            description = "Take the place of a key of the file, as in -Dasntally.rib.poll=30s.")
    private Map<String, String> instead = Map.of();

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
        JobFileReading reading = JobFiles.read(Path.of(file), console::variable, instead());
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
                        target(),
                        common.quiet,
                        !noProgress,
                        false),
                console);
    }

    private Map<String, String> instead() throws Fault {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : instead.entrySet()) {
            if (!each.getKey().startsWith(PREFIX)) {
                throw new Fault(
                        Problem.BAD_VALUE,
                        each.getKey(),
                        "-D",
                        PREFIX + "KEY=VALUE, as in the help");
            }
            values.put(each.getKey().substring(PREFIX.length()), each.getValue());
        }
        return values;
    }

    private RunRequest.@Nullable Target target() throws Fault {
        if (target == null) {
            if (detached) {
                throw new Fault(Problem.MISSING_ARGUMENT, "--target HOST:PORT", "asntally run");
            }
            return null;
        }
        Endpoint address = Endpoint.parse(target);
        if (address == null) {
            throw new Fault(
                    Problem.BAD_VALUE, target, "--target", "a host and a port: flink.example:8081");
        }
        Path home = Path.of(System.getProperty(HOME, "."));
        return new RunRequest.Target(address, home.resolve(JOB_JAR), detached);
    }
}
