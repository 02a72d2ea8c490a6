package org.asntally.sources.flink.kafka;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/** A broker on loopback, plain and by SASL over TLS, that can be stopped and started again. */
final class KafkaBroker implements AutoCloseable {

    static final String USER = "flows";
    static final String PASSWORD = "a word that nobody may see";
    static final String STORE_PASSWORD = "of-the-store";

    private final Path folder;
    private final int plainPort = freePort();
    private final int safePort = freePort();
    private final int controllerPort = freePort();
    private @Nullable KafkaRaftServer server;

    KafkaBroker(Path folder) throws Exception {
        this.folder = folder;
        makeStores();
        Path file = folder.resolve("server.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties().store(out, null);
        }
        PrintStream nowhere =
                new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        if (StorageTool.execute(format, nowhere) != 0) {
            throw new IllegalStateException("the broker's folder cannot be made");
        }
        start();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Properties properties() {
        Properties all = new Properties();
        all.setProperty("process.roles", "broker,controller");
        all.setProperty("node.id", "1");
        all.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        String outside = "PLAINTEXT://127.0.0.1:" + plainPort + ",SASL_SSL://127.0.0.1:" + safePort;
        all.setProperty("listeners", outside + ",CONTROLLER://127.0.0.1:" + controllerPort);
        all.setProperty("advertised.listeners", outside);
        all.setProperty("controller.listener.names", "CONTROLLER");
        all.setProperty(
                "listener.security.protocol.map",
                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL");
        all.setProperty("inter.broker.listener.name", "PLAINTEXT");
        all.setProperty("log.dirs", folder.resolve("logs").toString());
        all.setProperty("auto.create.topics.enable", "false");
        all.setProperty("offsets.topic.replication.factor", "1");
        all.setProperty("offsets.topic.num.partitions", "1");
        all.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
        all.setProperty("log.retention.check.interval.ms", "500");
        all.setProperty("log.segment.delete.delay.ms", "100");
        all.setProperty("sasl.enabled.mechanisms", "PLAIN");
        all.setProperty(
                "listener.name.sasl_ssl.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_"
                        + USER
                        + "=\""
                        + PASSWORD
                        + "\";");
        all.setProperty("ssl.keystore.location", folder.resolve("keys.p12").toString());
        all.setProperty("ssl.keystore.password", STORE_PASSWORD);
        all.setProperty("ssl.keystore.type", "PKCS12");
        return all;
    }

    private void makeStores() throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-keystore",
                "keys.p12",
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "broker",
                "-keystore",
                "keys.p12",
                "-storepass",
                STORE_PASSWORD,
                "-file",
                "broker.pem");
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
        }
    }

    void start() {
        KafkaRaftServer started =
                new KafkaRaftServer(KafkaConfig.fromProps(properties()), Time.SYSTEM);
        started.startup();
        server = started;
    }

    void stop() {
        KafkaRaftServer running = server;
        server = null;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
    }

    String plain() {
        return "127.0.0.1:" + plainPort;
    }

    String safe() {
        return "127.0.0.1:" + safePort;
    }

    /** What its clients trust. */
    Path certificate() {
        return folder.resolve("broker.pem");
    }

    void createTopic(String topic, int partitions, Map<String, String> settings) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(
                            List.of(new NewTopic(topic, partitions, (short) 1).configs(settings)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    void grow(String topic, int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", plain()));
    }

    KafkaProducer<byte[], byte[]> producer(String compression) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        plain(),
                        // A busy machine may be slow to give out the numbers that it needs.
                        "enable.idempotence",
                        "false",
                        "compression.type",
                        compression,
                        "linger.ms",
                        "5"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void close() {
        stop();
    }
}
