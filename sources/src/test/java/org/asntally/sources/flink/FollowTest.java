package org.asntally.sources.flink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.files.Compression;
import org.asntally.sources.files.FileHead;
import org.asntally.sources.files.FileMark;
import org.asntally.sources.files.LineBlocks;
import org.asntally.sources.files.Packed;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LogFormat;
import org.asntally.sources.text.ReaderOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source of files does in the cases that a random schedule seldom has. */
class FollowTest {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss +0000", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final long NOON = Instant.parse("2026-05-27T12:00:00Z").toEpochMilli();

    @TempDir private Path folder;

    private final List<Notice> told = new ArrayList<>();

    @BeforeEach
    void listen() {
        Notices.install(told::add);
    }

    @AfterEach
    void forget() {
        EndOfInput.reset();
        Notices.reset();
    }

    @Test
    void fromTheEndCountsWhatComesLaterAndNewFilesWhole() throws Exception {
        Path log = write("a.log", "1\n2\n3");
        FollowHarness job = new FollowHarness(numbers(true, true), NOON);
        job.catchUp(1_000);
        append(log, "4\n5\n");
        write("b.log", "6\n");
        job.catchUp(1_000);

        // 34 is the rest of a line that began before.
        assertThat(Gathered.of(job.out).numbers).containsExactly(5L, 6L);
    }

    @Test
    void whatWasSeenAndIsCutBeforeItWasReadIsLostInBytes() throws Exception {
        Path log = write("a.log", "1\n2\n3\n");
        FollowHarness job = new FollowHarness(numbers(true, false), NOON);
        job.catchUp(1_000);
        append(log, "4\n5\n");
        // A look, and no time to read.
        job.pass(1_000, 0);
        FollowHarness.Snapshot before = job.snapshot();
        assertThat(before.emitted()).isEqualTo(1);
        job.look(1_000);
        Files.writeString(log, "7\n");
        for (int i = 0; i < 12; i++) {
            job.look(1_000);
        }
        job.catchUp(1_000);

        Gathered gathered = Gathered.of(job.out);
        assertThat(gathered.numbers).containsExactly(1L, 2L, 3L, 7L);
        assertThat(gathered.skips).isEqualTo(Map.of(SkipReason.LOST_BYTES, 4L));
        assertThat(told).extracting(Notice::kind).containsExactly(Notice.Kind.BYTES_LOST);
        assertThat(told).extracting(Notice::count).containsExactly(4L);
    }

    @Test
    void anEmptyFileThatBecomesTheCopyOfAnotherIsNotReadTwice() throws Exception {
        Path log = write("a.log", "1\n2\n");
        Path copy = write("b.log", "");
        FollowHarness job = new FollowHarness(numbers(true, false), NOON);
        job.catchUp(1_000);
        Files.write(copy, Files.readAllBytes(log));
        job.catchUp(1_000);
        Files.writeString(log, "3\n");
        job.catchUp(1_000);
        append(copy, "4\n");
        job.catchUp(1_000);

        assertThat(Gathered.of(job.out).numbers).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }

    @Test
    void aFileThatIsCutAndBeginsAsBeforeIsReadAnew() throws Exception {
        Path log = write("a.log", "1704\n1705\n");
        FollowHarness job = new FollowHarness(numbers(true, false), NOON);
        job.catchUp(1_000);
        Files.writeString(log, "17");
        job.catchUp(1_000);
        append(log, "60\n");
        job.catchUp(1_000);

        assertThat(Gathered.of(job.out).numbers).containsExactly(1704L, 1705L, 1760L);
    }

    @Test
    void aFileThatIsCutAndWrittenToTheSameSizeWithinItsClocksResolutionIsReadAnew()
            throws Exception {
        FileTime noon = FileTime.fromMillis(NOON);
        Path log = write("a.log", "1704\n");
        Files.setLastModifiedTime(log, noon);
        FollowHarness job = new FollowHarness(numbers(true, false), NOON);
        job.catchUp(0);
        Files.writeString(log, "1705\n");
        Files.setLastModifiedTime(log, noon);
        job.catchUp(1_000);

        assertThat(Gathered.of(job.out).numbers).containsExactly(1704L, 1705L);
    }

