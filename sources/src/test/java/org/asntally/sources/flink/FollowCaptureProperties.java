package org.asntally.sources.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.files.Compression;
import org.asntally.sources.files.Packed;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.packet.Captures;
import org.asntally.sources.packet.Frames;
import org.asntally.sources.text.ReaderOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Captures that grow in pieces of any length, and packed ones, read by a job that is killed and
 * restored at any moment: each packet counts once.
 */
class FollowCaptureProperties {

    @TempDir private Path folder;

    private SplittableRandom random = new SplittableRandom();
    private int nextNumber;

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @AfterEach
    void forget() {
        Notices.reset();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachPacketOfGrowingCapturesCountsOnce(long seed) throws Exception {
        Notices.install(notice -> {});
        random = new SplittableRandom(seed);
        List<Path> paths = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            paths.add(folder.resolve("packets-" + i + ".pcap"));
            contents.add(capture(random.nextInt(random.nextBoolean() ? 9 : 10_000)));
        }
        boolean fromEnd = random.nextInt(3) == 0;
        int[] written = new int[paths.size()];
        if (fromEnd) {
            // What is there at first, not to the end of a packet as a rule, does not count.
            contents.set(0, capture(2_000));
            written[0] = 1 + random.nextInt(contents.get(0).length - 1);
            Files.write(paths.get(0), Arrays.copyOf(contents.get(0), written[0]));
        }
        LogFiles files = files(folder.resolve("*.pcap*").toString(), true, fromEnd);
        List<FlowBatch> kept = new ArrayList<>();
        FollowHarness job = new FollowHarness(files, System.currentTimeMillis());
        job.catchUp(1_000);
        for (boolean more = true; more; ) {
            more = false;
            for (int i = 0; i < written.length; i++) {
                int left = contents.get(i).length - written[i];
                int length = random.nextInt(10) == 0 ? left : random.nextInt(left / 4 + 40);
                length = Math.min(left, length);
                append(paths.get(i), contents.get(i), written[i], length);
                written[i] += length;
                more |= written[i] < contents.get(i).length;
            }
            job.pass(random.nextInt(1_000), random.nextInt(10));
            if (random.nextInt(3) == 0) {
                FollowHarness.Snapshot snapshot = job.snapshot();
                job.pass(random.nextInt(1_000), random.nextInt(10));
                long clock = job.clock() + 1;
                job.close();
                kept.addAll(job.out.subList(0, snapshot.emitted()));
                job = new FollowHarness(files, clock, snapshot);
            }
        }
        job.catchUp(2_000);
        job.catchUp(2_000);
        kept.addAll(job.out);
        job.close();

        List<Integer> numbers = numbers(kept);
        if (fromEnd) {
            assertThat(numbers).as("seed %d", seed).doesNotHaveDuplicates().isNotEmpty();
            int last = numbers.get(numbers.size() - 1);
            assertThat(last).as("seed %d", seed).isEqualTo(nextNumber - 1);
            // All of the one file from some packet on: it is the one that was numbered last.
            List<Integer> ofFirst = numbers.stream().filter(n -> n >= nextNumber - 2_000).toList();
            assertThat(ofFirst)
                    .as("seed %d", seed)
                    .isEqualTo(IntStream.rangeClosed(ofFirst.get(0), last).boxed().toList());
            assertThat(ofFirst.size()).as("seed %d", seed).isLessThanOrEqualTo(2_000);
        } else {
            assertThat(numbers)
                    .as("seed %d", seed)
                    .isEqualTo(IntStream.range(0, nextNumber).boxed().toList());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachPacketOfArchivesCountsOnceInTheOrderOfTheirTimes(long seed) throws Exception {
        Notices.install(notice -> {});
        random = new SplittableRandom(1_000 + seed);
        Compression[] all = Compression.values();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            Files.write(
                    folder.resolve("packets-" + i + ".pcap"),
                    Packed.pack(
                            all[random.nextInt(all.length)],
                            capture(random.nextInt(random.nextBoolean() ? 9 : 20_000))));
        }
        LogFiles files = files(folder.resolve("*.pcap*").toString(), false, false);
        List<FlowBatch> kept = new ArrayList<>();
        FollowHarness job = new FollowHarness(files, System.currentTimeMillis());
        while (!job.pass(100, random.nextInt(12))) {
            if (random.nextInt(4) == 0) {
                FollowHarness.Snapshot snapshot = job.snapshot();
                job.pass(100, random.nextInt(6));
                long clock = job.clock() + 1;
                job.close();
                kept.addAll(job.out.subList(0, snapshot.emitted()));
                job = new FollowHarness(files, clock, snapshot);
            }
        }
        kept.addAll(job.out);
        job.close();

        assertThat(numbers(kept))
                .as("seed %d", seed)
                .isEqualTo(IntStream.range(0, nextNumber).boxed().toList());
        assertThat(Notices.failedInputs()).as("seed %d", seed).isEmpty();
    }

    private static List<Integer> numbers(List<FlowBatch> batches) {
        List<Integer> numbers = new ArrayList<>();
        for (FlowBatch batch : batches) {
            int[] sources = new int[batch.rows()];
            batch.v4(FlowColumn.SOURCE, sources, batch.rows());
            Arrays.stream(sources).forEach(numbers::add);
        }
        return numbers.stream().sorted().toList();
    }

    private static LogFiles files(String pattern, boolean follow, boolean fromEnd) {
        return new LogFiles(
                "packets",
                List.of(pattern),
                follow,
                fromEnd,
                Duration.ofMillis(250),
                CaptureFormat.PCAP,
                (head, length, whole) -> null,
                ReaderOptions.standard(),
                Set.of(FlowColumn.SOURCE, FlowColumn.TIME),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30));
    }

    private byte[] capture(int packets) {
        boolean ng = random.nextInt(3) == 0;
        Captures capture =
                ng ? Captures.pcapng(ByteOrder.BIG_ENDIAN).section().on(1, 0) : Captures.pcap();
        for (int i = 0; i < packets; i++) {
            byte[] frame = Frames.numbered(nextNumber++, random.nextInt(200));
            if (ng) {
                capture.enhanced(0, 1_772_366_400_000_000L + i, frame, frame.length);
            } else {
                capture.packet(frame);
            }
        }
        return capture.bytes();
    }

    private static void append(Path path, byte[] content, int from, int length) throws IOException {
        Files.write(
                path,
                Arrays.copyOfRange(content, from, from + length),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
