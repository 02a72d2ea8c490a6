package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.asntally.job.run.CheckpointNews.Look;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckpointNewsTest {

    private final CheckpointNews news = new CheckpointNews();

    private @Nullable String of(long complete, long failed, @Nullable String why, int seconds) {
        return news.of(
                new Look(complete, failed, why, "chk-7"),
                () -> " (3 MB left)",
                TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void failuresAreToldOnceAMinuteAndTheirEndAtOnce() {
        assertThat(of(1, 0, null, 0)).isNull();
        assertThat(of(1, 2, "No space left on device.", 1))
                .isEqualTo(
                        "AT-JOB-012: 2 of its checkpoints failed, the last one: No space left on"
                                + " device (3 MB left); the job goes on; if it ends now it goes on"
                                + " from chk-7");
        assertThat(of(1, 5, "No space left on device.", 30)).isNull();
        assertThat(of(1, 6, "No space left on device.", 61))
                .contains("4 of its checkpoints failed");
        assertThat(of(2, 6, "No space left on device.", 62))
                .isEqualTo("checkpoints are complete again");
        assertThat(of(3, 6, "No space left on device.", 63)).isNull();
        assertThat(of(3, 7, "No space left on device.", 64)).contains("1 of its checkpoints");
        // Those between the message and the end are not told.
        assertThat(of(3, 9, "No space left on device.", 65)).isNull();
        assertThat(of(4, 9, "No space left on device.", 66))
                .isEqualTo("checkpoints are complete again");
        // After that a failure is news at once.
        assertThat(of(4, 10, "", 67)).contains("1 of its checkpoints failed", "it could not begin");
    }

    @Test
    void oneThatCouldNotBeginIsNoNews() {
        assertThat(of(0, 1, null, 0)).isNull();
        assertThat(of(1, 1, null, 1)).isNull();
        assertThat(of(1, 2, null, 2)).isNull();
        assertThat(of(1, 3, null, 3)).contains("2 of its checkpoints failed", "it could not begin");
    }

    @Test
    void whatIsForgivenIsNotTold() {
        news.forgive(new Look(0, 1, "a task ended", "chk-7"));

        assertThat(of(0, 1, "a task ended", 0)).isNull();
        assertThat(of(1, 1, "a task ended", 1)).isNull();
    }
}
