package org.asntally.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.asntally.deploy.Program.Result;
import org.asntally.deploy.Program.Running;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Job files with a topic beside other sources, run by the packaged program; the broker is real. */
class KafkaE2E {

    private static final Pattern ROW =
            Pattern.compile(
                    "\\{\"name\":\"([^\"]+)\",.*?\"(?:asn|exporter|interface|exporter_asn)\":\"?([^,\"]+)\"?,"
                            + ".*\"hits\":(\\d+)(?:,\"packets\":(\\d+))?(?:,\"bytes\":(\\d+))?.*}");

    private static final Pattern UNION =
            Pattern.compile("\\{.*\"source\":\"(\\w+)\",.*\"asn\":(\\d+),.*\"hits\":(\\d+)(.*)}");
    private static final Pattern PACKETS = Pattern.compile("\"packets\":(\\d+)");
    private static final Pattern BYTES = Pattern.compile("\"bytes\":(\\d+)");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

    private static FlowTopic topic;

    @TempDir private Path place;

    @BeforeAll
    static void start() throws Exception {
        topic = new FlowTopic();
    }

    @AfterAll
    static void stop() {
        topic.close();
    }

    @Test
    void aTopicAndALogAreCountedSideBySide() throws Exception {
        Map<String, String> expected = new TreeMap<>();
        topic.create("flows", 3);
        fill(expected);
        Files.writeString(place.resolve("password"), "nobody may see this");
        Path table =
                Files.writeString(
                        place.resolve("t.dat"), "198.51.100.0/24\t64496\n203.0.113.0/24\t64497\n");
        Path log =
                Files.writeString(
                        place.resolve("access.log"),
                        ("203.0.113.9 - - [24/Nov/2025:16:00:07 +0000] \"GET / HTTP/1.1\" 200 50"
                                        + " \"-\" \"x\"\n")
                                .repeat(11));
        Path job =
                Files.writeString(
                        place.resolve("job.yaml"),
                        """
                        version: 1
                        parallelism: 2
                        sources:
                          flows:
                            type: kafka
                            brokers: "%s"
                            topic: flows
                            start: earliest
                            end: latest
                            properties:
                              ssl.truststore.password: "${file:%s}"
                          web: {type: log, path: "%s"}
                        rib: {path: "%s"}
                        counts:
                          flows-by-as: {sources: [flows], by: [asn], window: 1m}
                          exporters: {sources: [flows], by: [exporter], window: 1m}
                          web: {sources: [web], by: [asn], window: 1m}
                          both: {sources: [flows, web], by: [asn], window: 1m}
                          big: {sources: [flows], by: [asn], window: 1m, filter: "bytes > 1000 and in-if = 7"}
                        sinks:
                          out: {type: files, path: "%s/out"}
                        checkpoints: {interval: 1s}
                        """
                                .formatted(
                                        topic.brokers(),
                                        place.resolve("password"),
                                        log,
                                        table,
                                        place));
        Result run =
                Program.asntally(
                                place,
                                "run",
                                job.toString(),
                                "--data-dir",
                                place.resolve("data").toString())
                        .run();

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("flows: undecided-schema in the record at flows-", "AT-KAFKA-001")
                .doesNotContain("nobody may see this");
        run.saysNoStackTrace();
        assertThat(results()).isEqualTo(expected);
    }

