package org.asntally.job.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.messages.ClusterConfigurationInfoHeaders;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobExceptionsHeaders;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics.CompletedCheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics.FailedCheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.util.ExceptionUtils;
import org.asntally.job.config.Endpoint;
import org.asntally.job.local.Failures;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster by its REST interface. Whatever is asked takes some seconds at most; a cluster
 * that does not answer is an {@link IOException}, for the caller to ask again.
 */
final class RestCluster implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Pattern CAUSE =
            Pattern.compile("(?:.*: )?(?:[a-z]\\w*\\.)+\\w+(?:Exception|Error|Throwable): (.+)");
    private static final Duration UPLOAD = Duration.ofMinutes(10);

    /** The type of a savepoint that a job is stopped with, of an enum that is not public. */
    private static final String STOPPING = "SYNC_SAVEPOINT";

    private final Endpoint address;
    private final RestClusterClient<String> client;

    /**
     * What is known of a job's state.
     *
     * @param checkpoint the newest complete one, null when there is none
     * @param stoppedAt the savepoint that somebody has stopped the job with, or null
     * @param complete how many are complete since the job was submitted
     * @param failed how many failed
     * @param failure why the last one failed; null when none did
     */
    record Saved(
            @Nullable String checkpoint,
            @Nullable String stoppedAt,
            long complete,
            long failed,
            @Nullable String failure) {}

    RestCluster(Endpoint address) throws Fault {
        this.address = address;
        Configuration settings = new Configuration();
        settings.set(JobManagerOptions.ADDRESS, address.host());
        settings.set(RestOptions.ADDRESS, address.host());
        settings.set(RestOptions.PORT, address.port());
        settings.set(RestOptions.CONNECTION_TIMEOUT, Duration.ofSeconds(5));
        // Who asks decides what is asked again.
        settings.set(RestOptions.RETRY_MAX_ATTEMPTS, 1);
        settings.set(RestOptions.RETRY_DELAY, Duration.ofMillis(100));
        try {
            client = new RestClusterClient<>(settings, address.toString());
        } catch (Exception e) {
            throw Failures.fault(e);
        }
    }

    /** The state of a job; null when the cluster does not know it. */
    @Nullable JobStatus status(JobID job) throws IOException {
        // Asked for one by its id, a cluster that does not know it speaks of an internal error.
        Collection<JobStatusMessage> all = get(client.listJobs());
        return all == null
                ? null
                : all.stream()
                        .filter(each -> each.getJobId().equals(job))
                        .map(JobStatusMessage::getJobState)
                        .findFirst()
                        .orElse(null);
    }

    private static boolean isUnknown(Throwable failure) {
        return ExceptionUtils.findThrowable(failure, RestClientException.class)
                .map(e -> e.getHttpResponseStatus().equals(HttpResponseStatus.NOT_FOUND))
                .orElse(false);
    }

    private static boolean isRefused(Throwable failure) {
        return ExceptionUtils.findThrowable(failure, RestClientException.class)
                .map(e -> !e.getHttpResponseStatus().equals(HttpResponseStatus.SERVICE_UNAVAILABLE))
                .orElse(false);
    }

    private IOException silent(Exception e) {
        return new IOException(e instanceof TimeoutException ? "no answer" : reason(e), e);
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", e);
    }

    /**
     * Gives the cluster a job with its jars and files.
     *
     * @throws Fault when the cluster does not want it
     */
    void submit(JobGraph job) throws Fault, IOException {
        try {
            client.submitJob(job).get(UPLOAD.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (isRefused(e)) {
                throw Fault.because(e, Problem.CLUSTER_REFUSES, address, reason(e));
            }
            throw silent(e);
        } catch (TimeoutException e) {
            throw silent(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static String reason(Throwable failure) {
        return ExceptionUtils.findThrowable(failure, RestClientException.class)
                .map(e -> reason(String.valueOf(e.getMessage())))
                .orElseGet(() -> Failures.root(failure).toString());
    }

    /** Of a stack trace of the cluster's the innermost cause, without the names of classes. */
    static String reason(String trace) {
        String last = trace.lines().findFirst().orElse("");
        for (String line : trace.lines().map(String::strip).toList()) {
            Matcher cause = CAUSE.matcher(line);
            if (cause.matches()) {
                last = cause.group(1);
            }
        }
        return last;
    }

    /** What has been saved of a job. */
    Saved saved(JobID job) throws IOException {
        CheckpointingStatisticsHeaders headers = CheckpointingStatisticsHeaders.getInstance();
        var parameters = headers.getUnresolvedMessageParameters();
        parameters.jobPathParameter.resolve(job);
        CheckpointingStatistics all =
                get(client.sendRequest(headers, parameters, EmptyRequestBody.getInstance()));
        if (all == null || all.getLatestCheckpoints() == null) {
            return new Saved(null, null, 0, 0, null);
        }
        CompletedCheckpointStatistics checkpoint =
                all.getLatestCheckpoints().getCompletedCheckpointStatistics();
        CompletedCheckpointStatistics savepoint =
                all.getLatestCheckpoints().getSavepointStatistics();
        boolean isStop =
                savepoint != null
                        && String.valueOf((Object) savepoint.getCheckpointType()).equals(STOPPING);
        FailedCheckpointStatistics failure =
                all.getLatestCheckpoints().getFailedCheckpointStatistics();
        return new Saved(
                checkpoint == null ? null : checkpoint.getExternalPath(),
                isStop ? savepoint.getExternalPath() : null,
                all.getCounts().getNumberCompletedCheckpoints(),
                all.getCounts().getNumberFailedCheckpoints(),
                failure == null
                        ? null
                        : Objects.requireNonNullElse(failure.getFailureMessage(), ""));
    }

    /** Why the job failed last, in a line; empty when nothing is known. */
    String failure(JobID job) throws IOException {
        JobExceptionsHeaders headers = JobExceptionsHeaders.getInstance();
        var parameters = headers.getUnresolvedMessageParameters();
        parameters.jobPathParameter.resolve(job);
        var all = get(client.sendRequest(headers, parameters, EmptyRequestBody.getInstance()));
        if (all == null || all.getExceptionHistory().getEntries().isEmpty()) {
            return "";
        }
        return reason(all.getExceptionHistory().getEntries().get(0).getStacktrace());
    }

    /** How many subtasks a step has where nobody says. */
    int parallelism() throws IOException {
        ClusterConfigurationInfoHeaders headers = ClusterConfigurationInfoHeaders.getInstance();
        var all =
                get(
                        client.sendRequest(
                                headers,
                                EmptyMessageParameters.getInstance(),
                                EmptyRequestBody.getInstance()));
        if (all != null) {
            for (var entry : all) {
                if (entry.getKey().equals(CoreOptions.DEFAULT_PARALLELISM.key())) {
                    return Integer.parseInt(entry.getValue());
                }
            }
        }
        return 1;
    }

    private <T> @Nullable T get(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (isUnknown(e)) {
                return null;
            }
            throw silent(e);
        } catch (TimeoutException e) {
            throw silent(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** How a job has ended. */
    JobResult result(JobID job) throws IOException {
        JobResult result = get(client.requestJobResult(job));
        if (result == null) {
            throw new IOException("the cluster has forgotten the job");
        }
        return result;
    }

    /**
     * Stops a job with a savepoint.
     *
     * @param whyNot is told why there is none, in a line
     * @return its place; null when that could not be done, or not in the time that a stop has
     */
    @Nullable String stop(JobID job, String folder, Consumer<String> whyNot) throws IOException {
        String reason = "";
        long end = System.nanoTime() + JobRun.STOP_PATIENCE.toNanos();
        try {
            // A try fails while a task begins, as after a restart; the next one need not.
            do {
                try {
                    return client.stopWithSavepoint(job, false, folder, SavepointFormatType.NATIVE)
                            .get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (ExecutionException e) {
                    reason = reason(String.valueOf(e.getMessage()));
                }
                TimeUnit.SECONDS.sleep(1);
            } while (status(job) == JobStatus.RUNNING && System.nanoTime() < end);
        } catch (TimeoutException e) {
            reason = "it takes longer than " + JobRun.STOP_PATIENCE.toSeconds() + " s";
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        whyNot.accept(reason);
        return null;
    }

    /** Ends a job; its checkpoints stay. */
    void cancel(JobID job) throws IOException {
        var unused = get(client.cancel(job));
    }

    @Override
    public void close() {
        client.close();
    }
}
