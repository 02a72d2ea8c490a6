package org.asntally.job.run;

import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CheckpointStatsStatus;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.asntally.job.run.CheckpointNews.Look;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the checkpoints of a job in this process while it runs: says which failed, once a minute
 * at most, when they are complete again, and when the job was started again from one; and knows
 * when the first one is complete.
 *
 * <p>Tasks at the end of their input wait for one more checkpoint. Flink asks for it at once, but
 * only once: when it fails because a task has just ended, the job would stand until the next one is
 * due. It is asked for again here.
 *
 * <p>A thread of its own; what it calls must be safe for that.
 */
final class CheckpointWatch implements AutoCloseable {

    private static final long EACH_MILLIS = 500;

    /** So many are asked for again, one after the other, before it is said that they fail. */
    private static final int PATIENCE = 3;

    /** Who hears what it sees. */
    interface Listener {
        /** Some checkpoints failed, or are complete again; or the job was started again. */
        void say(String text);

        /** A checkpoint of this process is complete; once. */
        void firstComplete();
    }

    /** The job. */
    interface Job {
        /** What is known now. */
        AccessExecutionGraph look() throws ExecutionException, InterruptedException;

        /** Asks for a checkpoint, and does not wait for it. */
        void askForCheckpoint();
    }

    private final Job job;
    private final Listener listener;
    private final String lastOne;
    private final Supplier<String> hint;
    private final Thread thread = new Thread(this::watch, "checkpoint-watch");
    private final CheckpointNews news = new CheckpointNews();
    private long completeBefore;
    private long restoredBefore = -1;
    private int askedAgain;
    private volatile boolean closed;

    /**
     * Watches.
     *
     * @param lastOne what the job would go on from where none of its own is complete
     * @param hint what else may be said of the place of checkpoints, behind a reason
     */
    CheckpointWatch(Job job, String lastOne, Supplier<String> hint, Listener listener) {
        this.job = job;
        this.lastOne = lastOne;
        this.hint = hint;
        this.listener = listener;
    }

    /** Looks twice a second from now on. */
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
        AccessExecutionGraph graph = job.look();
        CheckpointStatsSnapshot now = graph.getCheckpointStatsSnapshot();
        if (now == null) {
            return;
        }
        Look look =
                new Look(
                        now.getCounts().getNumberOfCompletedCheckpoints(),
                        now.getCounts().getNumberOfFailedCheckpoints(),
                        lastFailure(now),
                        from(now));
        if (look.complete() > completeBefore) {
            askedAgain = 0;
            if (completeBefore == 0) {
                listener.firstComplete();
            }
        }
        completeBefore = look.complete();
        long restored = now.getCounts().getNumberOfRestoredCheckpoints();
        if (restoredBefore >= 0 && restored > restoredBefore) {
            listener.say("a task failed; the job was started again from its last checkpoint");
        }
        restoredBefore = restored;
        if (news.hasUntold(look)
                && askedAgain < PATIENCE
                && now.getCounts().getNumberOfInProgressCheckpoints() == 0
                && hasEndedTasks(graph)) {
            job.askForCheckpoint();
            askedAgain++;
            news.forgive(look);
        }
        String said = news.of(look, hint, nanos);
        if (said != null) {
            listener.say(said);
        }
    }

    private static boolean hasEndedTasks(AccessExecutionGraph graph) {
        return StreamSupport.stream(graph.getAllExecutionVertices().spliterator(), false)
                .anyMatch(task -> task.getExecutionState() == ExecutionState.FINISHED);
    }

    private String from(CheckpointStatsSnapshot now) {
        var latest = now.getHistory().getLatestCompletedCheckpoint();
        String own = latest == null ? null : latest.getExternalPath();
        return own == null ? lastOne : own;
    }

    private static @Nullable String lastFailure(CheckpointStatsSnapshot now) {
        FailedCheckpointStats last = null;
        for (AbstractCheckpointStats each : now.getHistory().getCheckpoints()) {
            if (each.getStatus() == CheckpointStatsStatus.FAILED
                    && each instanceof FailedCheckpointStats failed
                    && (last == null || failed.getCheckpointId() > last.getCheckpointId())) {
                last = failed;
            }
        }
        if (last == null) {
            return null;
        }
        String said = last.getFailureMessage();
        return said == null ? "" : said;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
