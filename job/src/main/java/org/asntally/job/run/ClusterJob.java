package org.asntally.job.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobKeys;
import org.asntally.job.local.Console;
import org.asntally.job.local.DataFolder;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;

/** A job file as a cluster's own client runs it: where it goes on is that client's business. */
public final class ClusterJob {

    private ClusterJob() {}

    /**
     * Adds the graph of a job to the environment that the client made, and what the job file says
     * of checkpoints. What the cluster's owner has set holds where the file says nothing.
     *
     * @throws Fault when the job cannot run so
     */
    public static void build(StreamExecutionEnvironment env, JobFile job, Console console)
            throws Fault {
        DataFolder data = DataFolder.of(null, console);
        Path temporary = temporary();
        String given = job.checkpoints().find(JobKeys.Checkpoints.PATH);
        String there =
                env.getConfiguration()
                        .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                        .orElse(null);
        if (given == null && there == null) {
            throw new Fault(Problem.NO_SHARED_FOLDER);
        }
        env.configure(
                RunSettings.ofJob(
                        job,
                        given == null ? String.valueOf(there) : RunPlace.address(given),
                        env.getConfiguration()));
        Integer parallelism = job.settings().find(JobKeys.Job.PARALLELISM);
        if (parallelism != null) {
            env.setParallelism(parallelism);
        }
        RunGraph.build(
                env,
                job,
                new RunPlace(
                        data.path(),
                        data.archive(),
                        true,
                        temporary,
                        given == null ? String.valueOf(there) : given),
                1,
                console);
    }

    /** For tables that have no file which could be given to the cluster. */
    private static Path temporary() throws Fault {
        try {
            Path folder = Files.createTempDirectory("asntally-");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw Fault.because(
                    e,
                    Problem.TEMPORARY_FOLDER,
                    System.getProperty("java.io.tmpdir"),
                    String.valueOf(e.getMessage()));
        }
    }
}
