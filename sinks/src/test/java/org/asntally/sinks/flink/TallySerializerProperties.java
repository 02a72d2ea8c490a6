package org.asntally.sinks.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.asntally.sinks.ExactSum;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.RandomRows;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.TallyRowsFormat;
import org.asntally.sinks.WindowTally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read is what was written, and broken bytes are an IOException at most. */
class TallySerializerProperties {

    private final TypeSerializer<WindowTally> serializer = new WindowTallySerializer();

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void readsWhatItWrote(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        var tally = tally(random);

        var read = read(bytes(tally));

        assertThat(read.windowStart()).isEqualTo(tally.windowStart());
        assertThat(read.windowEnd()).isEqualTo(tally.windowEnd());
        assertThat(read.snapshot()).isEqualTo(tally.snapshot());
        assertThat(read.correction()).isEqualTo(tally.correction());
        assertSame(tally.rows(), read.rows());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void copiesBytesAndObjects(long seed) throws Exception {
        var tally = tally(new SplittableRandom(seed));
        byte[] bytes = bytes(tally);

        var target = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(bytes), target);
        var copy = serializer.copy(tally);

        assertThat(target.getCopyOfBuffer()).isEqualTo(bytes);
        assertSame(tally.rows(), copy.rows());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void brokenBytesAreAnIoExceptionAtMost(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        byte[] good = bytes(tally(random));
        for (int i = 0; i < 20; i++) {
            byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                read(bad);
            } catch (IOException e) {
                assertThat(e).as("seed %d", seed).isNotNull();
            }
        }
    }

    @Test
    void changesOfACopyStayThere() {
        var rows = new TallyRows(1, 4);
        int row = rows.append(TallyRows.tag(KeyKind.ASN, Side.SOURCE, false, 0), 1, 0, 0, 64496, 3);
        rows.add(row, 0, half());
        var copy = new TallyRowsSerializer().copy(rows);

        copy.add(row, 0, half());
        copy.append(TallyRows.tag(KeyKind.ASN, Side.SOURCE, false, 0), 1, 0, 0, 64497, 4);

        assertThat(rows.value(row, 0)).isEqualTo(0.5);
        assertThat(rows.size()).isEqualTo(1);
    }

    @Test
    void aConstantColumnIsWrittenOnce() throws Exception {
        var few = new TallyRows(1, 4);
        var many = new TallyRows(1, 4);
        for (int i = 0; i < 1000; i++) {
            var rows = i == 0 ? few : many;
            rows.append(TallyRows.tag(KeyKind.ASN, Side.SOURCE, false, 0), 1, 0, 0, 64496, 3);
        }

        assertThat(bytes(many)).hasSameSizeAs(bytes(few));
    }

    @Test
    void longNamesAreCutBetweenCharacters() throws Exception {
        var rows = new TallyRows(1, 4);
        int row = rows.append(TallyRows.tag(KeyKind.ASN, Side.SOURCE, false, 0), 1, 0, 0, 64496, 3);
        rows.name(row, "\u20ac".repeat(TallyRowsFormat.MAX_NAME).getBytes(StandardCharsets.UTF_8));

        byte[] name = read(bytes(rows)).rows().name(row);

        assertThat(name).isNotNull().hasSize(TallyRowsFormat.MAX_NAME / 3 * 3);
        assertThat(new String(name, StandardCharsets.UTF_8)).matches("\u20ac+");
    }

    @Test
    void refusesAFormatOfTheFuture() throws Exception {
        byte[] bytes = bytes(new TallyRows(1, 4));
        bytes[0] = 99;

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("99");
    }

    @Test
    void travelsWithTheGraph() throws Exception {
        var clone = InstantiationUtil.clone(serializer);

        assertThat(clone).isEqualTo(serializer);
        var out = new DataOutputSerializer(64);
        clone.serialize(tally(new SplittableRandom(1)), out);
        assertThat(out.length()).isPositive();
        assertThat(new TallyRowsSerializer().snapshotConfiguration().restoreSerializer())
                .isEqualTo(new TallyRowsSerializer());
    }

    private static ExactSum half() {
        var sum = new ExactSum();
        sum.add(0.5);
        return sum;
    }

    private static WindowTally tally(SplittableRandom random) {
        return new WindowTally(
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextBoolean(),
                RandomRows.any(random));
    }

    private byte[] bytes(TallyRows rows) throws IOException {
        return bytes(new WindowTally(0, 1, 0, false, rows));
    }

    private byte[] bytes(WindowTally tally) throws IOException {
        var out = new DataOutputSerializer(64);
        serializer.serialize(tally, out);
        return out.getCopyOfBuffer();
    }

    private WindowTally read(byte[] bytes) throws IOException {
        return serializer.deserialize(new DataInputDeserializer(bytes));
    }

    private static void assertSame(TallyRows want, TallyRows got) {
        assertThat(got.size()).isEqualTo(want.size());
        assertThat(got.measures()).isEqualTo(want.measures());
        for (int row = 0; row < want.size(); row++) {
            assertThat(got.sameKey(row, want, row)).isTrue();
            assertThat(got.first(row)).isEqualTo(want.first(row));
            assertThat(got.name(row)).isEqualTo(want.name(row));
            for (int m = 0; m < want.measures(); m++) {
                assertThat(got.sum(row, m)).isEqualTo(want.sum(row, m));
                assertThat(got.value(row, m)).isEqualTo(want.value(row, m));
            }
        }
    }
}
