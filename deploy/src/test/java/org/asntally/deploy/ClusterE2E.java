package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.asntally.deploy.Program.Result;
import org.asntally.deploy.Program.Running;
import org.asntally.lookup.rib.RibArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job on a cluster of one JobManager and two TaskManagers, each a process of its own. Totals
 * are those of the lines that were written, counted here.
 */
@EnabledOnOs(OS.LINUX) // a folder that only some processes see is one below /proc/self/cwd
class ClusterE2E {

    private static final Path JAR = Program.DISTRIBUTION.resolve("asntally-job.jar");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(180);

    /** From this moment on 192.0.2.0/24 is of another AS, in the tables of the beginning. */
    private static final Instant NOON = Instant.parse("2026-10-20T12:00:00Z");

    private static final Pattern START_AND_TABLE =
            Pattern.compile(".*\"window_start\":\"([^\"]+)\".*\"rib\":\"([0-9a-f]{16})\".*");

    @TempDir private Path place;
    private final TwoNetworksLog logs = new TwoNetworksLog();
    private final Map<Long, Long> written = logs.written;
    private final SplittableRandom random = new SplittableRandom(7);
    private Path log;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(place.resolve("old"));
        Files.createDirectories(place.resolve("log"));
        log = place.resolve("log/access.log");
    }

    /** Adds a table; 198.51.100.0/24 is always of AS 64497. */
    private void table(Path archive, int asn, Instant validFrom) throws Exception {
        Path table =
                Files.writeString(
                        place.resolve("t.dat"),
                        "192.0.2.0/24\t" + asn + "\n198.51.100.0/24\t64497\n");
        Result built =
                Program.asntally(
                                place,
                                "rib",
                                "build",
                                "--lead",
                                "4s",
                                "--valid-from",
                                validFrom.toString(),
                                "-o",
                                archive + "/",
                                table.toString())
                        .run();
        assertThat(built.status()).as(built.err()).isZero();
    }

    /** The job of {@code deploy/cluster/job.yaml}, in the folders of this test. */
    private Path job(String rib) throws IOException {
        String text =
                Files.readString(Program.ROOT.resolve("deploy/cluster/job.yaml"))
                        .replace("/srv/asntally/rib", rib)
                        .replace("/srv/asntally", place.toString());
        return Files.writeString(place.resolve("job.yaml"), text);
    }

    private void write(Path file, int lines, Instant time, long first) throws IOException {
        logs.write(file, lines, random, time, first);
    }

    /** Archived lines, before and after the prefix has moved at noon. */
    private void writeArchives() throws IOException {
        for (int file = 0; file < 4; file++) {
            Path old = place.resolve("old/" + file + ".log");
            for (int second = 0; second < 300; second++) {
                Instant time = NOON.plusSeconds((file - 2) * 300L + second);
                write(old, 20, time, time.isBefore(NOON) ? 64496 : 64498);
            }
        }
    }

    private Map<Long, Long> results() throws IOException {
        return FinishedRows.hits(place.resolve("results"));
    }

    private void awaitResults(FlinkCluster cluster) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (!results().equals(written)) {
            assertThat(System.nanoTime() < end)
                    .as("%s of %s; %s", results(), written, cluster.get("/jobs/overview"))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Lines of now for some time, and one that moves time on beyond them. */
    private void follow(long millis, long first) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            write(log, 1 + random.nextInt(200), Instant.now(), first);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void moveTimeOn() throws IOException {
        Files.writeString(
                log,
                "192.0.2.1 - - [%s] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n"
                        .formatted(TwoNetworksLog.CLF.format(Instant.now().plusSeconds(120))),
                StandardOpenOption.APPEND);
    }

    /**
     * The archive of tables is where the job is led and nowhere else; a table comes while the job
     * runs; a TaskManager is killed.
     */
    @Test
    void archivedAndFollowedLogsCountOnceWithoutASharedArchiveWhileATaskManagerIsKilled()
            throws Exception {
        try (FlinkCluster cluster = new FlinkCluster(place.resolve("cluster"))) {
            cluster.startJobManager();
            Process first = cluster.startTaskManager("taskmanager-1");
            cluster.startTaskManager("taskmanager-2");
            Path archive = cluster.folder("jobmanager").resolve("rib");
            table(archive, 64496, Instant.parse("2026-01-01T00:00:00Z"));
            table(archive, 64498, NOON);
            Files.createSymbolicLink(cluster.folder("client").resolve("rib"), archive);
            writeArchives();
            write(log, 100, Instant.now(), 64498);
            cluster.await(2);

            String said =
                    cluster.flink(
                            "run",
                            "-d",
                            "-Dasntally.rib.distribute=broadcast",
                            "-Dasntally.parallelism=4",
                            JAR.toString(),
                            "--config",
                            job("/proc/self/cwd/rib").toString());
            assertThat(said).contains("Job has been submitted with JobID");
            follow(2000, 64498);

            // Second by second of the log: none of its lines is of the second in which it changes.
            Instant change = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 6);
            table(archive, 64499, change);
            while (Instant.now().isBefore(change.minusMillis(1100))) {
                write(log, 1 + random.nextInt(200), Instant.now(), 64498);
                TimeUnit.MILLISECONDS.sleep(100);
            }
            TimeUnit.MILLISECONDS.sleep(1200);
            follow(1000, 64499);
            first.destroyForcibly().waitFor();
            cluster.startTaskManager("taskmanager-3");
            follow(1000, 64499);
            moveTimeOn();
            awaitResults(cluster);
        }
    }

    /** All of it by {@code asntally run --target}, which outlives the JobManager, and itself. */
    @EnabledIfSystemProperty(named = "asntally.long", matches = "true")
    @Test
    void theJobOutlivesItsJobManagerTheProgramThatSubmittedItAndAStop() throws Exception {
        try (FlinkCluster cluster = new FlinkCluster(place.resolve("cluster"))) {
            Process leader = cluster.startJobManager();
            cluster.startTaskManager("taskmanager-1");
            cluster.startTaskManager("taskmanager-2");
            Path archive = tablesAndLogs();
            cluster.await(2);
            Path job = job(archive.toString());

            Running client = target(cluster, job).start();
            client.awaitText(client.err(), "edge begins on " + cluster.address());
            awaitSome();
            follow(1000, 64498);

            // The JobManager is lost, and with it all that it knew.
            leader.destroyForcibly().waitFor();
            follow(1000, 64498);
            client.awaitText(client.err(), "AT-NET-011");
            cluster.startJobManager();
            client.awaitText(client.err(), "AT-JOB-009");
            client.awaitText(client.err(), "edge goes on from");
            follow(1000, 64498);

            // So is the client; the job runs on, and is found again.
            client.process().destroyForcibly().waitFor();
            follow(500, 64498);
            client = target(cluster, job).start();
            client.awaitText(client.err(), "edge runs on " + cluster.address() + " already, as ");
            client.signal("TERM");
            Result stopped = client.end().saysNoStackTrace();
            assertThat(stopped.status()).as(stopped.err()).isZero();
            assertThat(stopped.err())
                    .contains(
                            "windows are closed up to",
                            "stopped; it goes on from",
                            "/savepoints/edge/1/");
            follow(500, 64498);

            client = target(cluster, job).start();
            client.awaitText(client.err(), "/savepoints/edge/1/");
            moveTimeOn();
            awaitResults(cluster);
            client.signal("TERM");
            assertThat(client.end().saysNoStackTrace().status()).isZero();
            assertThat(results()).isEqualTo(written);
        }
    }

    @EnabledIfSystemProperty(named = "asntally.long", matches = "true")
    @Test
    void withHighAvailabilityTheNextJobManagerGoesOn() throws Exception {
        lostAndNext(
                FlinkCluster::startJobManager,
                (cluster, job) ->
                        cluster.flink("run", "-d", JAR.toString(), "--config", job.toString()));
    }

    /** A cluster for this job alone: application mode. */
    @EnabledIfSystemProperty(named = "asntally.long", matches = "true")
    @Test
    void theJobManagerOfOneJobReadsTheJobFileItselfAndTheNextGoesOn() throws Exception {
        Path file = place.resolve("job.yaml");
        lostAndNext(
                cluster ->
                        cluster.startJobManagerOf(
                                JAR, "org.asntally.job.TallyJob", "--config", file.toString()),
                (cluster, job) -> assertThat(job).isEqualTo(file));
    }

    private interface Starter {
        Process start(FlinkCluster cluster) throws IOException;
    }

    private interface Submission {
        void submit(FlinkCluster cluster, Path job) throws Exception;
    }

    /** A JobManager is killed, and started again, with high-availability.yaml. */
    private void lostAndNext(Starter starter, Submission submission) throws Exception {
        int port = FlinkCluster.freePort();
        String[] available =
                FlinkCluster.settings("high-availability.yaml").stream()
                        .map(setting -> setting.replace(":2181", ":" + port))
                        .map(setting -> setting.replace("/srv/asntally", place.toString()))
                        .toArray(String[]::new);
        try (FlinkCluster cluster = new FlinkCluster(place.resolve("cluster"), available)) {
            Path job = job(tablesAndLogs().toString());
            cluster.startZooKeeper(port);
            Process leader = starter.start(cluster);
            cluster.startTaskManager("taskmanager-1");
            cluster.startTaskManager("taskmanager-2");
            cluster.await(2);
            submission.submit(cluster, job);
            awaitSome();
            follow(1000, 64498);
            leader.destroyForcibly().waitFor();
            follow(1000, 64498);
            starter.start(cluster);
            follow(1000, 64498);
            moveTimeOn();
            awaitResults(cluster);
        }
    }

    /**
     * Whatever is killed, and by reference: ten times at moments that the seed says, while lines
     * and flows of Kafka come. Each row is of the table that was in force in its window.
     */
    @EnabledIfSystemProperty(named = "asntally.long", matches = "true")
    @Test
    void taskManagersAreKilledTenTimes() throws Exception {
        long seed = Long.getLong("asntally.seed", 11);
        SplittableRandom moments = new SplittableRandom(seed);
        try (FlowTopic topic = new FlowTopic();
                KafkaProducer<byte[], byte[]> flows = topic.producer();
                FlinkCluster cluster = new FlinkCluster(place.resolve("cluster"))) {
            topic.create("flows", 2);
            cluster.startJobManager();
            Process[] workers = {
                cluster.startTaskManager("taskmanager-1"), cluster.startTaskManager("taskmanager-2")
            };
            Path archive = tablesAndLogs();
            Path job = job(archive.toString());
            Files.writeString(
                    job,
                    Files.readString(job)
                            .replace("[old, web]", "[old, web, flows]")
                            .replace(
                                    "\nrib:",
                                    """

                                      flows: {type: kafka, brokers: "%s", topic: flows, start: earliest, idleness: 2s}
                                    rib:"""
                                            .formatted(topic.brokers())));
            cluster.await(2);
            cluster.flink(
                    "run",
                    "-d",
                    "-Dasntally.rib.distribute=reference",
                    "-Drestart-strategy.type=fixed-delay",
                    "-Drestart-strategy.fixed-delay.attempts=1000",
                    "-Drestart-strategy.fixed-delay.delay=500ms",
                    JAR.toString(),
                    "--config",
                    job.toString());
            for (int round = 0; round < 10; round++) {
                follow(moments.nextInt(4000), 64498);
                send(flows, 1 + moments.nextInt(500));
                int victim = moments.nextInt(2);
                workers[victim].destroyForcibly().waitFor();
                workers[victim] = cluster.startTaskManager("taskmanager-" + (3 + round));
                send(flows, 1 + moments.nextInt(500));
                follow(moments.nextInt(4000), 64498);
                cluster.await(2);
            }
            moveTimeOn();
            awaitResults(cluster);
            assertThat(results()).as("seed %d", seed).isEqualTo(written);
            eachRowIsOfTheTableOfItsWindow(archive);
        }
    }

    /** Flows of now, as goflow2 writes them. */
    private void send(KafkaProducer<byte[], byte[]> flows, int count) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean isFirst = random.nextBoolean();
            int source = (isFirst ? 0xc0000200 : 0xc6336400) + random.nextInt(256);
            byte[] message =
                    FlowTopic.message(
                            source,
                            random.nextInt(),
                            100,
                            1,
                            System.currentTimeMillis() - FlowTopic.MINUTE);
            sent.add(flows.send(new ProducerRecord<>("flows", i & 1, null, message)));
            written.merge(isFirst ? 64498L : 64497L, 1L, Long::sum);
        }
        for (Future<RecordMetadata> each : sent) {
            each.get(60, TimeUnit.SECONDS);
        }
    }

    private void eachRowIsOfTheTableOfItsWindow(Path archive) throws IOException {
        RibArchive tables = new RibArchive(archive);
        for (Matcher row : FinishedRows.of(place.resolve("results"), START_AND_TABLE)) {
            RibArchive.Entry table =
                    Objects.requireNonNull(tables.inForce(Instant.parse(row.group(1))));
            assertThat(table.id()).as(row.group()).startsWith(row.group(2));
        }
    }

    /** Tables in an archive, archived logs and one that is written to; gives the archive. */
    private Path tablesAndLogs() throws Exception {
        Path archive = place.resolve("rib");
        table(archive, 64496, Instant.parse("2026-01-01T00:00:00Z"));
        table(archive, 64498, NOON);
        writeArchives();
        write(log, 100, Instant.now(), 64498);
        return archive;
    }

    private Program target(FlinkCluster cluster, Path job) throws IOException {
        return Program.asntally(
                place,
                "run",
                job.toString(),
                "--data-dir",
                place + "/data",
                "--target",
                cluster.address());
    }

    /** Waits for the first rows: a checkpoint is complete then. */
    private void awaitSome() throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (results().isEmpty()) {
            assertThat(System.nanoTime() < end).isTrue();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
