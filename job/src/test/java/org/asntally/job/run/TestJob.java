package org.asntally.job.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobFileReading;
import org.asntally.job.config.JobFiles;
import org.asntally.job.local.Console;
import org.asntally.job.local.HeadlessCluster;
import org.asntally.job.problem.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A job file in this process, on a cluster of its own for each start: the graph, settings and
 * states of {@code run}, without its process, so that it can be killed and go on at another
 * parallelism.
 */
@SuppressWarnings("try") // of a close that may be interrupted
final class TestJob implements AutoCloseable {

    private static final int MOST_ATTEMPTS = 200;

    private final Path place;
    private final JobFile job;
    private final JobID id;
    private final Console console =
            Console.of(
                    new ByteArrayInputStream(new byte[0]),
                    new ByteArrayOutputStream(),
                    new ByteArrayOutputStream(),
                    Map.of());
    private @Nullable HeadlessCluster cluster;
    private @Nullable CompletableFuture<JobResult> result;
    private Map<String, Object> told = Map.of();

    /**
     * Starts nothing.
     *
     * @param place for its checkpoints and savepoints
     */
    TestJob(Path place, String yaml) throws Exception {
        this.place = Files.createDirectories(place);
        JobFileReading reading =
                JobFiles.read(
                        new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
                        "job.yaml",
                        name -> null);
        JobFile read = reading.file();
        if (read == null) {
            throw new IllegalArgumentException(String.valueOf(reading.findings()));
        }
        this.job = read;
        this.id = JobStates.id(job.name(), 1, 0);
    }

    private Path checkpoints() {
        return place.resolve("checkpoints");
    }

    private Path savepoints() {
        return place.resolve("savepoints");
    }

    /** Where it would go on from; null: it would begin. */
    @Nullable SavedState state() throws Exception {
        return SavedState.newest(List.of(checkpoints().resolve(id.toHexString()), savepoints()));
    }

    /** Begins, or goes on from the newest state. */
    void start(int parallelism) throws Exception {
        start(parallelism, state());
    }

    /** Begins, or goes on from a state. */
    void start(int parallelism, @Nullable SavedState from) throws Exception {
        start(
                parallelism,
                plan ->
                        from == null
                                ? SavepointRestoreSettings.none()
                                : SavepointRestoreSettings.forPath(
                                        RunPlace.address(from.path().toString()), false));
    }

    /** Goes on from the newest state as {@code run --drop} does. */
    void start(int parallelism, Set<String> drop) throws Exception {
        RunRequest request =
                new RunRequest(
                        job,
                        place,
                        place.resolve("rib"),
                        false,
                        drop,
                        null,
                        null,
                        false,
                        false,
                        false);
        SavedState from = state();
        start(parallelism, plan -> Restore.settings(from, plan, request));
    }

    /** From where a graph goes on. */
    private interface From {
        SavepointRestoreSettings of(JobGraph plan) throws Fault;
    }

    private void start(int parallelism, From from) throws Exception {
        Path temporary = Files.createDirectories(place.resolve("tmp"));
        Configuration settings =
                RunSettings.embedded(
                        job, RunPlace.address(checkpoints().toString()), temporary, parallelism);
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY, Duration.ofMillis(50));
        JobGraph plan =
                RunGraph.of(
                                job,
                                RunPlace.here(place, place.resolve("rib"), temporary),
                                settings,
                                1,
                                parallelism,
                                console)
                        .getJobGraph(TestJob.class.getClassLoader(), id);
        plan.setSavepointRestoreSettings(from.of(plan));
        HeadlessCluster started = HeadlessCluster.start(settings, parallelism);
        cluster = started;
        result =
                started.submitJob(plan)
                        .thenCompose(done -> started.requestJobResult(done.getJobID()));
    }

    private HeadlessCluster cluster() {
        HeadlessCluster running = cluster;
        if (running == null) {
            throw new IllegalStateException("it does not run");
        }
        return running;
    }

    /** Waits for a job whose sources end. */
    JobResult end() throws Exception {
        CompletableFuture<JobResult> running = result;
        if (running == null) {
            throw new IllegalStateException("it does not run");
        }
        JobResult ended = running.get(60, TimeUnit.SECONDS);
        kill();
        return ended;
    }

    private Map<String, Object> accumulators() throws Exception {
        CompletableFuture<JobResult> ending = result;
        return ending == null
                ? Map.of()
                : ending.get(30, TimeUnit.SECONDS)
                        .toJobExecutionResult(TestJob.class.getClassLoader())
                        .getAllAccumulatorResults();
    }

    /** What the tasks had counted at the last stop. */
    Map<String, Object> told() {
        return told;
    }

    /** Throws what the job failed with, if it did. */
    void check() throws Exception {
        CompletableFuture<JobResult> running = result;
        if (running != null && running.isDone()) {
            JobResult ended = running.get();
            throw new AssertionError(
                    "the job has ended: "
                            + ended.getSerializedThrowable()
                                    .map(cause -> cause.getFullStringifiedStackTrace())
                                    .orElse(String.valueOf(ended.getJobStatus())));
        }
    }

    /** The tasks are lost; the job goes on by itself, from its last checkpoint. */
    void loseTasks() throws Exception {
        cluster().terminateTaskManager(0).get(30, TimeUnit.SECONDS);
        cluster().startTaskManager();
    }

    /** All of it is gone: what is left are the retained checkpoints. */
    void kill() throws Exception {
        HeadlessCluster running = cluster();
        cluster = null;
        result = null;
        running.close();
    }

    /** Stops with a savepoint. */
    SavedState stop() throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                String path =
                        cluster()
                                .stopWithSavepoint(
                                        id,
                                        RunPlace.address(savepoints().toString()),
                                        false,
                                        SavepointFormatType.NATIVE)
                                .get(30, TimeUnit.SECONDS);
                told = accumulators();
                kill();
                SavedState saved = SavedState.read(Path.of(URI.create(path)));
                if (saved == null) {
                    throw new AssertionError("no savepoint at " + path);
                }
                return saved;
            } catch (ExecutionException e) {
                // It wants all tasks to run.
                check();
                if (attempt > MOST_ATTEMPTS) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    @Override
    public void close() throws Exception {
        if (cluster != null) {
            kill();
        }
    }
}
