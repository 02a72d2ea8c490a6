package org.asntally.deploy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A log, a capture, sFlow datagrams and messages of flows, and what each is to count to. */
final class UnionInputs {

    /** Of the networks that the sources' addresses are of. */
    static final String TABLE = "192.0.2.0/24\t64496\n198.51.100.0/24\t64497\n";

    private static final DateTimeFormatter CLF =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final int RATE = 512;

    private final SplittableRandom random = new SplittableRandom(11);
    private final Map<String, long[]> sums = new TreeMap<>();

    /** Source, a blank, and the AS: hits, packets, bytes. */
    Map<String, String> expected() {
        return texts(sums);
    }

    /** Sums of three as text. */
    static Map<String, String> texts(Map<String, long[]> sums) {
        Map<String, String> texts = new TreeMap<>();
        sums.forEach((key, sum) -> texts.put(key, sum[0] + " " + sum[1] + " " + sum[2]));
        return texts;
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

    void log(Path file, int lines) throws IOException {
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

    void capture(Path file, int packets) throws IOException {
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

    void datagrams(int port, int count) throws IOException {
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

    void messages(FlowTopic topic, String name, int count) {
        long begun = Instant.now().toEpochMilli() - 250_000 - FlowTopic.MINUTE;
        try (KafkaProducer<byte[], byte[]> producer = topic.producer()) {
            for (int i = 0; i < count; i++) {
                int bytes = 60 + random.nextInt(1_400);
                int source = address("flows", RATE, (long) RATE * bytes);
                byte[] message =
                        FlowTopic.message(source, 0xcb007101, bytes, RATE, begun + 10L * i);
                var unused = producer.send(new ProducerRecord<>(name, i % 3, null, message));
            }
        }
    }
}
