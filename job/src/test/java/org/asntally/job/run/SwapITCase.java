package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables come one after the other while lines do, some of them damaged: no line is left out or
 * counted by a wrong one, and memory stays as it is. With {@code -Dasntally.long=true} a table of a
 * hundred thousand routes every two seconds, for five minutes.
 */
@Timeout(600)
class SwapITCase {

    private static final boolean LONG = Boolean.getBoolean("asntally.long");
    private static final int TABLES = LONG ? 150 : 8;
    private static final int ROUTES = LONG ? 100_000 : 2_000;
    private static final long EACH_MILLIS = LONG ? 2_000 : 300;
    private static final int DAMAGED = LONG ? 10 : 3;

    /** Of tables that are open at the end and were not when memory was first looked at. */
    private static final long MORE_BYTES = 64L << 20;

    @TempDir private Path place;

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    @SuppressWarnings("try") // of a close that may be interrupted
    void tablesComeAndGoAndEachLineIsCountedByItsOwn() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        NaiveTruth truth = new NaiveTruth(TwoLogs.COUNTS);
        AnnouncedTables tables =
                new AnnouncedTables(
                        place.resolve("rib"), Duration.ofSeconds(2), random, truth, ROUTES);
        TwoLogs logs = new TwoLogs(place.resolve("log"));
        Path out = place.resolve("out");
        long before = 0;
        try (TestJob job =
                new TestJob(place.resolve("data"), logs.job(true, tables.folder(), out, ""))) {
            job.start(2);
            long next = System.currentTimeMillis();
            for (int table = 1; table <= TABLES; table++) {
                tables.announceSoon();
                if (table % DAMAGED == 0) {
                    tables.damaged();
                }
                next += EACH_MILLIS;
                do {
                    for (int line = 0; line < 40; line++) {
                        logs.write(
                                truth,
                                random.nextBoolean(),
                                System.currentTimeMillis(),
                                TwoLogs.address(random),
                                random.nextInt(2_000));
                    }
                    TimeUnit.MILLISECONDS.sleep(20);
                } while (System.currentTimeMillis() < next);
                job.check();
                if (table == TABLES / 4) {
                    before = usedBytes();
                }
            }
            long after = usedBytes();
            long end = System.currentTimeMillis() + 4_000;
            logs.write(true, end, "192.0.2.1", 1);
            logs.write(false, end, "192.0.2.1", 1);
            ResultText.await(out, ResultText.before(end - 3_000), truth, job, "swaps");

            assertThat(after - before).as("bytes more in use").isLessThan(MORE_BYTES);
        }
    }
}
