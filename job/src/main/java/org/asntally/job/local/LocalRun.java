package org.asntally.job.local;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.asntally.job.local.CountRequest.Dialect;
import org.asntally.job.local.CountRequest.ReportFormat;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sinks.Report;
import org.asntally.sinks.ReportOutcome;
import org.asntally.sinks.ReportSpec;
import org.asntally.sources.flink.EndOfInput;
import org.asntally.sources.flink.Notices;
import org.jspecify.annotations.Nullable;

/**
 * Counts on this machine, in this process: the cluster starts while inputs and table are looked at,
 * then the one graph runs on it. One count per process at a time.
 */
public final class LocalRun {

    private static final int DONE = 0;
    private static final int INPUT_OUTPUT = 4;
    private static final int ATTEMPTS = 200;
    private static final long AGAIN_NANOS = 50_000_000;
    private static final long MOMENT_MILLIS = 2000;

    private final CountRequest request;
    private final Console console;
    private final Instant started;
    private final ReaderNotices notices;
    private final boolean old;
    private volatile boolean ended;
    private volatile @Nullable Supplier<CompletableFuture<Void>> running;

    private LocalRun(CountRequest request, Console console) {
        this.request = request;
        this.console = console;
        this.started = Clock.systemUTC().instant();
        this.notices = new ReaderNotices(request, console);
        this.old = request.dialect() == Dialect.ASNCOUNTER;
    }

    /**
     * Counts and reports; gives the exit status. Threads of the cluster may be left running: the
     * process is about to end.
     */
    public static int count(CountRequest request, Console console) throws Fault {
        return count(request, console, false);
    }

