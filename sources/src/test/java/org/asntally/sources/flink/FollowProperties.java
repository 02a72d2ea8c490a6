package org.asntally.sources.flink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.files.Compression;
import org.asntally.sources.files.Packed;
import org.asntally.sources.text.ReaderOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logs that are written to, renamed, shifted along, packed, copied and cut in any order, by a job
 * that is killed and restored at any moment: each line counts once.
 */
class FollowProperties {

    @TempDir private Path folder;

    private SplittableRandom random = new SplittableRandom();
    private long written;
    private long clock;
    private FollowHarness.@Nullable Snapshot last;

    static LongStream seeds() {
        return LongStream.range(0, Boolean.getBoolean("asntally.long") ? 2_000 : 60);
    }

    @AfterEach
    void forget() {
        Notices.reset();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachLineCountsOnceHoweverLogsRotate(long seed) throws Exception {
        Notices.install(notice -> {});
        random = new SplittableRandom(seed);
        clock = System.currentTimeMillis();
        LogFiles files = files(folder.resolve("access.log*").toString());
        if (random.nextBoolean()) {
            write(random.nextInt(2_000));
        }
        List<FlowBatch> kept = new ArrayList<>();
        FollowHarness job = new FollowHarness(files, clock);
        last = null;
        for (int step = 10 + random.nextInt(60); step > 0; step--) {
            clock = job.clock();
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> write(random.nextInt(random.nextInt(10) == 0 ? 50_000 : 300));
                case 3 -> writeInPieces(job);
                case 4 -> rotate(job);
                case 5, 6 -> job.pass(random.nextInt(1_000), random.nextInt(30));
                case 7 -> job.catchUp(random.nextInt(1_000));
                case 8 -> last = job.snapshot();
                default -> {
                    // Killed: what came after the checkpoint is forgotten.
                    if (last == null) {
                        last = job.snapshot();
                    }
                    clock = job.clock() + random.nextInt(100_000);
                    job.close();
                    kept.addAll(job.out.subList(0, last.emitted()));
                    for (int more = random.nextInt(4); more > 0; more--) {
                        write(random.nextInt(500));
                        rotate(null);
                    }
                    job = new FollowHarness(files, clock, last);
                    last = new FollowHarness.Snapshot(last.state(), 0);
                }
            }
        }
        write(random.nextInt(10));
        for (int i = 0; i < 20; i++) {
            job.catchUp(1_000);
        }
        kept.addAll(job.out);
        job.close();

        Gathered gathered = Gathered.of(kept);
        assertThat(gathered.skips).isEmpty();
        assertThat(wrong(gathered.numbers)).isEmpty();
    }

    /** Ranges of numbers that were not counted once. */
    private String wrong(List<Long> numbers) {
        int[] times = new int[(int) written];
        numbers.forEach(number -> times[number.intValue()]++);
        StringBuilder wrong = new StringBuilder();
        for (int i = 0; i < times.length; i++) {
            int from = i;
            while (i + 1 < times.length && times[i + 1] == times[from]) {
                i++;
            }
            if (times[from] != 1) {
                wrong.append(from + "-" + i + " " + times[from] + " times; ");
            }
        }
        return wrong.toString();
    }

    private void write(int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(written++).append('\n');
        }
        append(text.toString());
    }

    private void writeInPieces(FollowHarness job) throws Exception {
        String line = written++ + "\n";
        int cut = random.nextInt(line.length());
        append(line.substring(0, cut));
        job.pass(random.nextInt(500), random.nextInt(5));
        append(line.substring(cut));
    }

    private void append(String text) throws IOException {
        Files.writeString(
                folder.resolve("access.log"),
                text,
                US_ASCII,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        // By the test's clock, which the file system's knows nothing of.
        Files.setLastModifiedTime(folder.resolve("access.log"), FileTime.fromMillis(clock));
    }

    private void rotate(@Nullable FollowHarness job) throws Exception {
        Path log = folder.resolve("access.log");
        if (!Files.exists(log)) {
            return;
        }
        int way = random.nextInt(4);
        if (way == 3) {
            // Cut with no copy kept: exact when all was seen before, in a checkpoint too.
            if (job == null) {
                return;
            }
            job.catchUp(10_000);
            last = job.snapshot();
            Files.newOutputStream(log, StandardOpenOption.TRUNCATE_EXISTING).close();
            return;
        }
        for (int i = 99; i > 0; i--) {
            shift(i);
        }
        Path first = folder.resolve("access.log.1");
        if (way == 2) {
            Files.copy(log, first);
            if (random.nextBoolean()) {
                maybePass(job);
            }
            Files.newOutputStream(log, StandardOpenOption.TRUNCATE_EXISTING).close();
        } else {
            Files.move(log, first);
            if (random.nextBoolean()) {
                maybePass(job);
                if (random.nextBoolean()) {
                    // The writer has not heard of it yet.
                    String late = written++ + "\n";
                    Files.writeString(first, late, StandardOpenOption.APPEND);
                    maybePass(job);
                }
            }
            if (random.nextBoolean()) {
                Files.createFile(log);
            }
        }
        if (random.nextBoolean()) {
            maybePass(job);
            pack(first);
        }
        maybePass(job);
    }

    private void maybePass(@Nullable FollowHarness job) throws Exception {
        if (job != null && random.nextBoolean()) {
            job.pass(random.nextInt(500), random.nextInt(10));
        }
    }

    private void shift(int from) throws IOException {
        for (String end : List.of("", ".gz")) {
            Path old = folder.resolve("access.log." + from + end);
            if (Files.exists(old)) {
                Files.move(old, folder.resolve("access.log." + (from + 1) + end));
                if (end.isEmpty() && random.nextInt(3) == 0) {
                    pack(folder.resolve("access.log." + (from + 1)));
                }
            }
        }
    }

    private void pack(Path file) throws IOException {
        Path packed = Path.of(file + ".gz");
        Path beside = folder.resolve(".packing");
        Files.write(beside, Packed.pack(Compression.GZIP, Files.readAllBytes(file)));
        Files.move(beside, packed, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(file);
    }

    static LogFiles files(String pattern) {
        return files(pattern, true);
    }

    static LogFiles files(String pattern, boolean follow) {
        return new LogFiles(
                "web",
                List.of(pattern),
                follow,
                false,
                Duration.ofMillis(250),
                NumberLines.DIVISIBLE,
                (head, length, whole) -> null,
                ReaderOptions.standard(),
                Set.of(FlowColumn.PACKETS),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30));
    }
}
