package org.asntally.job.run;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.OperatorIDPair;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.asntally.job.config.JobKeys;
import org.asntally.job.local.Console;
import org.asntally.job.local.Failures;
import org.asntally.job.local.HeadlessCluster;
import org.asntally.job.local.ReaderNotices;
import org.asntally.job.local.Signals;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.run.JobFolder.Current;
import org.asntally.job.run.JobFolder.State;
import org.asntally.sources.flink.Notices;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job file on a cluster in this process until its input ends or a signal stops it, and goes
 * on where the run before it was.
 *
 * <p>A stop makes a savepoint: windows stay open and nothing is written early. After a SIGKILL the
 * newest of the retained checkpoints is where it goes on; a savepoint is as good as a checkpoint,
 * and newer by its number when it was the last.
 */
public final class JobRun {

    private static final int DONE = 0;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final RunRequest request;
    private final Console console;
    private final JobFolder folder;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();

    private JobRun(RunRequest request, Console console, JobFolder folder) {
        this.request = request;
        this.console = console;
        this.folder = folder;
    }

    /** Runs; gives the exit status. */
    public static int run(RunRequest request, Console console) throws Fault {
        try (JobFolder folder = JobFolder.take(request.dataFolder(), request.job().name())) {
            return new JobRun(request, console, folder).run();
        } catch (IOException e) {
            throw Fault.because(e, Problem.JOB_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private int run() throws Fault, IOException {
        Signals.onEnd(() -> stop.complete(null));
        System.setProperty("java.io.tmpdir", folder.temporary().toString());
        System.setProperty("ZstdTempFolder", folder.temporary().toString());
        Notices.reset();
        Notices.install(new ReaderNotices(console, request.quiet()));
        Current before = folder.current();
        if (before != null && before.state() == State.FINISHED && !request.fresh()) {
            say(Problem.JOB_FINISHED.say(request.job().name()));
            return DONE;
        }
        int generation =
                before == null
                        ? 1
                        : request.fresh() ? before.generation() + 1 : before.generation();
        JobID id = id(request.job().name(), generation);
        Path checkpoints = checkpoints();
        Configuration settings =
                RunSettings.embedded(
                        request.job(), checkpoints.toUri().toString(), folder.temporary(), slots());
        StreamGraph graph = RunGraph.of(request, settings, generation, slots(), console);
        SavedState from = savedState(checkpoints.resolve(id.toHexString()), generation);
        JobGraph job = graph.getJobGraph(JobRun.class.getClassLoader(), id);
        job.setSavepointRestoreSettings(restore(from, job));
        folder.current(
                new Current(
                        State.RUNNING,
                        generation,
                        from == null ? "" : from.path().toString(),
                        request.job().print()));
        return run(job, from, generation, settings);
    }

    private int run(JobGraph job, @Nullable SavedState from, int generation, Configuration settings)
            throws Fault, IOException {
        try {
            HeadlessCluster cluster = HeadlessCluster.start(settings, slots());
            CompletableFuture<JobResult> result =
                    cluster.submitJob(job)
                            .thenCompose(done -> cluster.requestJobResult(done.getJobID()));
            sayStart(from);
            await(CompletableFuture.anyOf(result, stop));
            if (!result.isDone()) {
                String savepoint = stop(cluster, job.getJobID(), generation);
                folder.current(
                        new Current(State.STOPPED, generation, savepoint, request.job().print()));
                say(
                        savepoint.isEmpty()
                                ? "stopped without a savepoint; it goes on from the last checkpoint"
                                : "stopped; it goes on from " + savepoint);
                return DONE;
            }
            JobResult ended = await(result);
            if (!ended.isSuccess()) {
                throw Failures.fault(ended);
            }
            folder.current(new Current(State.FINISHED, generation, "", request.job().print()));
            say("all input has ended");
            return DONE;
        } catch (Fault | IOException e) {
            throw e;
        } catch (Exception e) {
            throw Failures.fault(e);
        }
    }

    private int slots() {
        Integer given = request.job().settings().find(JobKeys.Job.PARALLELISM);
        return given == null ? Runtime.getRuntime().availableProcessors() : given;
    }

    /** The same name and generation are the same job to Flink, so its checkpoints are found. */
    static JobID id(String name, int generation) {
        UUID uuid =
                UUID.nameUUIDFromBytes((name + '/' + generation).getBytes(StandardCharsets.UTF_8));
        return new JobID(uuid.getLeastSignificantBits(), uuid.getMostSignificantBits());
    }

    private Path checkpoints() {
        String given = request.job().checkpoints().find(JobKeys.Checkpoints.PATH);
        return given == null ? folder.checkpoints() : Path.of(given).toAbsolutePath();
    }

    private @Nullable SavedState savedState(Path checkpoints, int generation)
            throws Fault, IOException {
        Path named = request.from();
        if (named != null) {
            SavedState given = SavedState.read(named.toAbsolutePath());
            if (given == null) {
                throw new Fault(Problem.NO_SAVEPOINT, named);
            }
            return given;
        }
        return SavedState.newest(List.of(checkpoints, savepoints(generation)));
    }

    private Path savepoints(int generation) {
        return folder.savepoints().resolve(String.valueOf(generation));
    }

    /** Where the job goes on; refused when the changed file has no use for some of its state. */
    private SavepointRestoreSettings restore(@Nullable SavedState from, JobGraph job) throws Fault {
        if (from == null) {
            return SavepointRestoreSettings.none();
        }
        Set<OperatorID> wanted = new HashSet<>();
        for (JobVertex vertex : job.getVertices()) {
            for (OperatorIDPair pair : vertex.getOperatorIDs()) {
                wanted.add(pair.getGeneratedOperatorID());
                pair.getUserDefinedOperatorID().ifPresent(wanted::add);
            }
        }
        Set<String> unused = new TreeSet<>();
        for (Map.Entry<OperatorID, String> state : from.operators().entrySet()) {
            if (!wanted.contains(state.getKey()) && !isDropped(state.getValue())) {
                unused.add(name(state.getValue()));
            }
        }
        if (!unused.isEmpty()) {
            throw new Fault(
                    Problem.STATE_UNUSED, String.join(", ", unused), String.join(",", unused));
        }
        return SavepointRestoreSettings.forPath(
                from.path().toUri().toString(),
                !request.drop().isEmpty(),
                request.from() == null ? RecoveryClaimMode.CLAIM : RecoveryClaimMode.NO_CLAIM);
    }

    private boolean isDropped(String state) {
        return request.drop().contains(name(state));
    }

    /**
     * The configured name within an operator's: {@code by-as} of {@code result: out/by-as: Writer}.
     */
    private static String name(String operator) {
        String[] words = operator.split("[: ]+", -1);
        String name = words[Math.min(words.length - 1, operator.startsWith("Source: ") ? 2 : 1)];
        return name.substring(name.indexOf('/') + 1);
    }

    /** Stops with a savepoint; where that takes too long, the last checkpoint has to do. */
    private String stop(HeadlessCluster cluster, JobID job, int generation) throws Exception {
        try {
            String savepoint =
                    cluster.stopWithSavepoint(
                                    job,
                                    savepoints(generation).toUri().toString(),
                                    false,
                                    SavepointFormatType.NATIVE)
                            .get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return Path.of(URI.create(savepoint)).toString();
        } catch (ExecutionException | TimeoutException e) {
            if (cluster.getJobStatus(job).get() == JobStatus.FINISHED) {
                return "";
            }
            cluster.cancelJob(job).get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return "";
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws Fault {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw Failures.fault(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.because(e, Problem.JOB_FAILED, "interrupted");
        }
    }

    private void sayStart(@Nullable SavedState from) {
        say(request.job().name() + (from == null ? " begins" : " goes on from " + from.path()));
    }

    private void say(String text) {
        if (!request.quiet()) {
            console.err().println(Problem.printable(text));
        }
    }
}
