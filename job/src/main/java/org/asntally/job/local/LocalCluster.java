package org.asntally.job.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;

/**
 * A Flink cluster within this process, set up for one job on little memory. It starts on a thread
 * of its own while the caller prepares the job; everything that it writes is below one folder.
 */
final class LocalCluster {

    private static final Duration NEVER = Duration.ofDays(3650);
    private static final int BUFFER = 32 << 10;

    private final FutureTask<HeadlessCluster> starting;

    /** Begins to start a cluster for jobs of at most this parallelism. */
    LocalCluster(Path folder, int parallelism) {
        // Pekko reads it from here only; its default wakes two threads a hundred times a second.
        System.setProperty("pekko.scheduler.tick-duration", "500ms");
        Configuration configuration = configuration(folder, parallelism);
        starting = new FutureTask<>(() -> HeadlessCluster.start(configuration, parallelism));
        Thread thread = new Thread(starting, "start-cluster");
        thread.setDaemon(true);
        thread.start();
    }

    /** The configuration of a job that runs here, and of the cluster. */
    static Configuration configuration(Path folder, int parallelism) {
        String place = folder.toAbsolutePath().toString();
        Configuration all = new Configuration();
        all.set(CoreOptions.TMP_DIRS, place);
        all.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        all.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, place);
        all.set(BlobServerOptions.STORAGE_DIRECTORY, place);
        all.set(RestOptions.BIND_PORT, "0");

        // Three exchanges at most: two buffers a channel, some more a gate.
        long buffers = 6L * parallelism * parallelism + 64L * parallelism;
        MemorySize network = new MemorySize(Math.max(8L << 20, buffers * BUFFER));
        all.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        all.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        all.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);

        // One process: nobody can vanish, and a long pause of the collector is no death.
        all.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofHours(12));
        all.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofDays(30));
        all.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ZERO);
        all.set(ResourceManagerOptions.REQUIREMENTS_CHECK_DELAY, Duration.ZERO);

        // Nobody waits for a partial buffer: what is read is asked for by a barrier or the end,
        // which flush.
        // No watermark leaves before the end. Timers that find nothing to do would keep an idle
        // pipe busy.
        all.set(ExecutionOptions.BUFFER_TIMEOUT_ENABLED, false);
        all.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);

        all.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        all.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        // A checkpoint is a look at the windows, taken when the user asks for a report.
        all.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, NEVER);
        all.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, NEVER.minusDays(1));
        all.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofHours(1));
        all.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        all.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        all.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        return all;
    }

    /** Submits a job; the result comes when it has ended. */
    CompletableFuture<JobResult> run(JobGraph job) throws Fault {
        HeadlessCluster cluster = cluster();
        return cluster.submitJob(job)
                .thenCompose(done -> cluster.requestJobResult(done.getJobID()));
    }

    /** Has the job's windows looked at; comes when it is over, also exceptionally. */
    CompletableFuture<Void> look(JobID job) {
        try {
            return cluster().triggerCheckpoint(job).thenAccept(path -> {});
        } catch (Fault e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private HeadlessCluster cluster() throws Fault {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw Failures.fault(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.because(e, Problem.JOB_FAILED, "interrupted");
        }
    }

    /**
     * Leaves the cluster to the end of the process. A thread that waits for connections would hold
     * the JVM's halt for 300 ms: it is in native code, where the JVM gives it time to come back.
     */
    void leave() {
        if (starting.isDone()) {
            try {
                starting.get().stopListening();
            } catch (ExecutionException | IOException e) {
                // It never ran, or its folder is going anyway.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the cluster, and what runs on it. */
    void close() throws Fault {
        try {
            cluster().closeAsync().get();
        } catch (ExecutionException e) {
            throw Failures.fault(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
