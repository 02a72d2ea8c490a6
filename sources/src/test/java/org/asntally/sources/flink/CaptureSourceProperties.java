package org.asntally.sources.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.files.Compression;
import org.asntally.sources.files.InputFiles;
import org.asntally.sources.files.Packed;
import org.asntally.sources.packet.Captures;
import org.asntally.sources.packet.Frames;
import org.asntally.sources.text.FormatDetector;
import org.asntally.sources.text.ReaderOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any captures, packed or not, at any parallelism, stopped at any moment and restored at another
 * parallelism: each packet counts once, also where packets carry captures.
 */
class CaptureSourceProperties {

    @TempDir private Path folder;

    private final List<Notice> told = new ArrayList<>();
    private int nextNumber;
    private int cutOff;

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @AfterEach
    void forget() {
        Notices.reset();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void countsEachPacketOnceAcrossRestarts(long seed) throws Exception {
        Notices.install(told::add);
        SplittableRandom random = new SplittableRandom(seed);
        List<String> names = new ArrayList<>();
        int files = 1 + random.nextInt(3);
        for (int i = 0; i < files; i++) {
            names.add(write(i, random).toString());
        }
        InputFiles inputs = InputFiles.resolve(names, false, null, FormatDetector::tell);
        BlockFileSource source =
                new BlockFileSource(
                        inputs.files(),
                        ReaderOptions.standard(),
                        Set.of(FlowColumn.SOURCE),
                        FormatDetector::tell);

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

        List<Integer> numbers = new ArrayList<>();
        Set<Long> positions = new HashSet<>();
        for (FlowBatch batch : kept) {
            int[] sources = new int[batch.rows()];
            batch.v4(FlowColumn.SOURCE, sources, batch.rows());
            Arrays.stream(sources).forEach(numbers::add);
            for (int i = 0; i < batch.rows(); i++) {
                positions.add(batch.firstPosition() + i);
            }
        }
        assertThat(inputs.problems()).isEmpty();
        assertThat(numbers.stream().sorted().toList())
                .as("seed %d", seed)
                .isEqualTo(IntStream.range(0, nextNumber).boxed().toList());
        assertThat(positions).as("seed %d", seed).hasSize(nextNumber);
        assertThat(Notices.failedInputs()).as("seed %d: %s", seed, told).hasSize(cutOff);
    }

    private Path write(int file, SplittableRandom random) throws IOException {
        Compression[] all = Compression.values();
        Compression compression =
                random.nextInt(3) > 0 ? Compression.NONE : all[random.nextInt(all.length)];
        boolean ng = random.nextInt(3) == 0;
        Captures capture =
                ng ? Captures.pcapng(ByteOrder.BIG_ENDIAN).section().on(1, 0) : Captures.pcap();
        byte[] within =
                Captures.pcap()
                        .packet(Frames.numbered(-1, 9))
                        .packet(Frames.numbered(-1, 9))
                        .bytes();
        int packets = random.nextInt(random.nextBoolean() ? 9 : 40_000);
        int longest = random.nextBoolean() ? 9 : 1_400;
        for (int i = 0; i < packets; i++) {
            byte[] frame = Frames.numbered(nextNumber++, random.nextInt(longest));
            frame =
                    switch (random.nextInt(50)) {
                        case 0 -> Frames.join(frame, within);
                        case 1 -> random.nextInt(40) == 0 ? Arrays.copyOf(frame, 200_000) : frame;
                        default -> frame;
                    };
            if (ng) {
                capture.enhanced(0, i, frame, frame.length);
            } else {
                capture.packet(frame);
            }
        }
        byte[] bytes = capture.bytes();
        if (packets > 0 && random.nextInt(4) == 0) {
            bytes = Arrays.copyOf(bytes, bytes.length - 3);
            nextNumber--;
            cutOff++;
        }
        return Files.write(folder.resolve("file" + file), Packed.pack(compression, bytes));
    }
}