    /** The same; {@code whole} also ends the cluster, for a JVM that lives on. */
    static int count(CountRequest request, Console console, boolean whole) throws Fault {
        if (request.run().debug()) {
            // Read once, by the first logger.
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        }
        EndOfInput.reset();
        LocalRun run = new LocalRun(request, console);
        run.signals();
        Outputs.check(request.output());
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            return run.run(folder, whole);
        }
    }

    private int run(TemporaryFolder folder, boolean whole) throws Fault {
        // Libraries that unpack native code do it here, so that it goes with the folder.
        System.setProperty("java.io.tmpdir", folder.path().toString());
        System.setProperty("ZstdTempFolder", folder.path().toString());
        System.setProperty("jna.tmpdir", folder.path().toString());
        Notices.reset();
        Notices.install(notices);
        ReportOutcome.reset();
        if (old && !request.run().quiet()) {
            ReportOutcome.beforeEnd(() -> console.info("finished reading data"));
        }
        int parallelism = CountJob.parallelism(request);
        if (request.run().plan()) {
            return plan(folder);
        }
        LocalCluster cluster = new LocalCluster(folder.path(), parallelism);
        try {
            return run(folder, cluster);
        } finally {
            if (whole) {
                cluster.close();
            } else {
                cluster.leave();
            }
        }
    }

    private int plan(TemporaryFolder folder) throws Fault {
        ChosenInputs inputs = inputs();
        console.out().print(PlanText.of(graph(folder, inputs, table())));
        return DONE;
    }

    private int run(TemporaryFolder folder, LocalCluster cluster) throws Fault {
        RibOpening table = table();
        ChosenInputs inputs = inputs();
        if (inputs.files().isEmpty()) {
            return INPUT_OUTPUT;
        }
        if (inputs.tellTimes()) {
            ReportOutcome.tellTimes();
        }
        JobGraph job = CountJob.job(graph(folder, inputs, table));
        LiveMetrics metrics = LiveMetrics.serve(request, cluster, job.getJobID(), console);
        sayBefore(table, inputs);
        running = () -> cluster.look(job.getJobID());
        ProgressLine progress = ProgressLine.start(request, inputs, console);
        try {
            await(cluster.run(job));
        } finally {
            ended = true;
            progress.close();
            metrics.close();
        }
        return end(table, inputs);
    }

    private ChosenInputs inputs() throws Fault {
        return ChosenInputs.of(request, console);
    }

    private RibOpening table() throws Fault {
        return RibOpening.open(
                request.rib(), request.output().names(), request.reading().strict(), console);
    }

    private StreamGraph graph(TemporaryFolder folder, ChosenInputs inputs, RibOpening table)
            throws Fault {
        CountPlan plan = new CountPlan(request, inputs, console);
        boolean toTerminal = console.outTerminal() && request.output().file() == null;
        ReportSpec report =
                plan.report(
                        table,
                        toTerminal ? TerminalWidth.of(console) : 0,
                        toTerminal && console.variable("NO_COLOR") == null);
        if (request.output().perAddress()) {
            FlowLines.install(table.rib(), console);
        }
        return CountJob.graph(
                LocalCluster.configuration(folder.path(), CountJob.parallelism(request)),
                request,
                inputs,
                plan,
                table,
                report);
    }

    private void sayBefore(RibOpening table, ChosenInputs inputs) {
        if (!old && console.inTerminal() && request.inputs().readsStdin()) {
            console.err().println("reading standard input; Ctrl-D ends it");
        }
        if (request.run().quiet() || !old) {
            return;
        }
        if (table.starter() && request.rib().cacheFolder() != null) {
            console.err().println(Problem.NO_CACHE.say(request.rib().cacheFolder(), table.date()));
        } else {
            console.info("using datfile " + table.fileName());
        }
        if (request.inputs().files().isEmpty() && request.packets().live() == null) {
            console.info(
                    "reading IP addresses from the command line, standard input is left alone");
        }
        for (var file : inputs.files()) {
            console.info("collecting addresses from " + file.name());
        }
        console.info("loaded datfile " + table.place());
    }

    /** From here on no signal ends the process without a report. */
    private void signals() {
        Signals.onEnd(EndOfInput::request);
        boolean silent = old && request.output().format() == ReportFormat.NULL;
        if (!silent) {
            Signals.onHangUp(this::hangUp);
        }
    }

    /** Prints a report in between; one that is asked for before the job runs waits for it. */
    private synchronized void hangUp() {
        for (int attempt = 0; attempt < ATTEMPTS && !ended; attempt++) {
            Supplier<CompletableFuture<Void>> look = running;
            try {
                if (look != null) {
                    ReportOutcome.requestPrint();
                    look.get().get();
                    return;
                }
            } catch (ExecutionException e) {
                // Not all tasks run yet, or some have just ended.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            LockSupport.parkNanos(AGAIN_NANOS);
        }
    }

    /**
     * Waits for the report, the last thing of worth that the job does: the engine then takes one
     * more checkpoint, and waits for ever for one that cannot be written. It gets a moment to end,
     * so that it writes nothing behind our back.
     */
    private void await(CompletableFuture<JobResult> running) throws Fault {
        JobResult result;
        try {
            CompletableFuture.anyOf(running, notices.end(), ReportOutcome.whole()).get();
            if (notices.end().isDone()) {
                throw notices.end().get();
            }
            if (ReportOutcome.last() != null) {
                letEnd(running);
                return;
            }
            result = running.get();
        } catch (ExecutionException e) {
            throw Failures.fault(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.because(e, Problem.JOB_FAILED, "interrupted");
        }
        if (!result.isSuccess()) {
            throw Failures.fault(result);
        }
    }

    private static void letEnd(CompletableFuture<JobResult> running) throws InterruptedException {
        try {
            running.get(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The report is out.
        }
    }

    private int end(RibOpening table, ChosenInputs inputs) throws Fault {
        Report report = ReportOutcome.last();
        if (report == null) {
            throw new Fault(Problem.JOB_FAILED, "there is no report");
        }
        for (ReportOutcome.Failure failure : ReportOutcome.failures()) {
            console.err().println(Problem.NOT_WRITABLE.say(failure.target(), failure.reason()));
        }
        if (!request.run().quiet()) {
            if (old) {
                Summary.oldLines(report, request).forEach(console::info);
            } else {
                Instant now = Clock.systemUTC().instant();
                Set<String> units = new HashSet<>(inputs.units());
                units.addAll(notices.units());
                console.err().println(Summary.line(report, units, started, now));
                console.err().println(table.summary(now));
            }
        }
        boolean whole =
                inputs.failed() == 0
                        && Notices.failedInputs().isEmpty()
                        && ReportOutcome.failures().isEmpty();
        return whole ? DONE : INPUT_OUTPUT;
    }
}
