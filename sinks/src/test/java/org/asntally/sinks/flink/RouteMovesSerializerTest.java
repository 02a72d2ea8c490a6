package org.asntally.sinks.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.asntally.sinks.RandomRows;
import org.asntally.sinks.RouteMoves;
import org.asntally.sinks.TallyRows;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read is what was written, and broken bytes are an IOException at most. */
class RouteMovesSerializerTest {

    private final TypeSerializer<RouteMoves> serializer = new RouteMovesSerializer();

    private static RouteMoves moves(SplittableRandom random) {
        TallyRows rows = RandomRows.any(random);
        return new RouteMoves(
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                rows,
                random.ints(rows.size()).toArray());
    }

    private byte[] bytes(RouteMoves moves) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(moves, out);
        return out.getCopyOfBuffer();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void readsAndCopiesWhatItWrote(long seed) throws Exception {
        RouteMoves moves = moves(new SplittableRandom(seed));
        byte[] bytes = bytes(moves);
        TypeSerializer<RouteMoves> travelled =
                InstantiationUtil.clone(serializer, getClass().getClassLoader());

        RouteMoves read = travelled.deserialize(new DataInputDeserializer(bytes));
        DataOutputSerializer copied = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(bytes), copied);

        assertThat(read.movedAt()).isEqualTo(moves.movedAt());
        assertThat(read.toAsns()).isEqualTo(moves.toAsns());
        assertThat(bytes(read)).isEqualTo(bytes);
        assertThat(bytes(serializer.copy(moves))).isEqualTo(bytes);
        assertThat(copied.getCopyOfBuffer()).isEqualTo(bytes);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("org.asntally.sinks.Seeds#hundred")
    void brokenBytesAreAnIoExceptionAtMost(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = bytes(moves(random));
        for (int i = 0; i < 20; i++) {
            byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                serializer.deserialize(new DataInputDeserializer(bad));
            } catch (IOException e) {
                assertThat(e).as("seed %d", seed).isNotNull();
            }
        }
    }
}
