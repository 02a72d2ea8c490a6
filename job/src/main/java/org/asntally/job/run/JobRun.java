package org.asntally.job.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobSubmissionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.scheduler.stopwithsavepoint.StopWithSavepointStoppingException;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;
import org.asntally.job.attribute.FailedInputs;
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
import org.asntally.sources.FlowFormat;
import org.asntally.sources.flink.Notice;
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
    private static final int INPUT_FAILED = 4;

    /** How long a stop may take before the last checkpoint has to do. */
    static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final RunRequest request;
    private final Console console;
    private final JobFolder folder;
    private final JobStates states;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final AtomicLong refusedTables = new AtomicLong();
    private final Instant since = Instant.now();
    private volatile @Nullable StatusLine status;

    private JobRun(RunRequest request, Console console, JobFolder folder) {
        this.request = request;
        this.console = console;
        this.folder = folder;
        this.states = new JobStates(request, folder);
    }

    /** Runs, here or on the cluster that is asked for; gives the exit status. */
    public static int run(RunRequest request, Console console) throws Fault {
        try (JobFolder folder = JobFolder.take(request.dataFolder(), request.job().name())) {
            folder.keep(JobStates.lock(request));
            System.setProperty("java.io.tmpdir", folder.temporary().toString());
            System.setProperty("ZstdTempFolder", folder.temporary().toString());
            Current before = folder.current();
            if (before != null && before.state() == State.FINISHED && !request.fresh()) {
                say(request, console, Problem.JOB_FINISHED.say(request.job().name()));
                return DONE;
            }
            RunRequest.Target target = request.target();
            return target == null
                    ? new JobRun(request, console, folder).run(next(request, before))
                    : TargetRun.run(request, target, console, folder, before);
        } catch (IOException e) {
            throw Fault.because(e, Problem.JOB_FAILED, String.valueOf(e.getMessage()));
        }
    }

    /** The job as it is about to run. */
    static Current next(RunRequest request, @Nullable Current before) {
        int generation = before == null ? 1 : before.generation();
        boolean fresh = before != null && request.fresh();
        return new Current(
                State.RUNNING,
                fresh ? generation + 1 : generation,
                before == null || fresh ? 0 : before.attempt(),
                before == null || fresh ? "" : before.path(),
                request.job().print());
    }

    private int run(Current job) throws Fault, IOException {
        Signals.onEnd(() -> stop.complete(null));
        Notices.reset();
        ReaderNotices notices = new ReaderNotices(console, request.quiet());
        Notices.install(
                new Notices.Sink() {
                    @Override
                    public void tell(Notice notice) {
                        if (notice.kind() == Notice.Kind.TABLE_REFUSED) {
                            refusedTables.incrementAndGet();
                        }
                        hideStatus();
                        notices.tell(notice);
                    }

                    @Override
                    public void formatTold(String input, FlowFormat format) {
                        hideStatus();
                        notices.formatTold(input, format);
                    }
                });
        JobID id = JobStates.id(request.job().name(), job.generation(), 0);
        Configuration settings =
                RunSettings.embedded(
                        request.job(),
                        RunPlace.address(states.checkpoints()),
                        folder.temporary(),
                        slots());
        if (showsStatus()) {
            RunSettings.status(settings);
        }
        ResultSweep sweep = new ResultSweep(request.job(), folder.path(), job.generation());
        StreamGraph graph =
                RunGraph.of(
                        request.job(),
                        RunPlace.here(request.dataFolder(), request.archive(), folder.temporary())
                                .marked(sweep.mark()),
                        settings,
                        job.generation(),
                        slots(),
                        console);
        SavedState from = states.find(job);
        JobGraph plan = graph.getJobGraph(JobRun.class.getClassLoader(), id);
        plan.setSavepointRestoreSettings(Restore.settings(from, plan, request));
        if (from != null && request.from() == null && !RunPlace.isAddress(states.checkpoints())) {
            JobStates.sweep(Path.of(states.checkpoints(), id.toHexString()), from);
        }
        Current running = job.with(State.RUNNING, from == null ? "" : from.path().toString());
        folder.current(running);
        return run(plan, from, running, settings, sweep);
    }

    private int run(
            JobGraph plan,
            @Nullable SavedState from,
            Current running,
            Configuration settings,
            ResultSweep sweep)
            throws Fault, IOException {
        try {
            HeadlessCluster cluster = HeadlessCluster.start(settings, slots());
            CompletableFuture<JobSubmissionResult> submitted = cluster.submitJob(plan);
            CompletableFuture<JobResult> result =
                    submitted.thenCompose(done -> cluster.requestJobResult(done.getJobID()));
            say(request.job().name() + (from == null ? " begins" : " goes on from " + from.path()));
            try (StatusLine line =
                            showsStatus()
                                    ? StatusLine.start(
                                            console,
                                            RunTables.folder(request.job(), request.archive()))
                                    : null;
                    CheckpointWatch watch = watch(cluster, plan.getJobID(), from, sweep)) {
                status = line;
                watch.begin();
                SoftHeap.follow();
                await(CompletableFuture.anyOf(result, stop));
            }
            status = null;
            if (!result.isDone()) {
                // A job that is not there yet cannot be stopped.
                await(submitted);
                String savepoint = stop(cluster, plan.getJobID(), running.generation());
                if (request.last()) {
                    folder.current(running.with(State.FINISHED, ""));
                    say(savepoint.isEmpty() ? CUT_OFF : ENDED);
                    return DONE;
                }
                folder.current(running.with(State.STOPPED, savepoint));
                sayEnd(result);
                say(sayStopped(savepoint));
                return DONE;
            }
            JobResult ended = await(result);
            if (!ended.isSuccess()) {
                throw Failures.fault(ended);
            }
            folder.current(running.with(State.FINISHED, ""));
            sweep(sweep);
            sayEnd(result);
            say(ENDED);
            return sayFailed(ended, console);
        } catch (Fault | IOException e) {
            throw e;
        } catch (Exception e) {
            throw Failures.fault(e);
        }
    }

    private CheckpointWatch watch(
            HeadlessCluster cluster, JobID job, @Nullable SavedState from, ResultSweep sweep) {
        return new CheckpointWatch(
                new CheckpointWatch.Job() {
                    @Override
                    public AccessExecutionGraph look()
                            throws ExecutionException, InterruptedException {
                        return cluster.getExecutionGraph(job).get();
                    }

                    @Override
                    public void askForCheckpoint() {
                        var unused = cluster.triggerCheckpoint(job);
                    }
                },
                from == null ? "its beginning" : from.path().toString(),
                states::room,
                new CheckpointWatch.Listener() {
                    @Override
                    public void say(String text) {
                        JobRun.this.say(text);
                    }

                    @Override
                    public void firstComplete() {
                        sweep(sweep);
                    }
                });
    }

    /** What states other than the one that the user named need is not known. */
    private void sweep(ResultSweep sweep) {
        if (request.from() != null) {
            return;
        }
        ResultSweep.Swept swept = sweep.sweep();
        if (swept.files() > 0) {
            say(
                    "removed %,d unfinished result files of killed processes, %,d bytes"
                            .formatted(swept.files(), swept.bytes()));
        }
    }

    /** Says how old the results are, and what of them no promise is made for. */
    private void sayEnd(CompletableFuture<JobResult> result) {
        try {
            EndReport.of(
                            result.get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS),
                            request,
                            refusedTables.get(),
                            since)
                    .forEach(this::say);
        } catch (ExecutionException | TimeoutException e) {
            // A job that was cancelled has nothing to tell; that it was is said.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is said when all is done. */
    static final String ENDED = "all input has ended";

    /** What is said when the last windows of a job could not be closed. */
    private static final String CUT_OFF = "stopped; its last windows are missing";

    /** What is said after a stop. */
    static String sayStopped(String savepoint) {
        return savepoint.isEmpty()
                ? "stopped without a savepoint; it goes on from the last checkpoint"
                : "stopped; it goes on from " + savepoint;
    }

    /** Says which sources could not be read whole; gives the exit status for that. */
    static int sayFailed(JobResult ended, Console console) throws Fault {
        Map<String, Long> failed;
        try {
            failed = FailedInputs.of(EndReport.accumulators(ended));
        } catch (JobExecutionException | IOException | ClassNotFoundException e) {
            throw Failures.fault(e);
        }
        failed.forEach(
                (source, count) -> console.err().println(Problem.SOURCE_FAILED.say(source, count)));
        return failed.isEmpty() ? DONE : INPUT_FAILED;
    }

    private int slots() {
        Integer given = request.job().settings().find(JobKeys.Job.PARALLELISM);
        return given == null ? Runtime.getRuntime().availableProcessors() : given;
    }

    /**
     * Stops with a savepoint, and closes the windows where nobody goes on from it; where that takes
     * too long, the last checkpoint has to do.
     */
    private String stop(HeadlessCluster cluster, JobID job, int generation) throws Exception {
        try {
            String savepoint =
                    cluster.stopWithSavepoint(
                                    job,
                                    states.savepoints(generation).toUri().toString(),
                                    request.last(),
                                    SavepointFormatType.NATIVE)
                            .get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return Path.of(URI.create(savepoint)).toString();
        } catch (ExecutionException | TimeoutException e) {
            if (!cluster.getJobStatus(job).get().isGloballyTerminalState()) {
                cluster.cancelJob(job).get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            // One that was written is where the job goes on, whatever came after it.
            return ExceptionUtils.findThrowable(e, StopWithSavepointStoppingException.class)
                    .map(written -> Path.of(URI.create(written.getSavepointPath())).toString())
                    .orElse("");
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

    private boolean showsStatus() {
        return request.progress() && !request.quiet() && console.errTerminal();
    }

    private void hideStatus() {
        StatusLine line = status;
        if (line != null) {
            line.hide();
        }
    }

    private void say(String text) {
        hideStatus();
        say(request, console, text);
    }

    static void say(RunRequest request, Console console, String text) {
        if (!request.quiet()) {
            console.err().println(Problem.printable(text));
        }
    }
}
