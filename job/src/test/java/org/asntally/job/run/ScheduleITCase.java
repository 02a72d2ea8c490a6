package org.asntally.job.run;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A job of two followed logs that is killed, stopped, rescaled and told of new tables at moments
 * that a seed says: its result files are compared byte for byte with {@link NaiveTruth}. With
 * {@code -Dasntally.long=true} fifty seeds, with {@code -Dasntally.seed=N} that one.
 */
@Timeout(120)
class ScheduleITCase {

    @TempDir private Path place;

    static LongStream seeds() {
        Long one = Long.getLong("asntally.seed");
        return one != null
                ? LongStream.of(one)
                : LongStream.rangeClosed(1, Boolean.getBoolean("asntally.long") ? 50 : 3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @SuppressWarnings("try") // of a close that may be interrupted
    void whateverHappensEachLineIsCountedOnceByTheTableOfItsMoment(long seed) throws Exception {
        try (Schedule schedule = new Schedule(seed, place)) {
            schedule.run();
        }
    }
}