    @Test
    void aFileThatIsCutWrittenToPackedAndDeletedBetweenTwoLooksIsReadAnew() throws Exception {
        Path log = write("a.log", "1\n2\n");
        FollowHarness job = new FollowHarness(numbers(true, false), NOON);
        job.catchUp(1_000);
        Files.writeString(log, "3\n4\n5\n");
        byte[] packed = Packed.pack(Compression.GZIP, Files.readAllBytes(log));
        Files.write(folder.resolve("a.log.1.gz"), packed);
        Files.delete(log);
        for (int i = 0; i < 5; i++) {
            job.catchUp(3_000);
        }

        assertThat(Gathered.of(job.out).numbers).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(told).isEmpty();
    }

    @Test
    void archivesAreReadInTheOrderOfTheirTimesAndEnd() throws Exception {
        write("new.log", line(NOON + 7_200_000) + line(NOON + 7_201_000));
        Files.write(
                folder.resolve("old.log.gz"),
                Packed.pack(
                        Compression.GZIP,
                        (line(NOON) + line(NOON + 3_600_000)).getBytes(US_ASCII)));
        write("middle.log", line(NOON + 3_600_000) + line(NOON + 7_000_000).trim());
        FollowHarness job = new FollowHarness(logs(false), NOON);
        boolean ended = job.catchUp(1_000);

        assertThat(ended).isTrue();
        assertThat(times(job)).isSorted().hasSize(6);
        assertThat(job.idle).isFalse();
    }

    @Test
    void aFileThatWasReadToItsEndDoesNotHoldTimeForever() throws Exception {
        Path busy = write("busy.log", line(NOON));
        write("quiet.log", line(NOON - 60_000));
        FollowHarness job = new FollowHarness(logs(true), NOON);
        job.catchUp(1_000);
        long held = job.time;
        append(busy, line(NOON + 20_000));
        job.catchUp(1_000);

        assertThat(held).isEqualTo(NOON - 70_001);
        assertThat(job.time).isEqualTo(held);

        append(busy, line(NOON + 30_000));
        job.catchUp(40_000);
        assertThat(job.time).isEqualTo(NOON + 20_000 - 1);
        assertThat(job.idle).isFalse();

        job.catchUp(1_000);
        job.catchUp(30_000);
        assertThat(job.idle).isTrue();
    }

    @Test
    void aLineFromTheFutureCountsAndDoesNotMoveTime() throws Exception {
        Path log = write("a.log", line(NOON) + line(NOON + 4_000_000_000L));
        FollowHarness job = new FollowHarness(logs(true), NOON);
        job.catchUp(1_000);
        append(log, line(NOON + 1_000));
        job.catchUp(1_000);

        assertThat(times(job)).hasSize(3);
        assertThat(job.time).isEqualTo(NOON + 1_000 - 10_001);
    }

    @Test
    void aRestoredSourceWithNothingNewTellsItsTimeAgain() throws Exception {
        Path busy = write("busy.log", line(NOON));
        write("slow.log", line(NOON - 5_000));
        FollowHarness job = new FollowHarness(logs(true), NOON);
        job.catchUp(1_000);
        long told = job.time;
        FollowHarness.Snapshot snapshot = job.snapshot();
        job.close();

        FollowHarness restored = new FollowHarness(logs(true), NOON + 2_000, snapshot);
        restored.catchUp(1_000);

        assertThat(restored.out).isEmpty();
        assertThat(restored.time).isEqualTo(told).isEqualTo(NOON - 15_001);
        assertThat(restored.idle).isFalse();

        // The slower file still holds time as it did.
        append(busy, line(NOON + 4_000));
        restored.catchUp(1_000);
        assertThat(restored.time).isEqualTo(told);
        restored.close();
    }

    @Test
    void whenAllFilesAreLetGoAtOnceTheLatestTimeOfThemIsTold() throws Exception {
        write("a.log", line(NOON));
        write("b.log", line(NOON + 20_000));
        FollowHarness job = new FollowHarness(logs(true), NOON + 20_000);
        job.catchUp(1_000);
        job.catchUp(1_000);
        assertThat(job.time).isEqualTo(NOON - 10_001);
        job.catchUp(31_000);

        assertThat(job.time).isEqualTo(NOON + 20_000 - 10_001);
        assertThat(job.idle).isTrue();
    }

