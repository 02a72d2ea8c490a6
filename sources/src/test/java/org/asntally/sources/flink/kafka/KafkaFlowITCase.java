package org.asntally.sources.flink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.asntally.sources.SkipReason;
import org.asntally.sources.flink.Notices;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Topics of a real broker. Each flow has a number, which is that of its packets. */
@Timeout(120)
class KafkaFlowITCase {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(3)
                            .build());

    @TempDir private static Path folder;
    @TempDir private Path savepoints;

    private static KafkaBroker broker;
    private final ConcurrentLinkedQueue<String> notices = new ConcurrentLinkedQueue<>();
    private long written;

    @BeforeAll
    static void start() throws Exception {
        broker = new KafkaBroker(folder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void listen() {
        Notices.install(
                notice -> notices.add(notice.kind() + " " + notice.input() + ": " + notice.text()));
    }

    @AfterEach
    void forget() {
        Notices.reset();
    }

    /** A message of goflow2, bare, as goflow2 would write it of a flow with that many packets. */
    static byte[] message(long number) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeUInt32(1, 1);
            out.writeUInt64(3, 1);
            out.writeBytes(6, ByteString.copyFrom(new byte[] {(byte) 192, 0, 2, 1}));
            out.writeBytes(7, ByteString.copyFrom(new byte[] {(byte) 198, 51, 100, 2}));
            out.writeUInt64(9, 100);
            out.writeUInt64(10, number);
            out.writeUInt64(110, 1_764_000_000_000_000_000L + number * 1_000_000);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private void write(String topic, int many) {
        write(topic, many, "none", null);
    }

    private void write(String topic, int many, String compression, @Nullable Integer partition) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            byte[] key = {(byte) written, (byte) (written >> 8)};
            records.add(new ProducerRecord<>(topic, partition, key, message(++written)));
        }
        send(compression, records);
    }

    private static void send(String compression, List<ProducerRecord<byte[], byte[]>> records) {
        try (KafkaProducer<byte[], byte[]> producer = broker.producer(compression)) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<RecordMetadata> one : sent) {
                one.get(30, TimeUnit.SECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void eachOnce(KafkaJob job, long many) {
        assertThat(job.flows())
                .isEqualTo(
                        LongStream.rangeClosed(1, many)
                                .boxed()
                                .collect(Collectors.toMap(number -> number, number -> 1)));
    }

    @Test
    void eachRecordCountsOnceHoweverItIsCompressed() throws Exception {
        broker.createTopic("codecs", 3, Map.of());
        for (String codec : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
            write("codecs", 2_000, codec, null);
        }
        KafkaJob job =
                new KafkaJob(broker.plain(), "codecs")
                        .to(KafkaPoint.of(KafkaPoint.At.LATEST))
                        .begin();
        job.awaitEnd();

        eachOnce(job, 10_000);
        assertThat(job.skips()).isEmpty();
        assertThat(notices).isEmpty();
    }

    /** Somebody may forbid chains; the reader's one message must not be seen twice then. */
    @Test
    void messagesMayTravelToo() throws Exception {
        broker.createTopic("unchained", 2, Map.of());
        write("unchained", 3_000);
        KafkaJob job =
                new KafkaJob(broker.plain(), "unchained")
                        .unchained()
                        .to(KafkaPoint.of(KafkaPoint.At.LATEST))
                        .begin();
        job.awaitEnd();

        eachOnce(job, 3_000);
    }

    @Test
    void whatGivesNoFlowIsCountedAndTheFirstAreTold() throws Exception {
        broker.createTopic("poison", 1, Map.of());
        byte[] cut = message(5);
        cut = java.util.Arrays.copyOf(cut, cut.length - 1);
        byte[] undecided = java.util.Arrays.copyOf(message(5), message(5).length - 11);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            records.add(new ProducerRecord<>("poison", cut));
            records.add(new ProducerRecord<>("poison", undecided));
            records.add(new ProducerRecord<>("poison", null, null));
            records.add(new ProducerRecord<>("poison", "{\"bytes\":1,".getBytes(UTF_8)));
            records.add(new ProducerRecord<>("poison", message(++written)));
        }
        send("none", records);
        KafkaJob job =
                new KafkaJob(broker.plain(), "poison")
                        .to(KafkaPoint.of(KafkaPoint.At.LATEST))
                        .begin();
        job.awaitEnd();

        eachOnce(job, 20);
        assertThat(job.skips())
                .isEqualTo(
                        Map.of(
                                SkipReason.BAD_SHAPE,
                                40L,
                                SkipReason.UNDECIDED,
                                20L,
                                SkipReason.BLANK,
                                20L));
        assertThat(notices)
                .first()
                .asString()
                .isEqualTo(
                        "BAD_RECORD flows: poison-0 offset 0, which is "
                                + java.util.HexFormat.of().formatHex(cut));
        assertThat(notices).hasSizeLessThan(12);
    }

    @Test
    void aTopicThatComesLaterIsWaitedFor() throws Exception {
        KafkaJob job =
                new KafkaJob(broker.plain(), "later")
                        .from(KafkaPoint.of(KafkaPoint.At.LATEST))
                        .begin();
        KafkaJob.awaitThat(() -> !notices.isEmpty(), () -> "no notice");
        assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(notices).first().asString().contains("there is no topic later");
        // All that is in it came later than the job.
        broker.createTopic("later", 2, Map.of());
        write("later", 1_000);
        job.awaitFlows(1_000);
        job.cancel();

        eachOnce(job, 1_000);
    }

    @Test
    void partitionsThatAreAddedAreReadFromTheirBeginning() throws Exception {
        broker.createTopic("growing", 1, Map.of());
        write("growing", 1_000);
        KafkaJob job = new KafkaJob(broker.plain(), "growing").begin();
        job.awaitFlows(1_000);
        broker.grow("growing", 4);
        for (int partition = 0; partition < 4; partition++) {
            write("growing", 500, "none", partition);
        }
        job.awaitFlows(3_000);
        job.cancel();

        eachOnce(job, 3_000);
    }

    @Test
    void stopsAndFailuresCountNothingTwice() throws Exception {
        broker.createTopic("stops", 3, Map.of());
        write("stops", 3_000);
        KafkaJob first = new KafkaJob(broker.plain(), "stops").failsAt(1_700).begin();
        first.awaitRestart();
        first.awaitFlows(3_000);
        String savepoint = first.stop(savepoints);
        eachOnce(first, 3_000);
        write("stops", 3_000);
        // Offsets that the group has committed have no say then.
        KafkaJob second =
                new KafkaJob(broker.plain(), "stops")
                        .savepoint(savepoint)
                        .parallelism(3)
                        .from(KafkaPoint.of(KafkaPoint.At.LATEST))
                        .begin();
        second.awaitFlows(6_000);
        second.cancel();

        eachOnce(second, 6_000);
    }

    @Test
    void aGroupGoesOnBehindWhatItHasCommitted() throws Exception {
        broker.createTopic("group", 2, Map.of());
        write("group", 500);
        KafkaJob first =
                new KafkaJob(broker.plain(), "group")
                        .from(KafkaPoint.of(KafkaPoint.At.COMMITTED))
                        .begin();
        first.awaitFlows(500);
        try (Admin admin = broker.admin()) {
            KafkaJob.awaitThat(
                    () -> committed(admin, "group") == 500,
                    () -> "committed " + committed(admin, "group"));
        }
        first.cancel();
        eachOnce(first, 500);
        write("group", 300);
        KafkaJob second =
                new KafkaJob(broker.plain(), "group")
                        .from(KafkaPoint.of(KafkaPoint.At.COMMITTED))
                        .to(KafkaPoint.of(KafkaPoint.At.LATEST))
                        .begin();
        second.awaitEnd();

        assertThat(second.flows().keySet())
                .containsExactlyElementsOf(LongStream.rangeClosed(501, 800).boxed().toList());
    }

    private static long committed(Admin admin, String topic) {
        try {
            return admin
                    .listConsumerGroupOffsets("test")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().topic().equals(topic))
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatWasDeletedBeforeItWasReadIsLostAndCounted() throws Exception {
        broker.createTopic("deleted", 1, Map.of());
        write("deleted", 100);
        KafkaJob first = new KafkaJob(broker.plain(), "deleted").begin();
        first.awaitFlows(100);
        String savepoint = first.stop(savepoints);
        write("deleted", 900);
        try (Admin admin = broker.admin()) {
            admin.deleteRecords(
                            Map.of(
                                    new TopicPartition("deleted", 0),
                                    RecordsToDelete.beforeOffset(400)))
                    .all()
                    .get();
        }
        KafkaJob second =
                new KafkaJob(broker.plain(), "deleted")
                        .savepoint(savepoint)
                        .to(KafkaPoint.of(KafkaPoint.At.LATEST))
                        .begin();
        // It had no end before, and a partition keeps what it was given.
        second.awaitFlows(700);
        second.cancel();

        Map<Long, Integer> expected = new HashMap<>();
        LongStream.rangeClosed(1, 1_000)
                .filter(n -> n <= 100 || n > 400)
                .forEach(n -> expected.put(n, 1));
        assertThat(second.flows()).isEqualTo(expected);
        assertThat(second.skips()).isEqualTo(Map.of(SkipReason.LOST_RECORDS, 300L));
        assertThat(notices)
                .containsExactly("RECORDS_LOST flows: deleted in deleted-0 before they were read");
    }

    /** And the latest is that of the moment when the cluster answers at last. */
    @Test
    void saslOverTlsWithThePasswordInAFile() throws Exception {
        broker.createTopic("safe", 2, Map.of());
        write("safe", 1_000);
        Path password = savepoints.resolve("password");
        Files.writeString(password, "another word");
        String file = password.toString();
        KafkaJob job =
                new KafkaJob(broker.safe(), "safe")
                        .from(KafkaPoint.of(KafkaPoint.At.LATEST))
                        .set("security.protocol", "SASL_SSL")
                        .set("sasl.mechanism", "PLAIN")
                        .set("ssl.truststore.type", "PEM")
                        .set("ssl.truststore.location", broker.certificate().toString())
                        .set(
                                "sasl.jaas.config",
                                secrets -> login(Files.readString(Path.of(file))).reveal(secrets))
                        .begin();
        KafkaJob.awaitThat(() -> !notices.isEmpty(), () -> "no notice");
        assertThat(notices).first().asString().contains("Authentication failed");
        // A secret is read when it is used, so it may change.
        Files.writeString(password, KafkaBroker.PASSWORD);
        KafkaJob.awaitThat(
                () -> {
                    write("safe", 10);
                    return !job.flows().isEmpty();
                },
                () -> "no flow");
        job.cancel();

        assertThat(job.flows().keySet()).allMatch(flow -> flow > 1_000);
        assertThat(notices).noneMatch(text -> text.contains("another word"));
    }

    /** A batch tells it, by which a job of ours ends; each reader does. */
    @Test
    void whatIsRequiredFailsForGoodWhenTheClientGivesUp() throws Exception {
        KafkaJob absent = new KafkaJob(broker.plain(), "absent").required().begin();
        fails(absent, "there is no topic absent");

        KafkaJob away =
                new KafkaJob("127.0.0.1:1", "nowhere")
                        .required()
                        .set("default.api.timeout.ms", "1000")
                        .set("request.timeout.ms", "500")
                        .begin();
        fails(away, "Timed out waiting for a node assignment");

        KafkaJob refused =
                new KafkaJob(broker.safe(), "absent-too")
                        .required()
                        .set("security.protocol", "SASL_SSL")
                        .set("sasl.mechanism", "PLAIN")
                        .set("ssl.truststore.type", "PEM")
                        .set("ssl.truststore.location", broker.certificate().toString())
                        .set("sasl.jaas.config", login("a wrong word"))
                        .begin();
        fails(refused, "Authentication failed");
    }

    private void fails(KafkaJob job, String why) throws Exception {
        KafkaJob.awaitThat(
                () -> job.skips().getOrDefault(SkipReason.BROKEN_INPUT, 0L) == 2,
                () -> job.skips() + " of " + notices);
        assertThat(notices).singleElement().asString().startsWith("INPUT_FAILED flows: " + why);
        assertThat(notices).noneMatch(text -> text.contains("a wrong word"));
        job.cancel();
        // Each input is told once.
        Notices.reset();
        notices.clear();
        listen();
    }

    private static ClientSetting login(String password) {
        return secrets -> {
            secrets.accept(password);
            return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
                    + KafkaBroker.USER
                    + "\" password=\""
                    + password
                    + "\";";
        };
    }

    @Test
    void aBrokerThatIsStartedAgainIsReadOn() throws Exception {
        assumeTrue(Boolean.getBoolean("asntally.long"), "-Dasntally.long=true runs this");
        broker.createTopic("restart", 3, Map.of());
        write("restart", 2_000);
        KafkaJob job = new KafkaJob(broker.plain(), "restart").begin();
        job.awaitFlows(2_000);
        for (int restart = 0; restart < 3; restart++) {
            broker.stop();
            Thread.sleep(2_000);
            broker.start();
            write("restart", 2_000);
            job.awaitFlows((int) written);
        }
        assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        job.cancel();

        eachOnce(job, 8_000);
    }
}
