package org.asntally.job.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.asntally.job.TestTable;
import org.asntally.job.attribute.AttributeHarness.Event;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that come in parts to tasks that can read no archive. */
class SentTablesTest {

    private static final int MOST_STATE = 64 << 20;

    @TempDir private Path folder;

    private Rib table(int seed) {
        return TestTable.random(seed, 40, 10).rib();
    }

    /** The messages of a version as the RIB source sends them, but in small parts. */
    private List<RibMessage> parts(Rib rib, long validFrom, int size) throws IOException {
        Path file = folder.resolve(rib.id());
        RibFile.write(rib, file);
        byte[] bytes = Files.readAllBytes(file);
        int count = (bytes.length + size - 1) / size;
        List<RibMessage> messages = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int end = Math.min(bytes.length, (index + 1) * size);
            messages.add(
                    RibMessage.chunk(
                            new RibChunk(
                                    rib.id(),
                                    validFrom,
                                    index,
                                    count,
                                    Arrays.copyOfRange(bytes, index * size, end))));
        }
        return messages;
    }

    private static RibMessage version(Rib rib, long validFrom) {
        return RibMessage.version(new RibVersion(rib.id(), validFrom, ""));
    }

    @Test
    void aTableIsUsedWhenItsPartsHaveComeInAnyOrder() throws Exception {
        Rib rib = table(1);
        List<RibMessage> parts = parts(rib, 0, 1 << 20);
        Collections.shuffle(parts, new Random(3));
        assertThat(parts).hasSizeGreaterThan(3);
        try (AttributeHarness operator = new AttributeHarness(1, new RibTimeline())) {
            operator.flows(0, 100);
            for (RibMessage part : parts) {
                operator.rib(part);
            }
            assertThat(operator.events()).isEmpty();
            operator.rib(version(rib, 0));
            operator.rib(RibMessage.knownUntil(1000));

            assertThat(operator.events()).contains(new Event("flow", 100, rib.version()));
        }
    }

    @Test
    void aRestoredTaskHasTheNewestTwo() throws Exception {
        List<Rib> ribs = List.of(table(11), table(12), table(13));
        OperatorSubtaskState state;
        try (AttributeHarness operator = new AttributeHarness(1, new RibTimeline())) {
            operator.setCheckpointStorage(new JobManagerCheckpointStorage(MOST_STATE));
            for (int i : new int[] {2, 0, 1}) {
                for (RibMessage part : parts(ribs.get(i), 1000L * i, 2 << 20)) {
                    operator.rib(part);
                }
                operator.rib(version(ribs.get(i), 1000L * i));
            }
            operator.rib(RibMessage.knownUntil(5000));
            state = operator.snapshot(1, 1);
        }
        try (AttributeHarness operator = new AttributeHarness(1, new RibTimeline(), 1, 0, state)) {
            operator.flows(0, 1500, 2500);

            assertThat(operator.events())
                    .containsExactly(
                            new Event("flow", 1500, ribs.get(1).version()),
                            new Event("flow", 2500, ribs.get(2).version()));
            // Of the oldest no bytes are left: the next one after it serves, and this is counted.
            operator.flows(0, 500);
            assertThat(operator.events())
                    .containsExactly(new Event("flow", 500, ribs.get(1).version()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4 << 20, (4 << 20) + 1, 9 << 20})
    void aFileIsCutIntoPartsThatFitIntoMessages(int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Path file = Files.write(folder.resolve("file"), bytes);

        List<RibChunk> parts = RibChunk.of(new RibVersion("00", 7, ""), file);

        byte[] back = new byte[size];
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            RibChunk part = parts.get(i);
            assertThat(part.index()).isEqualTo(i);
            assertThat(part.count()).isEqualTo(parts.size());
            assertThat(part.validFrom()).isEqualTo(7);
            assertThat(part.bytes().length).isBetween(1, 5 << 20);
            System.arraycopy(part.bytes(), 0, back, at, part.bytes().length);
            at += part.bytes().length;
        }
        assertThat(at).isEqualTo(size);
        assertThat(back).isEqualTo(bytes);
    }

    @Test
    void eventsHoldOnePartOrManySmallMessages() {
        RibMessage part = RibMessage.chunk(new RibChunk("00", 0, 0, 1, new byte[10]));
        List<RibMessage> messages = new ArrayList<>();
        messages.add(RibMessage.knownUntil(1));
        messages.add(part);
        messages.add(part);
        for (int i = 0; i < 1500; i++) {
            messages.add(RibMessage.knownUntil(i));
        }

        List<RibTold> events = RibTold.of(messages);

        assertThat(events)
                .extracting(told -> told.messages().size())
                .containsExactly(1, 1, 1, 1000, 500);
        assertThat(events).flatExtracting(RibTold::messages).isEqualTo(messages);
    }
}
