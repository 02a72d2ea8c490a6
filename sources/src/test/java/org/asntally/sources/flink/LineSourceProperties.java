package org.asntally.sources.flink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.files.Compression;
import org.asntally.sources.files.InputFiles;
import org.asntally.sources.files.Packed;
import org.asntally.sources.text.ReaderOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any files, at any parallelism, stopped at any moment and restored at another parallelism: each
 * line counts once.
 */
class LineSourceProperties {

    @TempDir private Path folder;

    private final Map<SkipReason, Long> skips = new EnumMap<>(SkipReason.class);
    private long nextNumber;

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @AfterEach
    void forget() {
        Notices.reset();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void countsEachLineOnceAcrossRestarts(long seed) throws Exception {
        Notices.install(notice -> {});
        SplittableRandom random = new SplittableRandom(seed);
        List<String> names = new ArrayList<>();
        int files = 1 + random.nextInt(6);
        for (int i = 0; i < files; i++) {
            names.add(write(i, random).toString());
        }
        InputFiles inputs =
                InputFiles.resolve(names, false, NumberLines.DIVISIBLE, (h, l, w) -> null);
        BlockFileSource source =
                new BlockFileSource(
                        inputs.files(),
                        ReaderOptions.standard(),
                        Set.of(FlowColumn.PACKETS),
                        (h, l, w) -> null);

        List<FlowBatch> kept = new ArrayList<>();
        SourceHarness harness = new SourceHarness(source, 1 + random.nextInt(3), random);
        for (int restart = random.nextInt(4); restart > 0; restart--) {
            harness.run(random.nextInt(60));
            SourceHarness.Snapshot snapshot = harness.snapshot();
            harness.run(random.nextInt(20));
            harness.close();
            kept.addAll(harness.out.subList(0, snapshot.emitted()));
            harness = new SourceHarness(source, 1 + random.nextInt(3), random, snapshot);
        }
        harness.runToEnd();
        kept.addAll(harness.out);

        Gathered gathered = Gathered.of(kept);
        assertThat(inputs.problems()).isEmpty();
        assertThat(gathered.numbers.stream().sorted().toList())
                .as("seed %d", seed)
                .isEqualTo(LongStream.range(0, nextNumber).boxed().toList());
        assertThat(gathered.skips).as("seed %d", seed).isEqualTo(skips);
        assertThat(new HashSet<>(gathered.positions)).hasSameSizeAs(gathered.positions);
    }

    private Path write(int file, SplittableRandom random) throws IOException {
        Compression[] all = Compression.values();
        Compression compression =
                random.nextBoolean() ? Compression.NONE : all[random.nextInt(all.length)];
        StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "\u00ef\u00bb\u00bf" : "");
        String feed = random.nextBoolean() ? "\n" : "\r\n";
        int lines = random.nextInt(4) == 0 ? 0 : random.nextInt(random.nextBoolean() ? 9 : 20_000);
        for (int i = 0; i < lines; i++) {
            switch (random.nextInt(500)) {
                case 0 -> bad(text, SkipReason.BLANK, "");
                case 1 -> bad(text, SkipReason.BAD_SHAPE, "-".repeat(random.nextInt(1, 3000)));
                default -> text.append(nextNumber++);
            }
            text.append(feed);
        }
        if (random.nextInt(6) == 0) {
            bad(text, SkipReason.TOO_LONG, "x".repeat(random.nextInt(1 << 20, 6 << 20) + 1));
            text.append(feed);
        }
        if (random.nextBoolean()) {
            text.append(nextNumber++);
        }
        byte[] bytes = text.toString().getBytes(ISO_8859_1);
        int cut = random.nextInt(bytes.length + 1);
        byte[] packed =
                Packed.pack(
                        compression,
                        Arrays.copyOf(bytes, cut),
                        Arrays.copyOfRange(bytes, cut, bytes.length));
        return Files.write(folder.resolve("file" + file), packed);
    }

    private void bad(StringBuilder text, SkipReason reason, String line) {
        text.append(line);
        skips.merge(reason, 1L, Long::sum);
    }
}
