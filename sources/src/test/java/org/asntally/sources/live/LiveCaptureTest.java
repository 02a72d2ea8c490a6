package org.asntally.sources.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.packet.BadPackets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real packets of the loopback interface; skipped where nobody may capture. */
@Timeout(60)
class LiveCaptureTest {

    @Test
    void capturesEachPacketThatTheFilterTakes() throws Exception {
        needRight();
        int packets = 5_000;
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket sender = new DatagramSocket();
                LiveCapture capture =
                        LiveCapture.open(
                                "lo", new LiveFormat("udp dst port " + receiver.getLocalPort()))) {
            FlowBatchBuilder flows =
                    new FlowBatchBuilder(
                            EnumSet.of(
                                    FlowColumn.TIME,
                                    FlowColumn.SOURCE,
                                    FlowColumn.BYTES,
                                    FlowColumn.DESTINATION_PORT));
            long before = System.currentTimeMillis();
            byte[] text = "a packet".getBytes(US_ASCII);
            for (int i = 0; i < packets; i++) {
                sender.send(
                        new DatagramPacket(
                                text,
                                text.length,
                                receiver.getLocalAddress(),
                                receiver.getLocalPort()));
            }
            int seen = 0;
            while (seen < packets) {
                capture.available().get(20, TimeUnit.SECONDS);
                int read = capture.read(flows, BadPackets.UNHEARD);
                if (read == 0) {
                    continue;
                }
                FlowBatch batch = flows.build();
                assertThat(batch.rows()).isEqualTo(read);
                long[] values = new long[batch.rows()];
                batch.longs(FlowColumn.BYTES, values);
                assertThat(values).containsOnly(14 + 20 + 8 + text.length);
                batch.longs(FlowColumn.DESTINATION_PORT, values);
                assertThat(values).containsOnly(receiver.getLocalPort());
                batch.longs(FlowColumn.TIME, values);
                for (long time : values) {
                    assertThat(time).isBetween(before - 60_000, before + 120_000);
                }
                int[] sources = new int[batch.rows()];
                batch.v4(FlowColumn.SOURCE, sources, batch.rows());
                assertThat(sources).containsOnly(0x7f000001);
                seen += read;
            }
            assertThat(seen).isEqualTo(packets);
            capture.countDrops(flows);
            assertThat(flows.build().skips()).isZero();
        }
    }

    @Test
    void anIdleInterfaceIsLeftAtOnce() throws Exception {
        needRight();
        try (LiveCapture capture =
                LiveCapture.open("lo", new LiveFormat("udp dst port 1 and udp src port 1"))) {
            var waiting = capture.available();
            assertThat(waiting).isNotDone();
            capture.stop();
            assertThat(waiting).succeedsWithin(java.time.Duration.ofSeconds(5));
            assertThat(capture.isStopped()).isTrue();
        }
    }

    @Test
    void whatCannotBeCapturedFromIsToldByKind() {
        needRight();
        assertThat(trouble("nosuch0", "")).isEqualTo(CaptureException.Trouble.NO_INTERFACE);
        assertThat(trouble("lo", "tcp prt 4")).isEqualTo(CaptureException.Trouble.BAD_FILTER);
    }

    private static CaptureException.Trouble trouble(String name, String filter) {
        return assertThrows(
                        CaptureException.class,
                        () -> LiveCapture.check(name, new LiveFormat(filter)))
                .trouble();
    }

    @Test
    void interfacesHaveNames() throws CaptureException {
        needRight();
        assertThat(LiveCapture.interfaces()).contains("lo");
    }

    static void needLibrary() {
        try {
            Libpcap.need();
        } catch (CaptureException e) {
            assumeTrue(false, "skipped: libpcap is not installed");
        }
    }

    private static void needRight() {
        needLibrary();
        try {
            LiveCapture.check("lo", new LiveFormat(""));
        } catch (CaptureException e) {
            assumeTrue(false, "skipped: nothing can be captured from lo: " + e.said());
        }
    }
}
