package org.asntally.sources.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.files.InputFiles;
import org.asntally.sources.text.ReaderOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files through a MiniCluster: each line once, whatever the parallelism. */
@Timeout(60)
class BlockFileSourceITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(3)
                            .build());

    @TempDir private Path folder;

    @AfterEach
    void forget() {
        EndOfInput.reset();
        Notices.reset();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void countsEachLineOnceAtAnyParallelism(int parallelism) throws Exception {
        long lines = 1_500_000;
        Path large = write("large", 0, lines);
        Path small = write("small", lines, lines + 3);
        Path empty = write("empty", 0, 0);

        Gathered gathered = read(List.of(large, empty, small), parallelism);

        assertThat(gathered.skips).isEmpty();
        assertThat(gathered.numbers.stream().sorted().toList())
                .isEqualTo(LongStream.range(0, lines + 3).boxed().toList());
        assertThat(Set.copyOf(gathered.positions)).hasSize((int) lines + 3);
    }

    private Path write(String name, long from, long to) throws IOException {
        StringBuilder text = new StringBuilder();
        for (long i = from; i < to; i++) {
            text.append(i).append('\n');
        }
        return Files.writeString(folder.resolve(name), text, StandardCharsets.US_ASCII);
    }

    private static Gathered read(List<Path> paths, int parallelism) throws Exception {
        InputFiles files =
                InputFiles.resolve(
                        paths.stream().map(Path::toString).toList(),
                        false,
                        NumberLines.DIVISIBLE,
                        (head, length, whole) -> null);
        assertThat(files.problems()).isEmpty();
        return run(files.files(), parallelism);
    }

    private static Gathered run(List<InputFile> files, int parallelism) throws Exception {
        Configuration settings = new Configuration();
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.getConfig().enableObjectReuse();
        env.setParallelism(parallelism);
        BlockFileSource source =
                new BlockFileSource(
                        files,
                        ReaderOptions.standard(),
                        Set.of(FlowColumn.PACKETS),
                        (head, length, whole) -> null);
        List<FlowBatch> batches = new ArrayList<>();
        CloseableIterator<FlowBatch> out =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "lines")
                        .executeAndCollect();
        out.forEachRemaining(batches::add);
        out.close();
        return Gathered.of(batches);
    }
}
