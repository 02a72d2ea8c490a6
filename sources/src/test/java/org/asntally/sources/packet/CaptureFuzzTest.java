package org.asntally.sources.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Captures of any bytes: no exception, no endless loop, alike in pieces of any size. Seeds are
 * generated; as a test the target runs on them alone. {@code ./test.sh long} fuzzes it.
 */
class CaptureFuzzTest {

    static Stream<byte[]> captures() {
        return LongStream.range(0, 60)
                .mapToObj(seed -> CaptureProperties.any(new SplittableRandom(seed)));
    }

    @MethodSource("captures")
    @FuzzTest(maxDuration = "10m")
    void capture(byte @Nullable [] bytes) {
        if (bytes == null) {
            return;
        }
        ReadCapture whole = ReadCapture.of(bytes, 1 << 17);
        ReadCapture pieces = ReadCapture.of(bytes, 7);

        assertThat(pieces.packets).isEqualTo(whole.packets);
        assertThat(pieces.failure).isEqualTo(whole.failure);
        assertThat(whole.packets.size()).isLessThanOrEqualTo(bytes.length / 16);
    }
}
