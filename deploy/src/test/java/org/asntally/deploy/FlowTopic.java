package org.asntally.deploy;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/** A broker of Kafka on loopback, and topics of flows in it. */
final class FlowTopic implements AutoCloseable {

    /** The minute of the flows, milliseconds since 1970. */
    static final long MINUTE = 1_764_000_000_000L;

    private final KafkaClusterTestKit cluster;

    FlowTopic() throws Exception {
        cluster =
                new KafkaClusterTestKit.Builder(
                                new TestKitNodes.Builder()
                                        .setCombined(true)
                                        .setNumBrokerNodes(1)
                                        .setNumControllerNodes(1)
                                        .build())
                        .setConfigProp("offsets.topic.replication.factor", "1")
                        .setConfigProp("offsets.topic.num.partitions", "1")
                        .setConfigProp("auto.create.topics.enable", "false")
                        .build();
        cluster.format();
        cluster.startup();
        cluster.waitForReadyBrokers();
    }

    String brokers() {
        return cluster.bootstrapServers();
    }

    void create(String topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
        }
    }

    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers(),
                        // A busy machine may be slow to give out the numbers that it needs.
                        "enable.idempotence",
                        "false",
                        "compression.type",
                        "lz4",
                        "batch.size",
                        "262144",
                        "linger.ms",
                        "20"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * A message of goflow2 as it writes it, its length first.
     *
     * @param source address of the flow
     * @param millis within the minute
     */
    static byte[] message(int source, int destination, long bytes, long rate, long millis) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(message);
            out.writeUInt32(1, 4);
            out.writeUInt64(3, rate);
            out.writeUInt32(4, destination & 0xffff);
            out.writeByteArray(6, address(source));
            out.writeByteArray(7, address(destination));
            out.writeUInt64(9, bytes);
            out.writeUInt64(10, 1);
            out.writeByteArray(11, new byte[] {(byte) 192, 0, 2, (byte) 254});
            out.writeUInt32(14, 64_496);
            out.writeUInt32(15, 64_498);
            out.writeUInt32(18, 7);
            out.writeUInt32(19, 8);
            out.writeUInt32(20, 6);
            out.writeUInt32(21, 443);
            out.writeUInt32(22, destination & 0xffff);
            out.writeUInt32(25, 60);
            out.writeUInt32(26, 24);
            out.writeUInt32(30, 0x800);
            out.writeUInt64(110, (MINUTE + millis) * 1_000_000);
            out.writeUInt64(111, (MINUTE + millis) * 1_000_000);
            out.flush();
            CodedOutputStream length = CodedOutputStream.newInstance(framed);
            length.writeUInt32NoTag(message.size());
            length.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        framed.writeBytes(message.toByteArray());
        return framed.toByteArray();
    }

    private static byte[] address(int address) {
        return new byte[] {
            (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
        };
    }

    @Override
    public void close() {
        try {
            cluster.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** For {@code deploy/bench/kafka}: fills a topic, tells where it is, and waits. */
    public static void main(String[] arguments) throws Exception {
        int flows = Integer.parseInt(arguments[0]);
        try (FlowTopic topic = new FlowTopic()) {
            topic.create("flows", 4);
            SplittableRandom random = new SplittableRandom(1);
            try (KafkaProducer<byte[], byte[]> producer = topic.producer()) {
                for (int i = 0; i < flows; i++) {
                    // As addresses of the day are: some of them often.
                    int source = (int) (Math.pow(random.nextDouble(), 4) * 0xdfff_ffffL);
                    byte[] message =
                            message(
                                    source,
                                    random.nextInt(),
                                    random.nextInt(64, 9000),
                                    1000,
                                    i * 600_000L / flows);
                    var unused = producer.send(new ProducerRecord<>("flows", i & 3, null, message));
                }
            }
            System.out.println("ready " + topic.brokers());
            while (System.in.read() >= 0) {
                // Until whoever started it has what it wants.
            }
        }
        System.exit(0);
    }
}