    @Test
    void eachSideOfAUnionIsWhatItsInputSays() throws Exception {
        Path table = Files.writeString(place.resolve("t.dat"), UnionInputs.TABLE);
        int port = freePort();
        UnionInputs inputs = new UnionInputs();
        inputs.log(place.resolve("access.log"), 3_000);
        inputs.capture(place.resolve("packets.pcap"), 2_000);
        topic.create("union", 3);
        inputs.messages(topic, "union", 4_000);
        Path job =
                Files.writeString(
                        place.resolve("job.yaml"),
                        """
                        version: 1
                        sources:
                          web: {type: log, path: "%1$s/access.log"}
                          packets: {type: pcap, path: "%1$s/packets.pcap"}
                          edge: {type: sflow, listen: "127.0.0.1:%2$d", out-of-orderness: 0s}
                          flows: {type: kafka, brokers: "%4$s", topic: union, start: earliest, idleness: 1s}
                        rib: {path: "%3$s"}
                        counts:
                          all:
                            sources: [web, packets, edge, flows]
                            by: [source+asn]
                            window: 2s
                            lateness: 10m
                        sinks:
                          out: {type: files, path: "%1$s/out", format: json, roll-time: 1s}
                        checkpoints: {interval: 1s, path: "%1$s/checkpoints"}
                        """
                                .formatted(place, port, table, topic.brokers()));
        Running running =
                Program.asntally(place, "run", job.toString(), "--data-dir", place + "/data")
                        .start();
        awaitSocket(running, port);
        inputs.datagrams(port, 1_500);
        Map<String, String> expected = inputs.expected();
        assertThat(expected).hasSize(8);
        long end = System.nanoTime() + PATIENCE;
        while (!union().equals(expected)) {
            assertThat(running.process().isAlive() && System.nanoTime() < end)
                    .as("%s of %s; %s", union(), expected, Files.readString(running.err()))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        running.signal("TERM");
        Result result = running.end().saysNoStackTrace();
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(union()).isEqualTo(expected);
    }

    private static void fill(Map<String, String> expected) throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        long[][] sums = new long[4][3];
        try (KafkaProducer<byte[], byte[]> producer = topic.producer()) {
            for (int i = 0; i < 20_000; i++) {
                int which = random.nextInt(2);
                int source = (which == 0 ? 0xc6336400 : 0xcb007100) + random.nextInt(256);
                int bytes = random.nextInt(60, 2_000);
                var unused =
                        producer.send(
                                new ProducerRecord<>(
                                        "flows",
                                        i % 3,
                                        null,
                                        FlowTopic.message(
                                                source,
                                                0x08080808,
                                                bytes,
                                                100,
                                                random.nextInt(60_000))));
                add(sums[which], bytes);
                add(sums[2], bytes);
                if (bytes > 1000) {
                    add(sums[3], 0);
                    expected.merge("big " + (64_496 + which), "1", KafkaE2E::more);
                }
            }
            var unused = producer.send(new ProducerRecord<>("flows", new byte[] {8, 1}));
            var unusedToo =
                    producer.send(new ProducerRecord<>("flows", "{\"bytes\":".getBytes(UTF_8)));
        }
        for (int which = 0; which < 2; which++) {
            expected.put("flows-by-as " + (64_496 + which), text(sums[which]));
        }
        expected.put("exporters 192.0.2.254", text(sums[2]));
        expected.put("both 64496", text(sums[0]));
        long[] both = sums[1].clone();
        both[0] += 11;
        both[2] += 550;
        expected.put("both 64497", text(both));
        expected.put("web 64497", "11");
    }

    private static String more(String one, String other) {
        return String.valueOf(Long.parseLong(one) + Long.parseLong(other));
    }

    private static void add(long[] sums, int bytes) {
        sums[0]++;
        sums[1] += 100;
        sums[2] += 100L * bytes;
    }

    private static String text(long[] sums) {
        return sums[0] + " " + sums[1] + " " + sums[2];
    }

    private Map<String, String> results() throws IOException {
        Map<String, long[]> sums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(place.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readAllLines(file)) {
                    Matcher row = ROW.matcher(line);
                    assertThat(row.matches()).as(line).isTrue();
                    long[] sum =
                            sums.computeIfAbsent(
                                    row.group(1) + " " + row.group(2), key -> new long[3]);
                    for (int i = 0; i < 3; i++) {
                        String number = row.group(3 + i);
                        sum[i] += number == null ? 0 : Long.parseLong(number);
                    }
                }
            }
        }
        Map<String, String> results = new TreeMap<>();
        sums.forEach(
                (key, sum) -> {
                    boolean hitsOnly = key.startsWith("web ") || key.startsWith("big ");
                    results.put(key, hitsOnly ? String.valueOf(sum[0]) : text(sum));
                });
        return results;
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

    private Map<String, String> union() throws IOException {
        Map<String, long[]> found = new TreeMap<>();
        for (Matcher row : FinishedRows.of(place.resolve("out"), UNION)) {
            long[] sum =
                    found.computeIfAbsent(row.group(1) + ' ' + row.group(2), key -> new long[3]);
            sum[0] += Long.parseLong(row.group(3));
            sum[1] += number(PACKETS, row.group(4));
            sum[2] += number(BYTES, row.group(4));
        }
        return UnionInputs.texts(found);
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
