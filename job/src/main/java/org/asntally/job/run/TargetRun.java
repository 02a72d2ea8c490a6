package org.asntally.job.run;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.asntally.job.config.JobKeys;
import org.asntally.job.local.Console;
import org.asntally.job.local.Failures;
import org.asntally.job.local.Signals;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.run.JobFolder.Current;
import org.asntally.job.run.JobFolder.State;
import org.asntally.job.run.RestCluster.Saved;
import org.asntally.job.run.RunRequest.Target;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job file on a Flink cluster and stays with it: as {@link JobRun}, but for the process that
 * does the work. This one may end and come back; a cluster that has forgotten the job, since its
 * JobManager was lost, gets it again with its newest checkpoint.
 */
final class TargetRun {

    private static final int DONE = 0;
    private static final int PARTLY = 1;
    private static final long LOOK_MILLIS = 1000;
    private static final long SAY_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final RunRequest request;
    private final Target target;
    private final Console console;
    private final JobFolder folder;
    private final JobStates states;
    private final RestCluster cluster;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final Instant since = Instant.now();

    /** Of the job that runs: each submission counts from 0. */
    private CheckpointNews checkpoints = new CheckpointNews();

    private Current job;
    private @Nullable JobStatus shown;
    private boolean submitted = true;
    private boolean saved;
    private long silentSince;
    private long saidSilent;

    private TargetRun(
            RunRequest request,
            Target target,
            Console console,
            JobFolder folder,
            RestCluster cluster,
            Current job) {
        this.request = request;
        this.target = target;
        this.console = console;
        this.folder = folder;
        this.states = new JobStates(request, folder);
        this.cluster = cluster;
        this.job = job;
    }

    static int run(
            RunRequest request,
            Target target,
            Console console,
            JobFolder folder,
            @Nullable Current before)
            throws Fault, IOException {
        if (!request.job().checkpoints().isGiven(JobKeys.Checkpoints.PATH)) {
            throw new Fault(Problem.NO_SHARED_FOLDER);
        }
        if (!Files.isRegularFile(target.jar())) {
            throw new Fault(Problem.NO_JOB_JAR, target.jar());
        }
        try (RestCluster cluster = new RestCluster(target.address())) {
            return new TargetRun(
                            request, target, console, folder, cluster, JobRun.next(request, before))
                    .run(before);
        }
    }

    private int run(@Nullable Current before) throws Fault, IOException {
        Signals.onEnd(() -> stop.complete(null));
        JobStatus there;
        try {
            there = before == null ? null : cluster.status(id(before));
            if (before == null) {
                cluster.parallelism();
            }
        } catch (IOException e) {
            throw Fault.because(
                    e, Problem.NO_CLUSTER, target.address(), String.valueOf(e.getMessage()));
        }
        boolean runs = there != null && !there.isGloballyTerminalState();
        if (runs && request.fresh()) {
            throw new Fault(Problem.JOB_RUNS, request.job().name(), target.address());
        }
        if (runs && before != null) {
            job = before;
            say(request.job().name() + " runs on " + target.address() + " already, as " + id());
            if (!before.configuration().strip().equals(request.job().print().strip())) {
                say(Problem.OTHER_FILE_RUNS.say(request.job().name()));
            }
        } else {
            boolean left = before != null && before.state() == State.RUNNING && !request.fresh();
            if (left && there == JobStatus.FINISHED) {
                // While nobody looked; somebody else may have stopped it.
                String stoppedAt = cluster.saved(id()).stoppedAt();
                if (stoppedAt == null) {
                    return finished();
                }
                job = job.with(State.STOPPED, stoppedAt);
            }
            saved = left && job.attempt() > 0;
            submitted = false;
        }
        return target.detached() && submitted ? DONE : follow();
    }

    private JobID id() {
        return id(job);
    }

    private JobID id(Current of) {
        return JobStates.id(request.job().name(), of.generation(), of.attempt());
    }

    private int follow() throws Fault, IOException {
        while (true) {
            try {
                if (!submitted) {
                    submit();
                    if (target.detached()) {
                        return DONE;
                    }
                }
                if (stop.isDone()) {
                    return stop();
                }
                JobStatus status = cluster.status(id());
                answered();
                if (status == null) {
                    say(Problem.JOB_LOST.say(request.job().name(), target.address()));
                    submitted = false;
                    continue;
                } else if (status.isGloballyTerminalState()) {
                    return ended(status);
                } else {
                    show(status);
                    // Until it runs there is nobody to ask.
                    if (status == JobStatus.RUNNING) {
                        look(cluster.saved(id()));
                    }
                }
            } catch (IOException e) {
                silent(e);
            }
            waitOrStop();
        }
    }

