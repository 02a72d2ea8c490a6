package org.asntally.sources.sflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.packet.BadPackets;
import org.asntally.sources.packet.CaptureReader;
import org.asntally.sources.packet.Captures;
import org.asntally.sources.packet.PacketFilter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Captures of any bytes, read for sFlow: no exception, no endless loop, no more flows than bytes
 * can hold. Seeds are captures of generated datagrams; as a test the target runs on them alone.
 * {@code ./test.sh long} fuzzes it.
 */
class SflowCaptureFuzzTest {

    static Stream<byte[]> captures() {
        return LongStream.range(0, 40)
                .mapToObj(
                        seed -> {
                            SplittableRandom random = new SplittableRandom(seed);
                            Captures file = Captures.pcap();
                            for (int i = random.nextInt(1, 5); i > 0; i--) {
                                int port = random.nextInt(4) == 0 ? 9 : SflowDecoder.PORT;
                                file.packet(Datagrams.udp(port, SflowProperties.any(random)));
                            }
                            return file.bytes();
                        });
    }

    @MethodSource("captures")
    @FuzzTest(maxDuration = "10m")
    void sflowCapture(byte @Nullable [] bytes) {
        if (bytes == null) {
            return;
        }
        CaptureReader reader = new SflowFormat(SflowOptions.ALL, PacketFilter.ALL).open();
        FlowBatchBuilder flows = new FlowBatchBuilder(Datagrams.COLUMNS);
        int at = 0;
        long rows = 0;
        while (at < bytes.length) {
            int next = reader.read(bytes, at, bytes.length, at, flows, BadPackets.UNHEARD);
            boolean full = flows.isFull();
            rows += flows.build().rows();
            if (next == at && !full) {
                break;
            }
            assertThat(next).isBetween(at, bytes.length);
            at = next;
        }
        reader.end(flows);

        assertThat(rows).isLessThanOrEqualTo(bytes.length / 80);
        assertThat(reader.exporters()).hasSizeLessThanOrEqualTo(bytes.length / 28);
        assertThat(SflowFormat.isSflow(bytes, bytes.length) && bytes.length < 24).isFalse();
    }
}
