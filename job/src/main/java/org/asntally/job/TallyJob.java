package org.asntally.job;

import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.asntally.job.config.Finding;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobFileReading;
import org.asntally.job.config.JobFiles;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.run.ClusterJob;

/**
 * The job for clusters: {@code flink run asntally-job.jar --config FILE}, the main class of the
 * jar. The same graph as {@code asntally run FILE}. {@code -Dasntally.KEY=VALUE} takes the place of
 * a key of the file, see {@link JobOptions}; where a job goes on is what Flink's own options say.
 */
public final class TallyJob {

    private static final String USAGE = "flink run asntally-job.jar";

    private TallyJob() {}

    /** Adds the job to the environment that Flink's client has prepared, and runs it. */
    public static void main(String[] arguments) throws Exception {
        Console console = Console.ofProcess();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        JobFileReading reading =
                JobFiles.read(
                        file(arguments),
                        console::variable,
                        JobOptions.instead(env.getConfiguration()));
        StringBuilder findings = new StringBuilder();
        for (Finding finding : reading.findings()) {
            console.err().println(finding.line());
            findings.append('\n').append(finding.line());
        }
        JobFile job = reading.file();
        if (job == null) {
            // Flink's client shows what is thrown, and a web page of it nothing else.
            throw new IllegalArgumentException("the job file cannot be used:" + findings);
        }
        ClusterJob.build(env, job, console);
        env.execute(job.name());
    }

    private static Path file(String[] arguments) throws Fault {
        if (arguments.length == 2 && arguments[0].equals("--config")) {
            return Path.of(arguments[1]);
        }
        if (arguments.length == 1 && arguments[0].startsWith("--config=")) {
            return Path.of(arguments[0].substring("--config=".length()));
        }
        throw new Fault(
                arguments.length == 0 ? Problem.MISSING_ARGUMENT : Problem.BAD_USAGE,
                arguments.length == 0
                        ? "--config FILE"
                        : "only --config FILE is taken, not '" + String.join(" ", arguments) + "'",
                USAGE);
    }
}
