package org.asntally.job.run;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a job's checkpoints, look by look: that some failed, once a minute at
 * most, and that they are complete again.
 */
final class CheckpointNews {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    /**
     * What one look finds.
     *
     * @param complete how many are complete
     * @param failed how many failed, those that could not begin among them
     * @param failure why the last one of those that began failed; null when none of them did
     * @param from what the job would go on from now
     */
    record Look(long complete, long failed, @Nullable String failure, String from) {}

    private long completeBefore;
    private long failedBefore;
    private long failedAtLook;
    private boolean hasFailed;
    private long saidAt = Long.MIN_VALUE;

    /** Whether more have failed than were told. */
    boolean hasUntold(Look look) {
        return look.failed() > failedBefore;
    }

    /** Takes failures by now as told. */
    void forgive(Look look) {
        failedBefore = look.failed();
    }

    /**
     * One look.
     *
     * @param hint gives what else may be said of their place, behind the reason
     * @param nanos the time, of {@link System#nanoTime}
     * @return a line; null when there is no news
     */
    @Nullable String of(Look look, Supplier<String> hint, long nanos) {
        String news = null;
        if (isNews(look) && (saidAt == Long.MIN_VALUE || nanos - saidAt >= MINUTE)) {
            saidAt = nanos;
            news =
                    Problem.CHECKPOINT_FAILED.say(
                            look.failed() - failedBefore, reason(look) + hint.get(), look.from());
            failedBefore = look.failed();
            hasFailed = true;
        } else if (look.complete() > completeBefore && look.failed() == failedAtLook) {
            news = hasFailed ? "checkpoints are complete again" : null;
            hasFailed = false;
            failedBefore = look.failed();
            // The next failure is news.
            saidAt = Long.MIN_VALUE;
        }
        completeBefore = look.complete();
        failedAtLook = look.failed();
        return news;
    }

    /** One that is due while tasks begin cannot be, and the next one can. */
    private boolean isNews(Look look) {
        return look.failed() - failedBefore > (look.failure() == null ? 1 : 0);
    }

    /** Flink keeps the reason, not what is behind it, and nothing of those that could not begin. */
    private static String reason(Look look) {
        String failure = look.failure();
        return failure == null || failure.isEmpty()
                ? "it could not begin"
                : failure.replaceAll("\\.$", "");
    }
}
