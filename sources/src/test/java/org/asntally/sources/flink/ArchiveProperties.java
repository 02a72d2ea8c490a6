package org.asntally.sources.flink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.files.Compression;
import org.asntally.sources.files.Packed;
import org.asntally.sources.text.LogFormat;
import org.asntally.sources.text.ReaderOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Archives that overlap, read by several readers: each line counts once and none is late, whoever
 * reads what, however late messages come, over restores at other parallelism. Lines carry their
 * number as an address.
 */
class ArchiveProperties {
    private static final int SEEDS = Boolean.getBoolean("asntally.long") ? 2_000 : 60;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss +0000", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final long NOON = Instant.parse("2026-05-27T12:00:00Z").toEpochMilli();
    private static final long CLOCK = NOON + 90L * 86_400_000;
    private static final int OUT_OF_ORDER = 10;

    @TempDir private Path folder;

    private int next;

    @BeforeEach
    void listen() {
        Notices.install(notice -> {});
    }

    @AfterEach
    void forget() {
        Notices.reset();
    }

    @Test
    void eachLineCountsOnceAndNoneIsLate() throws Exception {
        int moved = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            next = 0;
            SplittableRandom random = new SplittableRandom(seed);
            Path place = Files.createDirectory(folder.resolve("seed-" + seed));
            for (int i = 1 + random.nextInt(8); i > 0; i--) {
                write(place, i, random);
            }
            moved += run(seed, place, random) > NOON ? 1 : 0;
        }

        // Time goes on while they are read, or windows would all stay open.
        assertThat(moved).isGreaterThan(SEEDS / 4);
    }

    private long run(int seed, Path place, SplittableRandom random) throws Exception {
        List<FlowBatch> kept = new ArrayList<>();
        long time = Long.MIN_VALUE;
        ArchiveHarness job = start(place, CLOCK, random, null);
        while (!job.run(1 + random.nextInt(40))) {
            if (random.nextInt(6) == 0) {
                ArchiveHarness.Snapshot snapshot = job.snapshot();
                job.run(random.nextInt(30));
                assertThat(job.late).as("seed %d", seed).isZero();
                job.close();
                kept.addAll(job.out.subList(0, snapshot.emitted()));
                if (random.nextInt(3) == 0) {
                    rename(place, random);
                }
                job = start(place, job.clock() + 5_000, random, snapshot);
            }
            time = Math.max(time, job.time);
        }
        assertThat(job.late).as("seed %d", seed).isZero();
        job.close();
        kept.addAll(job.out);
        assertThat(numbers(kept))
                .as("seed %d", seed)
                .isEqualTo(IntStream.range(0, next).boxed().toList());
        return time;
    }

    private static ArchiveHarness start(
            Path place,
            long clock,
            SplittableRandom random,
            ArchiveHarness.@Nullable Snapshot snapshot)
            throws Exception {
        return new ArchiveHarness(files(place), 1 + random.nextInt(3), clock, random, snapshot);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aLargeFileIsReadInPartsByAll(int readers) throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 13 << 20; i++) {
            line(text, NOON + 50L * i);
        }
        Files.writeString(folder.resolve("large.log"), text, US_ASCII);
        ArchiveHarness job =
                new ArchiveHarness(
                        files(folder), readers, CLOCK, new SplittableRandom(readers), null);
        for (int i = 0; i < 100_000 && !job.run(100); i++) {}

        assertThat(numbers(job.out)).isEqualTo(IntStream.range(0, next).boxed().toList());
        assertThat(job.busy()).isEqualTo(readers);
        assertThat(job.late).isZero();
        job.close();
    }

    @Test
    void whatIsWrittenAfterTheLookIsNotRead() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 9_000; i++) {
            line(text, NOON + i);
        }
        Path log = Files.writeString(folder.resolve("a.log"), text, US_ASCII);
        int before = next;
        line(text, NOON);
        ArchiveHarness job =
                new ArchiveHarness(files(folder), 2, CLOCK, new SplittableRandom(1), null);
        while (job.out.isEmpty()) {
            job.run(1);
        }
        Files.writeString(log, text, US_ASCII);
        for (int i = 0; i < 1_000 && !job.run(100); i++) {}

        assertThat(numbers(job.out)).isEqualTo(IntStream.range(0, before).boxed().toList());
        job.close();
    }

    @Test
    void whatCannotBeReadCountsOnceWhoeverReads() throws Exception {
        Path place = Files.createDirectory(folder.resolve("broken"));
        write(place, 1, new SplittableRandom(3));
        byte[] packed = Packed.pack(Compression.GZIP, "x\n".repeat(9_000).getBytes(US_ASCII));
        Files.write(place.resolve("cut.log.gz"), Arrays.copyOf(packed, packed.length - 20));
        ArchiveHarness job =
                new ArchiveHarness(
                        files(place, "/proc/none\0"), 3, CLOCK, new SplittableRandom(1), null);
        for (int i = 0; i < 10_000 && !job.run(100); i++) {}

        assertThat(Gathered.skips(job.out)).containsEntry(SkipReason.BROKEN_INPUT, 2L);
        assertThat(numbers(job.out)).isEqualTo(IntStream.range(0, next).boxed().toList());
        job.close();
    }

    private void write(Path place, int number, SplittableRandom random) throws Exception {
        StringBuilder text = new StringBuilder();
        long time = NOON + 1_000L * random.nextInt(20_000);
        int step = 1 + random.nextInt(20);
        for (int i = random.nextInt(9) == 0 ? 9_000 : random.nextInt(600); i > 0; i--) {
            time += 1_000L * random.nextInt(step);
            line(text, time - 1_000L * random.nextInt(OUT_OF_ORDER));
        }
        if (random.nextInt(4) == 0 && text.length() > 0) {
            text.setLength(text.length() - 1);
        }
        Compression[] all = Compression.values();
        Files.write(
                place.resolve("access.log." + number),
                Packed.pack(all[random.nextInt(all.length)], text.toString().getBytes(US_ASCII)));
    }

    /** What rotation does while the job is down. */
    private static void rename(Path place, SplittableRandom random) throws Exception {
        List<Path> files;
        try (var names = Files.list(place)) {
            files = names.sorted().toList();
        }
        Path file = files.get(random.nextInt(files.size()));
        Files.move(file, file.resolveSibling(file.getFileName() + ".old"));
    }

    private void line(StringBuilder text, long millis) {
        int n = next++;
        text.append("10.%d.%d.%d".formatted(n >> 16, n >> 8 & 255, n & 255))
                .append(" - - [")
                .append(STAMP.format(Instant.ofEpochMilli(millis)))
                .append("] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\"\n");
    }

    private static List<Integer> numbers(List<FlowBatch> batches) {
        List<Integer> numbers = new ArrayList<>();
        for (FlowBatch batch : batches) {
            int[] sources = new int[batch.rows()];
            batch.v4(FlowColumn.SOURCE, sources, batch.rows());
            Arrays.stream(sources).forEach(source -> numbers.add(source & 0xff_ffff));
        }
        return numbers.stream().sorted().toList();
    }

    private static LogFiles files(Path place, String... more) {
        List<String> paths = new ArrayList<>(List.of(more));
        paths.add(place.resolve("*.log*").toString());
        return new LogFiles(
                "web",
                paths,
                false,
                false,
                Duration.ofSeconds(1),
                LogFormat.COMBINED,
                (head, length, whole) -> null,
                ReaderOptions.standard(),
                Set.of(FlowColumn.SOURCE, FlowColumn.TIME),
                Duration.ofSeconds(OUT_OF_ORDER),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30));
    }
}
