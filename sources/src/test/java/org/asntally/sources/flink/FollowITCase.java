package org.asntally.sources.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log is written to and rotated while the job that follows it is stopped with a savepoint and
 * started at another parallelism, again and again.
 */
@Timeout(120)
class FollowITCase {
    private static final ConcurrentHashMap<Long, Integer> COUNTED = new ConcurrentHashMap<>();

    @RegisterExtension static final MiniClusterExtension CLUSTER = LocalJob.cluster();

    @TempDir private Path folder;
    @TempDir private Path savepoints;

    private long written;

    @AfterEach
    void forget() {
        EndOfInput.reset();
        Notices.reset();
    }

    @Test
    void eachLineCountsOnceThroughStopsAndRescaling() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        COUNTED.clear();
        String savepoint = null;
        List<String> stops = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            JobClient job = start(1 + run % 3, savepoint);
            for (int i = 0; i < 5; i++) {
                write(random.nextInt(3_000));
                Thread.sleep(random.nextInt(200));
                if (random.nextBoolean()) {
                    rotate();
                }
            }
            savepoint = Savepoints.stop(job, savepoints);
            stops.add(savepoint);
            write(random.nextInt(1_000));
            rotate();
            write(random.nextInt(1_000));
        }
        JobClient last = start(2, savepoint);
        while (COUNTED.size() < written) {
            Thread.sleep(20);
        }
        Thread.sleep(500);
        EndOfInput.request();
        last.getJobExecutionResult().get();

        assertThat(stops).hasSize(4);
        assertThat(COUNTED.keySet().stream().sorted().toList())
                .isEqualTo(LongStream.range(0, written).boxed().toList());
        assertThat(COUNTED.values()).containsOnly(1);
    }

    /** Large files in parts, small ones several at a time, by readers that come and go. */
    @Test
    void archivesCountOnceThroughStopsAndRescaling() throws Exception {
        COUNTED.clear();
        for (int file = 0; file < 12; file++) {
            write(file == 0 ? 900_000 : 20_000);
            Files.move(folder.resolve("access.log"), folder.resolve("access.log.old-" + file));
        }
        String savepoint = null;
        for (int run = 0; run < 2; run++) {
            JobClient job = start(2 - run, savepoint, false);
            long before = COUNTED.size();
            while (COUNTED.size() == before) {
                Thread.sleep(5);
            }
            savepoint = Savepoints.stop(job, savepoints);
            assertThat(COUNTED.size()).isLessThan((int) written);
        }
        start(3, savepoint, false).getJobExecutionResult().get();

        assertThat(COUNTED).hasSize((int) written);
        assertThat(COUNTED.values()).containsOnly(1);
    }

    private JobClient start(int parallelism, @Nullable String savepoint) throws Exception {
        return start(parallelism, savepoint, true);
    }

    private JobClient start(int parallelism, @Nullable String savepoint, boolean follow)
            throws Exception {
        Configuration settings = new Configuration();
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        if (savepoint != null) {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(parallelism);
        env.setMaxParallelism(128);
        env.getConfig().enableObjectReuse();
        LogFiles files = FollowProperties.files(folder.resolve("access.log*").toString(), follow);
        env.fromSource(files.source(), WatermarkStrategy.noWatermarks(), "follow")
                .uid("follow")
                .map(follow ? FollowITCase::count : FollowITCase::countSlowly)
                .returns(FlowBatchTypeInfo.INSTANCE)
                .uid("count")
                .sinkTo(new DiscardingSink<>())
                .uid("end");
        JobClient job = env.executeAsync();
        while (job.getJobStatus().get() != org.apache.flink.api.common.JobStatus.RUNNING) {
            Thread.sleep(10);
        }
        return job;
    }

    /** So that there is something left when it is stopped. */
    private static FlowBatch countSlowly(FlowBatch batch) throws InterruptedException {
        Thread.sleep(2);
        return count(batch);
    }

    private static FlowBatch count(FlowBatch batch) {
        long[] numbers = new long[batch.rows()];
        batch.longs(FlowColumn.PACKETS, numbers);
        for (long number : numbers) {
            COUNTED.merge(number, 1, Integer::sum);
        }
        return batch;
    }

    private void write(int lines) throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(written++).append('\n');
        }
        Files.writeString(
                folder.resolve("access.log"),
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private void rotate() throws Exception {
        for (int i = 60; i > 0; i--) {
            Path old = folder.resolve("access.log." + i);
            if (Files.exists(old)) {
                Files.move(old, folder.resolve("access.log." + (i + 1)));
            }
        }
        Path log = folder.resolve("access.log");
        if (Files.exists(log)) {
            Files.move(log, folder.resolve("access.log.1"));
        }
    }
}
