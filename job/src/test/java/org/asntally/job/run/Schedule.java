package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One seeded run: lines of two logs, most of now, some late, some beyond lateness, some from 2099;
 * tables that are announced, damaged ones among them; losses of tasks, kills, stops with savepoint,
 * each followed by a start at another parallelism.
 */
@SuppressWarnings("try") // of a close that may be interrupted
final class Schedule implements AutoCloseable {

    private static final Duration LEAD = Duration.ofSeconds(2);
    private static final long FUTURE = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
    private static final int STEPS = 25;

    private final SplittableRandom random;
    private final String seed;
    private final Path out;
    private final List<String> story = new ArrayList<>();
    private final NaiveTruth truth = new NaiveTruth(TwoLogs.COUNTS);
    private final AnnouncedTables tables;
    private final TwoLogs logs;
    private final TestJob job;
    private long fromTheFuture;
    private boolean timeIsKnown;

    Schedule(long seed, Path place) throws Exception {
        this.random = new SplittableRandom(seed);
        this.seed = "seed " + seed;
        out = place.resolve("out");
        tables = new AnnouncedTables(place.resolve("rib"), LEAD, random, truth);
        logs = new TwoLogs(place.resolve("log"));
        String yaml = logs.job(true, tables.folder(), out, "");
        job =
                new TestJob(
                        place.resolve("data"),
                        seed % 3 == 0
                                ? yaml.replace("interval: 300ms", "interval: 300ms, state: rocksdb")
                                : yaml);
    }

    void run() throws Exception {
        write(20);
        start();
        for (int step = 0; step < STEPS; step++) {
            act(random.nextInt(100));
            job.check();
            write(random.nextInt(60));
            TimeUnit.MILLISECONDS.sleep(random.nextInt(120));
        }
        // Moves the time of both on; its own windows stay open.
        long end = System.currentTimeMillis() + 4_000;
        logs.write(true, end, "192.0.2.1", 1);
        logs.write(false, end, "192.0.2.1", 1);
        ResultText.await(out, ResultText.before(end - 3_000), truth, job, this);
        job.stop();
        ResultText.check(out, ResultText.before(end - 3_000), truth, this + ", after the stop");
        checkTheFuture();
    }

    private void act(int dice) throws Exception {
        if (dice < 8) {
            note("announce");
            tables.announceSoon();
        } else if (dice < 12) {
            note("damaged table");
            tables.damaged();
        } else if (dice < 16) {
            note("lose tasks");
            job.loseTasks();
        } else if (dice < 20) {
            note("kill");
            job.kill();
            write(random.nextInt(200));
            if (random.nextBoolean()) {
                tables.announceSoon();
            }
            start();
        } else if (dice < 24) {
            note("stop");
            job.stop();
            write(random.nextInt(200));
            start();
        }
    }

    private void note(String what) {
        story.add(what + " " + Instant.now());
    }

    private void start() throws Exception {
        int parallelism = 1 + random.nextInt(4);
        note("start at " + parallelism);
        job.start(parallelism);
    }

    private void write(int lines) throws IOException {
        if (!timeIsKnown) {
            // Rows are finished by a checkpoint, so whatever happens time is known from then on.
            timeIsKnown = !ResultText.rows(out).isEmpty();
        }
        for (int i = 0; i < lines; i++) {
            long now = System.currentTimeMillis();
            boolean web = random.nextInt(3) > 0;
            String address = TwoLogs.address(random);
            int bytes = random.nextInt(2_000);
            int dice = random.nextInt(1000);
            if (dice < 2) {
                logs.write(web, FUTURE + random.nextInt(500), address, bytes);
                fromTheFuture++;
            } else if (dice < 20) {
                if (timeIsKnown) {
                    // Beyond lateness: in no row.
                    logs.write(web, now - 3_600_000L, address, bytes);
                }
            } else {
                int late = random.nextInt(dice < 60 ? 8_000 : 200);
                logs.write(truth, web, now - late, address, bytes);
            }
        }
    }

    private static boolean isOfNow(Map<String, String> row) {
        return !ResultText.field(row, "window_start").startsWith("2099");
    }

    /** Which table counts a line from 2099 is not promised; that it is counted once is. */
    private void checkTheFuture() throws IOException {
        long hits = 0;
        for (Map<String, String> row : ResultText.rows(out)) {
            if (!isOfNow(row) && ResultText.field(row, "name").equals("all")) {
                assertThat(ResultText.field(row, "correction")).isEqualTo("true");
                hits +=
                        ResultText.field(row, "key").equals("asn")
                                ? Long.parseLong(ResultText.field(row, "hits"))
                                : 0;
            }
        }
        assertThat(hits).as("%s, from 2099", this).isEqualTo(fromTheFuture);
    }

    @Override
    public String toString() {
        return seed + ": " + story;
    }

    @Override
    public void close() throws Exception {
        job.close();
    }
}
