package org.asntally.job.run;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CheckpointStatsStatus;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the checkpoints of a job in this process while it runs: says which failed, once a minute
 * at most, when they are complete again, and when the job was started again from one; and knows
 * when the first one is complete.
 *
 * <p>A thread of its own; what it calls must be safe for that.
 */
final class CheckpointWatch implements AutoCloseable {

    private static final long EACH_MILLIS = 1_000;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    /** Who hears what it sees. */
    interface Listener {
        /** Some checkpoints failed, or are complete again; or the job was started again. */
        void say(String text);

        /** A checkpoint of this process is complete; once. */
        void firstComplete();
    }

    /** Gives what is known now; null before there is a job. */
    interface Snapshots {
        @Nullable CheckpointStatsSnapshot now() throws ExecutionException, InterruptedException;
    }

    private final Snapshots snapshots;
    private final Listener listener;
    private final String lastOne;
    private final Supplier<String> hint;
    private final Thread thread = new Thread(this::watch, "checkpoint-watch");
    private long completeBefore;
    private long failedBefore;
    private long restoredBefore = -1;
    private boolean hasFailed;
    private long saidAt = Long.MIN_VALUE;
    private volatile boolean closed;

    /**
     * Watches.
     *
     * @param lastOne what the job would go on from where none of its own is complete
     * @param hint what else may be said of the place of checkpoints, behind a reason
     */
    CheckpointWatch(Snapshots snapshots, String lastOne, Supplier<String> hint, Listener listener) {
        this.snapshots = snapshots;
        this.lastOne = lastOne;
        this.hint = hint;
        this.listener = listener;
    }

    /** Looks once a second from now on. */
    void begin() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (!closed) {
                tryLook();
                Thread.sleep(EACH_MILLIS);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void tryLook() throws InterruptedException {
        try {
            look(System.nanoTime());
        } catch (ExecutionException | RuntimeException e) {
            // The job has just ended, or is not there yet: the next look will tell.
        }
    }

    /** One look. */
    void look(long nanos) throws ExecutionException, InterruptedException {
        CheckpointStatsSnapshot now = snapshots.now();
        if (now == null) {
            return;
        }
        long complete = now.getCounts().getNumberOfCompletedCheckpoints();
        long failed = now.getCounts().getNumberOfFailedCheckpoints();
        if (complete > 0 && completeBefore == 0) {
            listener.firstComplete();
        }
        long restored = now.getCounts().getNumberOfRestoredCheckpoints();
        if (restoredBefore >= 0 && restored > restoredBefore) {
            listener.say("a task failed; the job was started again from its last checkpoint");
        }
        restoredBefore = restored;
        if (failed > failedBefore && (saidAt == Long.MIN_VALUE || nanos - saidAt >= MINUTE)) {
            saidAt = nanos;
            listener.say(
                    Problem.CHECKPOINT_FAILED.say(failed - failedBefore, cause(now), from(now)));
            failedBefore = failed;
            hasFailed = true;
        } else if (hasFailed && complete > completeBefore && failed == failedBefore) {
            hasFailed = false;
            // The next failure is news.
            saidAt = Long.MIN_VALUE;
            listener.say("checkpoints are complete again");
        }
        completeBefore = complete;
    }

    private String from(CheckpointStatsSnapshot now) {
        var latest = now.getHistory().getLatestCompletedCheckpoint();
        String own = latest == null ? null : latest.getExternalPath();
        return own == null ? lastOne : own;
    }

    /** Flink keeps the reason, not what is behind it, and nothing of those that could not begin. */
    private String cause(CheckpointStatsSnapshot now) {
        FailedCheckpointStats last = lastFailed(now);
        String said = last == null ? null : last.getFailureMessage();
        String reason =
                said == null || said.isEmpty() ? "it could not begin" : said.replaceAll("\\.$", "");
        return reason + hint.get();
    }

    private static @Nullable FailedCheckpointStats lastFailed(CheckpointStatsSnapshot now) {
        FailedCheckpointStats last = null;
        for (AbstractCheckpointStats each : now.getHistory().getCheckpoints()) {
            if (each.getStatus() == CheckpointStatsStatus.FAILED
                    && each instanceof FailedCheckpointStats failed
                    && (last == null || failed.getCheckpointId() > last.getCheckpointId())) {
                last = failed;
            }
        }
        return last;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
