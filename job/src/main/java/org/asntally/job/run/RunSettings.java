package org.asntally.job.run;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobKeys;
import org.asntally.job.config.JobKeys.StateIn;
import org.asntally.job.config.Key;
import org.asntally.job.config.Settings;

/** What Flink is told of a job file. */
final class RunSettings {

    /** Restarts within a time that is longer than a restart takes end the job. */
    private static final int MOST_FAILURES = 10;

    private static final int BUFFER = 32 << 10;

    /** What RocksDB has for blocks and what is not yet written, beside the heap. */
    private static final MemorySize ROCKSDB_MEMORY = MemorySize.ofMebiBytes(256);

    private RunSettings() {}

    /**
     * Settings of the job, wherever it runs.
     *
     * @param checkpoints address of a folder
     * @param there what the cluster's owner has set: it holds where the job file says nothing
     */
    static Configuration ofJob(JobFile job, String checkpoints, ReadableConfig there) {
        Configuration all = new Configuration();
        all.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        all.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
        Settings saving = job.checkpoints();
        set(
                all,
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                saving,
                JobKeys.Checkpoints.INTERVAL,
                there);
        set(
                all,
                CheckpointingOptions.CHECKPOINTING_TIMEOUT,
                saving,
                JobKeys.Checkpoints.TIMEOUT,
                there);
        set(
                all,
                CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
                saving,
                JobKeys.Checkpoints.TOLERABLE_FAILURES,
                there);
        set(
                all,
                CheckpointingOptions.MAX_RETAINED_CHECKPOINTS,
                saving,
                JobKeys.Checkpoints.RETAIN,
                there);
        all.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        StateIn state = saving.find(JobKeys.Checkpoints.STATE);
        if (state == StateIn.ROCKSDB) {
            all.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
            all.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        } else if (state != null
                || !there.getOptional(StateBackendOptions.STATE_BACKEND).isPresent()) {
            all.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        }
        if (!there.getOptional(RestartStrategyOptions.RESTART_STRATEGY).isPresent()) {
            restarts(all);
        }
        return all;
    }

    /** Where a job that has no cluster to ask keeps its windows. */
    static StateIn stateOf(JobFile job) {
        StateIn given = job.checkpoints().find(JobKeys.Checkpoints.STATE);
        return given == null ? StateIn.HEAP : given;
    }

    private static <T> void set(
            Configuration all,
            ConfigOption<T> option,
            Settings settings,
            Key<T> key,
            ReadableConfig there) {
        if (settings.isGiven(key) || !there.getOptional(option).isPresent()) {
            all.set(option, settings.get(key));
        }
    }

    private static void restarts(Configuration all) {
        all.set(RestartStrategyOptions.RESTART_STRATEGY, "failure-rate");
        all.set(
                RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL,
                MOST_FAILURES);
        all.set(
                RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL,
                Duration.ofMinutes(10));
        all.set(RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY, Duration.ofSeconds(2));
    }

    /** Has metrics collected for a status line. */
    static void status(Configuration all) {
        all.set(MetricOptions.REPORTERS_LIST, "status");
        all.setString(
                "metrics.reporter.status.factory.class", StatusMetrics.Factory.class.getName());
    }

    /** These, and those of the cluster in this process. */
    static Configuration embedded(JobFile job, String checkpoints, Path temporary, int slots) {
        String place = temporary.toString();
        Configuration all = ofJob(job, checkpoints, new Configuration());
        all.set(CoreOptions.TMP_DIRS, place);
        all.set(CoreOptions.DEFAULT_PARALLELISM, slots);
        all.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, place);
        all.set(BlobServerOptions.STORAGE_DIRECTORY, place);
        all.set(RestOptions.BIND_PORT, "0");
        int sources = job.sources().size();
        int exchanges = 1 + sources + 2 * job.counts().size();
        long buffers = (long) exchanges * (2L * slots * slots + 32L * slots);
        MemorySize network = new MemorySize(Math.max(16L << 20, buffers * BUFFER));
        all.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        all.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        all.set(
                TaskManagerOptions.MANAGED_MEMORY_SIZE,
                stateOf(job) == StateIn.ROCKSDB ? ROCKSDB_MEMORY : MemorySize.ZERO);
        // One process: nobody can vanish, and a long pause of the collector is no death.
        all.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofHours(12));
        all.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofDays(30));
        return all;
    }
}
