package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asntally.deploy.Program.Result;
import org.asntally.deploy.Program.Running;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code asn_capture} of the loopback interface, with packets to anywhere put onto it. */
class CaptureE2E {

    private static final Pattern ROW =
            Pattern.compile(
                    "\\{.*\"key\":\"host\",.*\"host\":\"([^\"]+)\",\"hits\":(\\d+),"
                            + "\"packets\":(\\d+),\"bytes\":(\\d+),.*}"
                            + "|\\{.*\"key\":\"(?:asn|prefix)\",.*}");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final int LENGTH = 100;

    /** Some of libpcap. */
    public interface Pcap extends Library {
        /** A handle, or null. */
        @Nullable Pointer pcap_open_live(
                String device, int snaplen, int promiscuous, int millis, byte[] error);

        /** 0 when it was sent. */
        int pcap_sendpacket(Pointer handle, byte[] packet, int length);

        /** Closes it. */
        void pcap_close(Pointer handle);
    }

    @TempDir private Path place;

    @Test
    void whatGoesToPublicAddressesIsStoredWhenTheCaptureIsStopped() throws Exception {
        assumeTrue(Boolean.getBoolean("asntally.long"), "-Dasntally.long=true runs this");
        Pcap pcap = library();
        assumeTrue(pcap != null, "needs libpcap");
        Pointer lo = pcap.pcap_open_live("lo", LENGTH, 0, 100, new byte[256]);
        assumeTrue(lo != null, "needs the right to capture");
        try {
            Running running =
                    Program.asntally(
                                    place,
                                    "asn_capture",
                                    "--interface",
                                    "lo",
                                    "--own",
                                    "9.9.9.0/24",
                                    "--output",
                                    place + "/out",
                                    "udp port 40404")
                            .start();
            long end = System.nanoTime() + PATIENCE;
            while (!Files.readString(running.err()).contains("begins")) {
                assertThat(running.process().isAlive() && System.nanoTime() < end)
                        .as(Files.readString(running.err()))
                        .isTrue();
                TimeUnit.MILLISECONDS.sleep(100);
            }
            // Until the reader is there nothing is counted.
            TimeUnit.SECONDS.sleep(5);
            send(pcap, lo, 0x08080808, 30);
            send(pcap, lo, 0x01010101, 12);
            send(pcap, lo, 0x0a000001, 40);
            send(pcap, lo, 0x09090909, 50);
            TimeUnit.SECONDS.sleep(2);
            running.signal("TERM");
            Result result = running.end().saysNoStackTrace();
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(result.err()).contains("all input has ended");
        } finally {
            pcap.pcap_close(lo);
        }
        // Packets that are put onto it are seen as they leave, and as they come: once or twice
        // each.
        Map<String, Long> stored = stored();
        assertThat(stored.keySet()).containsExactly("1.1.1.1", "8.8.8.8");
        assertThat(stored.get("8.8.8.8")).isIn(30L, 60L);
        assertThat(stored.get("1.1.1.1")).isIn(12L, 24L);
    }

    private static @Nullable Pcap library() {
        try {
            return Native.load("libpcap.so.0.8", Pcap.class);
        } catch (UnsatisfiedLinkError e) {
            return null;
        }
    }

    private static void send(Pcap pcap, Pointer lo, int destination, int times) {
        byte[] packet =
                ByteBuffer.allocate(LENGTH)
                        .putShort(12, (short) 0x0800)
                        .put(14, (byte) 0x45)
                        .putShort(16, (short) (LENGTH - 14))
                        .put(22, (byte) 64)
                        .put(23, (byte) 17)
                        .putInt(26, 0x7f000001)
                        .putInt(30, destination)
                        .putShort(34, (short) 40_404)
                        .putShort(36, (short) 40_404)
                        .putShort(38, (short) (LENGTH - 34))
                        .array();
        for (int i = 0; i < times; i++) {
            assertThat(pcap.pcap_sendpacket(lo, packet, packet.length)).isZero();
        }
    }

    private Map<String, Long> stored() throws Exception {
        Map<String, Long> hosts = new TreeMap<>();
        for (Matcher row : FinishedRows.of(place.resolve("out"), ROW)) {
            if (row.group(1) != null) {
                hosts.merge(row.group(1), Long.valueOf(row.group(2)), Long::sum);
                assertThat(row.group(3)).isEqualTo(row.group(2));
                assertThat(Long.parseLong(row.group(4)))
                        .isEqualTo(LENGTH * Long.parseLong(row.group(2)));
            }
        }
        return hosts;
    }
}
