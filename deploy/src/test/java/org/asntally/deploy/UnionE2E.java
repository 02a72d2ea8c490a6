package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asntally.deploy.Program.Result;
import org.asntally.deploy.Program.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One job counts a log, a capture and sFlow datagrams side by side; each total is its oracle's. */
class UnionE2E {

    private static final DateTimeFormatter CLF =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final Pattern ROW =
            Pattern.compile("\\{.*\"source\":\"(\\w+)\",.*\"asn\":(\\d+),.*\"hits\":(\\d+)(.*)}");
    private static final Pattern PACKETS = Pattern.compile("\"packets\":(\\d+)");
    private static final Pattern BYTES = Pattern.compile("\"bytes\":(\\d+)");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);
    private static final int RATE = 512;

    @TempDir private Path place;

    private final SplittableRandom random = new SplittableRandom(11);

    /** Source, a blank, and the AS: hits, packets, bytes. */
    private final Map<String, String> expected = new TreeMap<>();

    private final Map<String, long[]> sums = new TreeMap<>();

    @Test
    void eachSideOfAUnionIsWhatItsInputSays() throws Exception {
        Path table =
                Files.writeString(
                        place.resolve("t.dat"), "192.0.2.0/24\t64496\n198.51.100.0/24\t64497\n");
        int port = freePort();
        log(place.resolve("access.log"), 3_000);
        capture(place.resolve("packets.pcap"), 2_000);
        Path job =
                Files.writeString(
                        place.resolve("job.yaml"),
                        """
                        version: 1
                        sources:
                          web: {type: log, path: "%1$s/access.log"}
                          packets: {type: pcap, path: "%1$s/packets.pcap"}
                          edge: {type: sflow, listen: "127.0.0.1:%2$d", out-of-orderness: 0s}
                        rib: {path: "%3$s"}
                        counts:
                          all: {sources: [web, packets, edge], by: [source+asn], window: 2s}
                        sinks:
                          out: {type: files, path: "%1$s/out", format: json, roll-time: 1s}
                        checkpoints: {interval: 1s, path: "%1$s/checkpoints"}
                        """
                                .formatted(place, port, table));
        Running running =
                Program.asntally(place, "run", job.toString(), "--data-dir", place + "/data")
                        .start();
        awaitSocket(running, port);
        datagrams(port, 1_500);
        sums.forEach((key, sum) -> expected.put(key, sum[0] + " " + sum[1] + " " + sum[2]));
        long end = System.nanoTime() + PATIENCE;
        while (!results().equals(expected)) {
            assertThat(running.process().isAlive() && System.nanoTime() < end)
                    .as("%s of %s; %s", results(), expected, Files.readString(running.err()))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        running.signal("TERM");
        Result result = running.end().saysNoStackTrace();
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(results()).isEqualTo(expected);
    }

    /** Of the last octet alone; two of three times in the first network. */
    private int address(String source, long packets, long bytes) {
        boolean first = random.nextInt(3) > 0;
        long[] sum =
                sums.computeIfAbsent(source + (first ? " 64496" : " 64497"), key -> new long[3]);
        sum[0]++;
        sum[1] += packets;
        sum[2] += bytes;
        return (first ? 0xc0000200 : 0xc6336400) | random.nextInt(256);
    }

    private void log(Path file, int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        Instant time = Instant.now().minusSeconds(300);
        for (int i = 0; i < lines; i++) {
            int bytes = random.nextInt(10_000);
            int address = address("web", 0, bytes);
            text.append(
                    "%d.%d.%d.%d - - [%s] \"GET / HTTP/1.1\" 200 %d \"-\" \"x\"\n"
                            .formatted(
                                    address >>> 24,
                                    address >>> 16 & 255,
                                    address >>> 8 & 255,
                                    address & 255,
                                    CLF.format(time.plusMillis(10L * i)),
                                    bytes));
        }
        Files.writeString(file, text);
    }

    private void capture(Path file, int packets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
        out.writeBytes(head.putInt(262_144).putInt(1).array());
        long begun = Instant.now().getEpochSecond() - 200;
        for (int i = 0; i < packets; i++) {
            int wire = 60 + random.nextInt(1_400);
            byte[] frame = frame(address("packets", 1, wire), wire - 14);
            ByteBuffer record = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            record.putInt((int) begun + i / 100).putInt(i % 100).putInt(frame.length).putInt(wire);
            out.writeBytes(record.array());
            out.writeBytes(frame);
        }
        Files.write(file, out.toByteArray());
    }

    /** The first bytes of a frame of Ethernet with an IPv4 packet of this length. */
    private static byte[] frame(int source, int length) {
        return ByteBuffer.allocate(34)
                .putShort(12, (short) 0x0800)
                .put(14, (byte) 0x45)
                .putShort(16, (short) length)
                .put(22, (byte) 64)
                .put(23, (byte) 17)
                .putInt(26, source)
                .putInt(30, 0xcb007101)
                .array();
    }

    private void datagrams(int port, int count) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            InetSocketAddress target =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            for (int i = 0; i < count; i++) {
                ByteBuffer datagram = ByteBuffer.allocate(2_000);
                int samples = 1 + random.nextInt(5);
                datagram.putInt(5).putInt(1).putInt(0xc000020a).putInt(0);
                datagram.putInt(i).putInt(1_000 + i).putInt(samples);
                for (int sample = 0; sample < samples; sample++) {
                    int wire = 60 + random.nextInt(1_400);
                    byte[] frame = frame(address("edge", RATE, (long) RATE * wire), wire - 14);
                    // A flow sample with one record: the packet's first bytes, padded to fours.
                    datagram.putInt(1).putInt(32 + 8 + 16 + 36).putInt(i).putInt(3).putInt(RATE);
                    datagram.putInt(RATE * i).putInt(0).putInt(3).putInt(7).putInt(1);
                    datagram.putInt(1).putInt(16 + 36).putInt(1).putInt(wire).putInt(4);
                    datagram.putInt(frame.length).put(frame).putShort((short) 0);
                }
                channel.send(datagram.flip(), target);
            }
        }
    }

    private static int freePort() throws IOException {
        try (DatagramChannel free = DatagramChannel.open()) {
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return ((InetSocketAddress) free.getLocalAddress()).getPort();
        }
    }

    /** Waits until the program has the port: then it cannot be had here. */
    private void awaitSocket(Running running, int port) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (true) {
            try (DatagramChannel ours = DatagramChannel.open(StandardProtocolFamily.INET)) {
                ours.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (BindException e) {
                return;
            }
            assertThat(running.process().isAlive() && System.nanoTime() < end)
                    .as(Files.readString(running.err()))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(250);
        }
    }

    private Map<String, String> results() throws IOException {
        Map<String, long[]> found = new TreeMap<>();
        for (Matcher row : FinishedRows.of(place.resolve("out"), ROW)) {
            long[] sum =
                    found.computeIfAbsent(row.group(1) + ' ' + row.group(2), key -> new long[3]);
            sum[0] += Long.parseLong(row.group(3));
            sum[1] += number(PACKETS, row.group(4));
            sum[2] += number(BYTES, row.group(4));
        }
        Map<String, String> texts = new TreeMap<>();
        found.forEach((key, sum) -> texts.put(key, sum[0] + " " + sum[1] + " " + sum[2]));
        return texts;
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
