package org.asntally.sources.sflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.asntally.sources.ExporterHealth;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.Sampling;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Datagrams of any bytes: no exception, no endless loop, no more flows than bytes can hold, and no
 * memory of more exporters than there were datagrams. Seeds are generated; as a test the target
 * runs on them alone. {@code ./test.sh long} fuzzes it.
 */
class SflowFuzzTest {

    static Stream<byte[]> datagrams() {
        return LongStream.range(0, 60)
                .mapToObj(seed -> SflowProperties.any(new SplittableRandom(seed)));
    }

    @MethodSource("datagrams")
    @FuzzTest(maxDuration = "10m")
    void datagram(byte @Nullable [] bytes) {
        if (bytes == null) {
            return;
        }
        ReadDatagrams read =
                new ReadDatagrams(SflowOptions.of(Sampling.of(Sampling.Mode.MEASURED)));
        read.read(bytes);
        read.millis += 5_000;
        read.read(bytes);
        read.end();

        assertThat(read.rows()).isLessThanOrEqualTo(2 * (bytes.length / 80));
        assertThat(read.decoder.health()).hasSizeLessThanOrEqualTo(1);
        for (ExporterHealth health : read.decoder.health()) {
            assertThat(health.datagrams()).isEqualTo(2);
            assertThat(health.text()).startsWith("exporter ");
        }
        assertThat(read.numbers(FlowColumn.SAMPLING_RATE)).allMatch(rate -> rate >= 1);
    }
}