    @Test
    void aFileThatNobodyHasWrittenToForLongDoesNotHoldTimeOnceItIsRead() throws Exception {
        Path old = write("a.log", line(NOON - 3_600_000));
        Files.setLastModifiedTime(old, FileTime.fromMillis(NOON - 3_600_000));
        write("b.log", line(NOON));
        FollowHarness job = new FollowHarness(logs(true), NOON);
        job.catchUp(1_000);
        job.catchUp(1_000);

        assertThat(job.time).isEqualTo(NOON - 10_001);
        assertThat(job.idle).isFalse();
    }

    @Test
    void aSourceThatWasIdleIsIdleAgainAndItsTimeIsKnown() throws Exception {
        write("a.log", line(NOON));
        FollowHarness job = new FollowHarness(logs(true), NOON);
        job.catchUp(1_000);
        job.catchUp(1_000);
        job.catchUp(40_000);
        assertThat(job.idle).isTrue();
        FollowHarness.Snapshot snapshot = job.snapshot();
        long told = job.time;
        job.close();

        FollowHarness restored = new FollowHarness(logs(true), NOON + 50_000, snapshot);
        restored.catchUp(1_000);

        assertThat(restored.time).isEqualTo(told);
        assertThat(restored.idle).isTrue();
        restored.close();
    }

    @Test
    void stateComesBackAsItWas() throws Exception {
        FollowState state =
                new FollowState(
                        true,
                        7,
                        42,
                        NOON - 5,
                        2,
                        List.of(
                                new FileMark(
                                        3,
                                        65_024,
                                        99,
                                        new FileHead(1_024, -5, 6),
                                        "/var/log/zugriffe-ä.log",
                                        1L << 40,
                                        true,
                                        1L << 41,
                                        false,
                                        true,
                                        NOON,
                                        1L << 20),
                                new FileMark(
                                        4,
                                        0,
                                        0,
                                        FileHead.NONE,
                                        "x",
                                        0,
                                        false,
                                        0,
                                        true,
                                        false,
                                        0,
                                        LineBlocks.NO_END)),
                        Map.of(3L, NOON - 1));
        FollowStateSerializer serializer = new FollowStateSerializer();
        FollowEnumerator.StateSerializer left = new FollowEnumerator.StateSerializer();

        assertThat(serializer.deserialize(3, serializer.serialize(state))).isEqualTo(state);
        assertThat(left.deserialize(3, left.serialize(state))).isEqualTo(state);
        assertThat(left.deserialize(3, left.serialize(null))).isNull();
    }

    private static List<Long> times(FollowHarness job) {
        List<Long> times = new ArrayList<>();
        job.out.forEach(
                batch -> {
                    long[] of = new long[batch.rows()];
                    batch.longs(FlowColumn.TIME, of);
                    for (long time : of) {
                        times.add(time);
                    }
                });
        return times;
    }

    private static String line(long millis) {
        return "192.0.2.1 - - [%s] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\"%n"
                .formatted(STAMP.format(Instant.ofEpochMilli(millis)));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void append(Path path, String text) throws IOException {
        Files.writeString(path, text, StandardOpenOption.APPEND);
    }

    private LogFiles numbers(boolean follow, boolean fromEnd) {
        return files(follow, fromEnd, NumberLines.DIVISIBLE, FlowColumn.PACKETS);
    }

    private LogFiles logs(boolean follow) throws Exception {
        return files(follow, false, LogFormat.COMBINED, FlowColumn.TIME);
    }

    private LogFiles files(boolean follow, boolean fromEnd, LineFormat format, FlowColumn column) {
        return new LogFiles(
                "web",
                List.of(folder.resolve("*.log*").toString()),
                follow,
                fromEnd,
                Duration.ofMillis(250),
                format,
                (head, length, whole) -> null,
                ReaderOptions.standard(),
                Set.of(column),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30));
    }
}