    private void waitOrStop() {
        try {
            stop.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Time for another look.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Saved now) throws IOException {
        remember(now.checkpoint());
        String from = job.path().isEmpty() ? "its beginning" : job.path();
        CheckpointNews.Look look =
                new CheckpointNews.Look(now.complete(), now.failed(), now.failure(), from);
        String said = checkpoints.of(look, () -> "", System.nanoTime());
        if (said != null) {
            say(said);
        }
    }

    /** Keeps the newest checkpoint: it may lie where only the cluster can look for it. */
    private void remember(@Nullable String checkpoint) throws IOException {
        if (checkpoint != null && !checkpoint.equals(job.path())) {
            saved = true;
            job = job.with(State.RUNNING, checkpoint);
            folder.current(job);
        }
    }

    private void show(JobStatus status) throws IOException {
        if (status == shown) {
            return;
        }
        boolean again = shown == JobStatus.RESTARTING || shown == JobStatus.FAILING;
        shown = status;
        switch (status) {
            case FAILING, RESTARTING -> {
                if (!again) {
                    say(Problem.JOB_RESTARTS.say(request.job().name(), cluster.failure(id())));
                }
            }
            case RUNNING -> {
                if (again) {
                    say(request.job().name() + " runs again");
                }
            }
            default -> {
                // The way to one of these.
            }
        }
    }

    private void silent(IOException e) throws Fault, IOException {
        long now = System.nanoTime();
        if (silentSince == 0) {
            silentSince = now;
            saidSilent = 0;
        }
        if (stop.isDone()) {
            throw Fault.because(
                    e, Problem.NO_CLUSTER, target.address(), String.valueOf(e.getMessage()));
        }
        if (saidSilent == 0 || now - saidSilent > SAY_AGAIN_NANOS) {
            saidSilent = now;
            say(Problem.CLUSTER_SILENT.say(target.address(), String.valueOf(e.getMessage())));
        }
    }

    private void answered() {
        if (silentSince != 0) {
            silentSince = 0;
            say(target.address() + " answers again");
        }
    }

    /** Gives the cluster the job, with the newest of what was saved of it. */
    private void submit() throws Fault, IOException {
        SavedState from = states.find(job);
        if (from == null && saved && job.path().isEmpty() && request.from() == null) {
            throw new Fault(Problem.STATE_GONE, request.job().name());
        }
        Current next =
                new Current(
                        State.RUNNING,
                        job.generation(),
                        job.attempt() + 1,
                        from == null ? job.path() : from.path().toString(),
                        request.job().print());
        Integer given = request.job().settings().find(JobKeys.Job.PARALLELISM);
        StreamGraph graph =
                RunGraph.of(
                        request.job(),
                        new RunPlace(
                                request.dataFolder(),
                                request.archive(),
                                true,
                                folder.temporary(),
                                states.checkpoints()),
                        RunSettings.ofJob(
                                request.job(),
                                RunPlace.address(states.checkpoints()),
                                new org.apache.flink.configuration.Configuration()),
                        job.generation(),
                        given == null ? cluster.parallelism() : given,
                        console);
        JobGraph plan = graph.getJobGraph(TargetRun.class.getClassLoader(), id(next));
        plan.addJar(new Path(target.jar().toUri()));
        if (from != null) {
            plan.setSavepointRestoreSettings(Restore.settings(from, plan, request));
        } else if (!job.path().isEmpty()) {
            plan.setSavepointRestoreSettings(
                    Restore.settings(RunPlace.address(job.path()), request));
        }
        // Before the job can be there: whoever comes next must know its id.
        folder.current(next);
        job = next;
        cluster.submit(plan);
        submitted = true;
        shown = null;
        checkpoints = new CheckpointNews();
        say(
                request.job().name()
                        + (next.path().isEmpty() ? " begins" : " goes on from " + next.path())
                        + " on "
                        + target.address()
                        + " as "
                        + id());
    }

    private int ended(JobStatus status) throws Fault, IOException {
        Saved last = cluster.saved(id());
        if (last.stoppedAt() != null) {
            folder.current(job.with(State.STOPPED, last.stoppedAt()));
            say("somebody else has " + JobRun.sayStopped(last.stoppedAt()));
            return PARTLY;
        }
        switch (status) {
            case FINISHED -> {
                return finished();
            }
            case CANCELED -> {
                remember(last.checkpoint());
                say("somebody else has " + JobRun.sayStopped(""));
                return PARTLY;
            }
            default -> {
                remember(last.checkpoint());
                throw Failures.fault(cluster.result(id()));
            }
        }
    }

    private int finished() throws Fault, IOException {
        JobResult result = cluster.result(id());
        folder.current(job.with(State.FINISHED, ""));
        sayEnd(result);
        say(JobRun.ENDED);
        return JobRun.sayFailed(result, console);
    }

    private int stop() throws Fault, IOException {
        String folderOfSavepoint = states.sharedSavepoints(job.generation());
        String savepoint =
                cluster.stop(
                        id(),
                        RunPlace.address(folderOfSavepoint),
                        why -> say("no savepoint could be written: " + why));
        if (savepoint == null) {
            JobStatus status = cluster.status(id());
            if (status != null && status.isGloballyTerminalState()) {
                return ended(status);
            }
            if (status != null) {
                remember(cluster.saved(id()).checkpoint());
                cluster.cancel(id());
            }
        }
        folder.current(job.with(State.STOPPED, savepoint == null ? job.path() : savepoint));
        if (savepoint != null) {
            try {
                sayEnd(cluster.result(id()));
            } catch (IOException e) {
                // It is stopped all the same, which is said.
                say(Problem.CLUSTER_SILENT.say(target.address(), String.valueOf(e.getMessage())));
            }
        }
        say(JobRun.sayStopped(savepoint == null ? "" : savepoint));
        return DONE;
    }

    /** As of a job in this process, but for tables refused: the TaskManagers tell those. */
    private void sayEnd(JobResult result) {
        EndReport.of(result, request, 0, since).forEach(this::say);
    }

    private void say(String text) {
        JobRun.say(request, console, text);
    }
}
