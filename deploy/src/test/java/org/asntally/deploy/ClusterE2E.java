package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    private static final Pattern START_AND_TABLE =
            Pattern.compile(".*\"window_start\":\"([^\"]+)\".*\"rib\":\"([0-9a-f]{16})\".*");

    @TempDir private Path place;
    private final SplittableRandom random = new SplittableRandom(7);
    private ClusterJob edge;

    @BeforeEach
    void job() throws IOException {
        edge = new ClusterJob(place, random);
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
            edge.table(archive, 64496, Instant.parse("2026-01-01T00:00:00Z"));
            edge.table(archive, 64498, ClusterJob.NOON);
            Files.createSymbolicLink(cluster.folder("client").resolve("rib"), archive);
            edge.writeArchives();
            edge.write(edge.log(), 100, Instant.now(), 64498);
            cluster.await(2);

            String said =
                    cluster.flink(
                            "run",
                            "-d",
                            "-Dasntally.rib.distribute=broadcast",
                            "-Dasntally.parallelism=4",
                            JAR.toString(),
                            "--config",
                            edge.file("/proc/self/cwd/rib").toString());
            assertThat(said).contains("Job has been submitted with JobID");
            edge.follow(2000, 64498);

            // Second by second of the log: none of its lines is of the second in which it changes.
            Instant change = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 6);
            edge.table(archive, 64499, change);
            while (Instant.now().isBefore(change.minusMillis(1100))) {
                edge.write(edge.log(), 1 + random.nextInt(200), Instant.now(), 64498);
                TimeUnit.MILLISECONDS.sleep(100);
            }
            TimeUnit.MILLISECONDS.sleep(1200);
            edge.follow(1000, 64499);
            first.destroyForcibly().waitFor();
            cluster.startTaskManager("taskmanager-3");
            edge.follow(1000, 64499);
            edge.moveTimeOn();
            edge.awaitResults(cluster);
            assertThat(cluster.holds("taskmanager-2", tables(archive).get(0).file())).isTrue();
        }
    }

    private static List<RibArchive.Entry> tables(Path archive) throws IOException {
        return new RibArchive(archive).entries();
    }

    /**
     * As the job file has it, {@code rib.distribute: auto}: the archive is where checkpoints are,
     * so each task opens its files there, also when it was started anew. Whoever moves is told,
     * once, with the traffic of the window before.
     */
    @EnabledIfSystemProperty(named = "asntally.long", matches = "true")
    @Test
    void tablesOfASharedArchiveAreOpenedThereAndTellWhatMoves() throws Exception {
        try (FlinkCluster cluster = new FlinkCluster(place.resolve("cluster"))) {
            cluster.startJobManager();
            Process first = cluster.startTaskManager("taskmanager-1");
            cluster.startTaskManager("taskmanager-2");
            Path archive = edge.tablesAndLogs();
            Path job = edge.file(archive.toString());
            String text = Files.readString(job);
            String results = "path: " + place + "/results";
            assertThat(text).contains("distribute: auto}", "\nsinks:", results + "}");
            Files.writeString(
                    job,
                    text.replace("distribute: auto}", "distribute: auto, moves: nets}")
                            .replace(
                                    "\nsinks:",
                                    "\n  nets: {sources: [old, web], by: [prefix], window: 5s}"
                                            + "\nsinks:\n  moved: {type: files, counts: [nets],"
                                            + " path: "
                                            + place
                                            + "/moved}")
                            .replace(results + "}", results + ", counts: [by-as]}"));
            cluster.await(2);
            cluster.flink("run", "-d", JAR.toString(), "--config", job.toString());
            edge.awaitSome();

            long seconds = Instant.now().getEpochSecond() + 8;
            Instant change = Instant.ofEpochSecond(seconds + 4 - (seconds + 4) % 5);
            edge.table(archive, 64499, change);
            first.destroyForcibly().waitFor();
            cluster.startTaskManager("taskmanager-3");
            while (Instant.now().isBefore(change.minusMillis(1100))) {
                edge.write(edge.log(), 1 + random.nextInt(200), Instant.now(), 64498);
                TimeUnit.MILLISECONDS.sleep(100);
            }
            TimeUnit.MILLISECONDS.sleep(1200);
            edge.follow(1000, 64499);
            edge.moveTimeOn();
            edge.awaitResults(cluster);

            List<RibArchive.Entry> tables = tables(archive);
            Path moves = place.resolve("moved/nets-moves");
            for (int i = 0; i < 300 && FinishedRows.moves(moves).size() < 2; i++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertThat(FinishedRows.moves(moves))
                    .containsExactlyInAnyOrder(
                            move(ClusterJob.NOON, 64496, 64498, tables.get(0), tables.get(1)),
                            move(change, 64498, 64499, tables.get(1), tables.get(2)));
            for (RibArchive.Entry table : tables) {
                for (String name : List.of("taskmanager-2", "taskmanager-3")) {
                    assertThat(cluster.holds(name, table.file())).as(name).isFalse();
                }
            }
        }
    }

    /** The first network moves at a moment that is the end of a window of five seconds. */
    private String move(
            Instant moment, int from, int to, RibArchive.Entry before, RibArchive.Entry after) {
        Instant window = moment.minusSeconds(5);
        return "%s 192.0.2.0/24 %d %d %s %s %s %d"
                .formatted(
                        moment,
                        from,
                        to,
                        before.id().substring(0, 16),
                        after.id().substring(0, 16),
                        window,
                        edge.hitsOfFirst(window, moment));
    }

    /** All of it by {@code asntally run --target}, which outlives the JobManager, and itself. */
    @EnabledIfSystemProperty(named = "asntally.long", matches = "true")
    @Test
    void theJobOutlivesItsJobManagerTheProgramThatSubmittedItAndAStop() throws Exception {
        try (FlinkCluster cluster = new FlinkCluster(place.resolve("cluster"))) {
            Process leader = cluster.startJobManager();
            cluster.startTaskManager("taskmanager-1");
            cluster.startTaskManager("taskmanager-2");
            Path archive = edge.tablesAndLogs();
            cluster.await(2);
            Path job = edge.file(archive.toString());

            Running client = target(cluster, job).start();
            client.awaitText(client.err(), "edge begins on " + cluster.address());
            edge.awaitSome();
            edge.follow(1000, 64498);

            // The JobManager is lost, and with it all that it knew.
            leader.destroyForcibly().waitFor();
            edge.follow(1000, 64498);
            client.awaitText(client.err(), "AT-NET-011");
            cluster.startJobManager();
            client.awaitText(client.err(), "AT-JOB-009");
            client.awaitText(client.err(), "edge goes on from");
            edge.follow(1000, 64498);

            // So is the client; the job runs on, and is found again.
            client.process().destroyForcibly().waitFor();
            edge.follow(500, 64498);
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
            edge.follow(500, 64498);

            client = target(cluster, job).start();
            client.awaitText(client.err(), "/savepoints/edge/1/");
            edge.moveTimeOn();
            edge.awaitResults(cluster);
            client.signal("TERM");
            assertThat(client.end().saysNoStackTrace().status()).isZero();
            assertThat(edge.results()).isEqualTo(edge.written());
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
            Path job = edge.file(edge.tablesAndLogs().toString());
            cluster.startZooKeeper(port);
            Process leader = starter.start(cluster);
            cluster.startTaskManager("taskmanager-1");
            cluster.startTaskManager("taskmanager-2");
            cluster.await(2);
            submission.submit(cluster, job);
            edge.awaitSome();
            edge.follow(1000, 64498);
            leader.destroyForcibly().waitFor();
            edge.follow(1000, 64498);
            starter.start(cluster);
            edge.follow(1000, 64498);
            edge.moveTimeOn();
            edge.awaitResults(cluster);
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
            Path archive = edge.tablesAndLogs();
            Path job = edge.file(archive.toString());
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
                edge.follow(moments.nextInt(4000), 64498);
                send(flows, 1 + moments.nextInt(500));
                int victim = moments.nextInt(2);
                workers[victim].destroyForcibly().waitFor();
                workers[victim] = cluster.startTaskManager("taskmanager-" + (3 + round));
                send(flows, 1 + moments.nextInt(500));
                edge.follow(moments.nextInt(4000), 64498);
                cluster.await(2);
            }
            edge.moveTimeOn();
            edge.awaitResults(cluster);
            assertThat(edge.results()).as("seed %d", seed).isEqualTo(edge.written());
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
            edge.written().merge(isFirst ? 64498L : 64497L, 1L, Long::sum);
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
}
