package org.asntally.sources.flink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.files.Compression;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.files.InputFiles;
import org.asntally.sources.files.Packed;
import org.asntally.sources.text.ReaderOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files through a MiniCluster: each line once, whatever the parallelism. */
@Timeout(90)
class BlockFileSourceITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = LocalJob.cluster();

    @TempDir private Path folder;

    private final List<Notice> told = new ArrayList<>();

    @BeforeEach
    void listen() {
        Notices.install(
                notice -> {
                    synchronized (told) {
                        told.add(notice);
                    }
                });
    }

    @AfterEach
    void forget() {
        EndOfInput.reset();
        Notices.reset();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void countsEachLineOnceAtAnyParallelism(int parallelism) throws Exception {
        List<Path> paths = new ArrayList<>();
        paths.add(write("large", numbers(0, 1_200_000, "\n")));
        paths.add(write("empty", ""));
        paths.add(write("crlf", numbers(1_200_000, 1_300_000, "\r\n")));
        paths.add(write("huge", "1300000\n" + "x".repeat(9_000_000) + "\n1300001"));
        long next = 1_300_002;
        for (int i = 0; i < 100; i++) {
            paths.add(write("tiny" + i, String.valueOf(next++)));
        }
        for (Compression compression : Compression.values()) {
            byte[] one = numbers(next, next + 9_000, "\n").getBytes(US_ASCII);
            byte[] two = numbers(next + 9_000, next + 9_005, "\n").getBytes(US_ASCII);
            Path path = folder.resolve("packed" + compression);
            paths.add(Files.write(path, Packed.pack(compression, one, two)));
            next += 9_005;
        }

        Gathered gathered = new LocalJob(source(paths), parallelism, 0).await();

        assertThat(gathered.skips).isEqualTo(Map.of(SkipReason.TOO_LONG, 1L));
        assertThat(gathered.numbers.stream().sorted().toList())
                .isEqualTo(LongStream.range(0, next).boxed().toList());
        assertThat(new HashSet<>(gathered.positions)).hasSameSizeAs(gathered.positions);
        assertThat(told).extracting(Notice::reason).containsExactly(SkipReason.TOO_LONG);
        assertThat(told).extracting(Notice::line).containsExactly(2L);
    }

    @Test
    void inputsThatBreakCountAsFarAsTheyGo() throws Exception {
        byte[] packed =
                Packed.pack(
                        Compression.GZIP,
                        numbers(0, 50_000, "\n").getBytes(US_ASCII),
                        numbers(50_000, 90_000, "\n").getBytes(US_ASCII));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(packed, packed.length - 9_000));
        Path gone = write("gone", "90000\n");
        Path good = write("good", "90001\n");
        BlockFileSource source = source(List.of(cut, gone, good));
        Files.delete(gone);

        Gathered gathered = new LocalJob(source, 2, 0).await();

        assertThat(gathered.skips).isEqualTo(Map.of(SkipReason.BROKEN_INPUT, 2L));
        List<Long> numbers = gathered.numbers.stream().sorted().toList();
        assertThat(numbers).hasSizeBetween(60_000, 89_999).contains(90_001L);
        assertThat(numbers.subList(0, numbers.size() - 1))
                .isEqualTo(LongStream.range(0, numbers.size() - 1).boxed().toList());
        assertThat(Notices.failedInputs())
                .containsExactlyInAnyOrder(cut.toString(), gone.toString());
    }

    @Test
    void aRequestEndsAllReadersAndWhatTheyReadCounts() throws Exception {
        Path large = write("large", numbers(0, 3_000_000, "\n"));
        Path packed =
                Files.write(
                        folder.resolve("packed"),
                        Packed.pack(
                                Compression.GZIP,
                                numbers(3_000_000, 4_000_000, "\n").getBytes(US_ASCII)));

        LocalJob job = new LocalJob(source(List.of(large, packed, large)), 3, 20);
        while (job.soFar().batches < 10) {
            Thread.sleep(10);
        }
        EndOfInput.request();
        Gathered gathered = job.await();

        assertThat(gathered.skips).isEmpty();
        assertThat(gathered.numbers).hasSizeBetween(10_000, 2_000_000).doesNotHaveDuplicates();
        assertThat(told).isEmpty();
    }

    @Test
    void aRestartCountsNothingTwice() throws Exception {
        Path large = write("large", numbers(0, 1_500_000, "\n"));
        Path packed =
                Files.write(
                        folder.resolve("packed"),
                        Packed.pack(
                                Compression.GZIP,
                                numbers(1_500_000, 2_000_000, "\n").getBytes(US_ASCII)));
        Configuration restarts = new Configuration();
        restarts.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        restarts.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        StreamExecutionEnvironment env = LocalJob.environment(2);
        env.configure(restarts);
        env.enableCheckpointing(30);
        FailOnce.FAILED.set(false);

        CloseableIterator<FlowBatch> out =
                LocalJob.stream(env, source(List.of(large, packed)))
                        .map(new FailOnce())
                        .returns(FlowBatchTypeInfo.INSTANCE)
                        .executeAndCollect();
        List<FlowBatch> batches = new ArrayList<>();
        out.forEachRemaining(batches::add);
        out.close();

        Gathered gathered = Gathered.of(batches);
        assertThat(FailOnce.FAILED).isTrue();
        assertThat(gathered.numbers.stream().sorted().toList())
                .isEqualTo(LongStream.range(0, 2_000_000).boxed().toList());
        assertThat(gathered.skips).isEmpty();
    }

    /** Fails, once in all, some batches after the second checkpoint. */
    private static final class FailOnce extends RichMapFunction<FlowBatch, FlowBatch>
            implements CheckpointListener {
        private static final long serialVersionUID = 1;
        static final AtomicBoolean FAILED = new AtomicBoolean();
        private int checkpoints;
        private int since;

        @Override
        public void open(OpenContext context) {
            since = 0;
        }

        @Override
        public FlowBatch map(FlowBatch batch) throws Exception {
            if (!FAILED.get()) {
                Thread.sleep(3);
                if (checkpoints >= 2 && ++since == 5 && FAILED.compareAndSet(false, true)) {
                    throw new IllegalStateException("as planned");
                }
            }
            return batch;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            checkpoints++;
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String numbers(long from, long to, String feed) {
        StringBuilder text = new StringBuilder();
        for (long i = from; i < to; i++) {
            text.append(i).append(feed);
        }
        return text.toString();
    }

    private static BlockFileSource source(List<Path> paths) {
        InputFiles files =
                InputFiles.resolve(
                        paths.stream().map(Path::toString).toList(),
                        false,
                        NumberLines.DIVISIBLE,
                        (head, length, whole) -> null);
        assertThat(files.problems()).isEmpty();
        List<InputFile> inputs = files.files();
        return new BlockFileSource(
                inputs,
                ReaderOptions.standard(),
                Set.of(FlowColumn.PACKETS),
                (head, length, whole) -> null);
    }
}
