package org.asntally.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.asntally.deploy.Program.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job file with a topic and a log, run by the packaged program against a real broker. */
class KafkaE2E {

    private static final Pattern ROW =
            Pattern.compile(
                    "\\{\"name\":\"([^\"]+)\",.*?\"(?:asn|exporter|interface|exporter_asn)\":\"?([^,\"]+)\"?,"
                            + ".*\"hits\":(\\d+)(?:,\"packets\":(\\d+))?(?:,\"bytes\":(\\d+))?.*}");

    @TempDir private Path place;

    @Test
    void aTopicAndALogAreCountedSideBySide() throws Exception {
        Map<String, String> expected = new TreeMap<>();
        try (FlowTopic topic = new FlowTopic()) {
            topic.create("flows", 3);
            fill(topic, expected);
            Files.writeString(place.resolve("password"), "nobody may see this");
            Path table =
                    Files.writeString(
                            place.resolve("t.dat"),
                            "198.51.100.0/24\t64496\n203.0.113.0/24\t64497\n");
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
        }
        assertThat(results()).isEqualTo(expected);
    }

    private static void fill(FlowTopic topic, Map<String, String> expected) throws Exception {
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
}
