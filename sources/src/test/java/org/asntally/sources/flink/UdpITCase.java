package org.asntally.sources.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.sflow.Datagrams;
import org.asntally.sources.sflow.SflowOptions;
import org.asntally.sources.udp.UdpAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exporters send to a job on the loopback interface while it is stopped, killed, started at another
 * parallelism: what was sent is what is counted, dropped and lost.
 */
@Timeout(180)
class UdpITCase {

    private static final AtomicLong FLOWS = new AtomicLong();
    private static final Map<SkipReason, Long> SKIPS = new ConcurrentHashMap<>();
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    @RegisterExtension static final MiniClusterExtension CLUSTER = LocalJob.cluster();

    @TempDir private Path savepoints;

    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private final List<Exporter> exporters = new ArrayList<>();
    private int port;
    private long sent;

    /** One agent, with a socket of its own. */
    private static final class Exporter {
        final DatagramChannel channel;
        final int agent;
        int sequence;

        Exporter(int agent) throws IOException {
            this.channel = DatagramChannel.open();
            this.agent = agent;
        }

        void send(InetSocketAddress target) throws IOException {
            sequence++;
            byte[] sample = Datagrams.sample(sequence, 1, sequence, Datagrams.from(sequence, 100));
            byte[] datagram = Datagrams.datagram(agent, sequence, 1_000 + sequence, sample);
            channel.send(ByteBuffer.wrap(datagram), target);
        }
    }

    @BeforeEach
    void begin() throws IOException {
        FLOWS.set(0);
        SKIPS.clear();
        Notices.reset();
        Notices.install(notices::add);
        try (DatagramChannel free = DatagramChannel.open()) {
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            port = ((InetSocketAddress) free.getLocalAddress()).getPort();
        }
        for (int i = 0; i < 8; i++) {
            exporters.add(new Exporter(0xc0000200 + i));
        }
    }

    @AfterEach
    void end() throws IOException {
        EndOfInput.reset();
        Notices.reset();
        for (Exporter exporter : exporters) {
            exporter.channel.close();
        }
    }

    @Test
    void whatWasSentIsCountedAndWhatWasSentInBetweenIsLost() throws Exception {
        SplittableRandom random = new SplittableRandom(17);
        String savepoint = null;
        long missed = 0;
        for (int round = 0; round < 5; round++) {
            JobClient job = start(1 + round % 2, savepoint, listen(2, "127.0.0.1"));
            awaitSockets(2);
            long between = missed;
            send(random, 200 + random.nextInt(300));
            await(() -> FLOWS.get() == sent - between);
            // These wait in the ring when the barrier comes.
            send(random, random.nextInt(100));
            awaitTaken();
            savepoint = Savepoints.stop(job, savepoints);
            assertThat(FLOWS.get()).as("round %d", round).isEqualTo(sent - missed);
            int more = random.nextInt(50);
            send(random, more);
            missed += more;
        }
        JobClient last = start(1, savepoint, listen(1, "127.0.0.1"));
        awaitSockets(1);
        for (Exporter exporter : exporters) {
            send(exporter);
        }
        long between = missed;
        await(() -> FLOWS.get() == sent - between && lost() == between);
        EndOfInput.request();
        last.getJobExecutionResult().get();

        assertThat(FLOWS.get()).isEqualTo(sent - missed);
        assertThat(SKIPS)
                .containsEntry(SkipReason.LOST_DATAGRAMS, missed)
                .doesNotContainKeys(
                        SkipReason.KERNEL_BUFFER,
                        SkipReason.RING_BUFFER,
                        SkipReason.DUPLICATE,
                        SkipReason.REORDERED,
                        SkipReason.RESET);
        assertThat(notices).extracting(Notice::kind).contains(Notice.Kind.DATAGRAMS_LOST);
    }

    @Test
    void whatCameAfterTheLastCheckpointOfAKilledJobIsLost() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        JobClient job = start(1, null, listen(1, "127.0.0.1"));
        awaitSockets(1);
        send(random, 100);
        await(() -> FLOWS.get() == 100);
        String checkpoint =
                job.triggerSavepoint(savepoints.toString(), SavepointFormatType.CANONICAL).get();
        send(random, 50);
        await(() -> FLOWS.get() == 150);
        job.cancel().get();
        await(() -> job.getJobStatus().join() == JobStatus.CANCELED);
        assertThat(lost()).isZero();

        JobClient again = start(1, checkpoint, listen(1, "127.0.0.1"));
        awaitSockets(1);
        for (Exporter exporter : exporters) {
            send(exporter);
        }
        await(() -> lost() == 50);
        EndOfInput.request();
        again.getJobExecutionResult().get();

        assertThat(FLOWS.get()).isEqualTo(158);
        assertThat(lost()).isEqualTo(50);
    }

    @Test
    void anAddressThatIsTakenIsSaidAndTriedAgainWhileOthersGoOn() throws Exception {
        DatagramChannel other = DatagramChannel.open();
        try {
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int taken = ((InetSocketAddress) other.getLocalAddress()).getPort();
            JobClient job = start(2, null, listen(1, 1 << 18, 1 << 20, false, here(taken, port)));
            awaitSockets(1);
            Exporter exporter = exporters.get(0);
            for (int i = 0; i < 20; i++) {
                send(exporter);
            }
            await(() -> FLOWS.get() == 20);
            await(() -> !notices.isEmpty());
            assertThat(notices.get(0).kind()).isEqualTo(Notice.Kind.INPUT_TROUBLE);
            assertThat(notices.get(0).input()).isEqualTo("127.0.0.1:" + taken);
            assertThat(notices.get(0).text()).containsIgnoringCase("in use");
            other.close();
            long end = System.nanoTime() + PATIENCE;
            Exporter second = exporters.get(1);
            while (FLOWS.get() < 25 && System.nanoTime() < end) {
                second.send(new InetSocketAddress(InetAddress.getLoopbackAddress(), taken));
                Thread.sleep(50);
            }
            EndOfInput.request();
            job.getJobExecutionResult().get();
            assertThat(FLOWS.get()).isGreaterThanOrEqualTo(25);
            assertThat(lost()).isZero();
        } finally {
            other.close();
        }
    }

    /** After ten seconds. */
    @EnabledIfSystemProperty(named = "asntally.long", matches = "true")
    @Test
    void anAddressThatIsRequiredAndStaysTakenIsABrokenInput() throws Exception {
        try (DatagramChannel other = DatagramChannel.open()) {
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int taken = ((InetSocketAddress) other.getLocalAddress()).getPort();
            JobClient job = start(1, null, listen(1, 1 << 18, 1 << 20, true, here(taken, port)));
            awaitSockets(1);
            send(exporters.get(0));
            await(() -> SKIPS.containsKey(SkipReason.BROKEN_INPUT));
            EndOfInput.request();
            job.getJobExecutionResult().get();
            assertThat(SKIPS).containsEntry(SkipReason.BROKEN_INPUT, 1L);
            assertThat(FLOWS.get()).isEqualTo(1);
        }
    }

    @Test
    void aRingThatIsTooSmallDropsAndNothingCountsTwice() throws Exception {
        JobClient job = start(1, null, listen(1, 1 << 18, 1, false, here(port)));
        awaitSockets(1);
        SplittableRandom random = new SplittableRandom(4);
        long end = System.nanoTime() + PATIENCE;
        while (SKIPS.getOrDefault(SkipReason.RING_BUFFER, 0L)
                                + SKIPS.getOrDefault(SkipReason.KERNEL_BUFFER, 0L)
                        < 100
                && System.nanoTime() < end) {
            send(random, 20_000);
        }
        awaitTaken();
        Thread.sleep(200);
        // Each exporter shows what of its is missing.
        for (Exporter exporter : exporters) {
            send(exporter);
        }
        await(
                () ->
                        FLOWS.get()
                                        + lost()
                                        + SKIPS.getOrDefault(SkipReason.RING_BUFFER, 0L)
                                        + SKIPS.getOrDefault(SkipReason.KERNEL_BUFFER, 0L)
                                >= sent);
        EndOfInput.request();
        job.getJobExecutionResult().get();

        assertThat(lost()).isZero();
        assertThat(
                        FLOWS.get()
                                + SKIPS.getOrDefault(SkipReason.RING_BUFFER, 0L)
                                + SKIPS.getOrDefault(SkipReason.KERNEL_BUFFER, 0L))
                .isEqualTo(sent);
        assertThat(notices).extracting(Notice::kind).contains(Notice.Kind.DATAGRAMS_DROPPED);
    }

    private UdpListen listen(int sockets, String host) {
        return listen(sockets, 4 << 20, 16 << 20, false, List.of(new UdpAddress(host, port)));
    }

    private static UdpListen listen(
            int sockets, long buffer, long ring, boolean required, List<UdpAddress> at) {
        return new UdpListen(
                "edge", at, sockets, buffer, ring, Duration.ZERO, Duration.ofSeconds(1), required);
    }

    private static List<UdpAddress> here(int... ports) {
        return Arrays.stream(ports).mapToObj(port -> new UdpAddress("127.0.0.1", port)).toList();
    }

    private void send(SplittableRandom random, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            send(exporters.get(random.nextInt(exporters.size())));
        }
    }

    private void send(Exporter exporter) throws IOException {
        exporter.send(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        sent++;
    }

    private static long lost() {
        return SKIPS.getOrDefault(SkipReason.LOST_DATAGRAMS, 0L);
    }

    private JobClient start(int parallelism, @Nullable String savepoint, UdpListen listen)
            throws Exception {
        Configuration settings = new Configuration();
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        if (savepoint != null) {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(parallelism);
        env.setMaxParallelism(128);
        env.getConfig().enableObjectReuse();
        Set<FlowColumn> columns = EnumSet.of(FlowColumn.TIME, FlowColumn.SOURCE);
        env.fromSource(
                        listen.source(),
                        WatermarkStrategy.noWatermarks(),
                        "datagrams",
                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
                .uid("datagrams")
                .transform(
                        "decode",
                        FlowBatchTypeInfo.INSTANCE,
                        listen.sflow(SflowOptions.ALL, columns))
                .uid("decode")
                .map(UdpITCase::count)
                .returns(FlowBatchTypeInfo.INSTANCE)
                .uid("count")
                .sinkTo(new DiscardingSink<>())
                .uid("end");
        return env.executeAsync();
    }

    private static FlowBatch count(FlowBatch batch) {
        for (int entry = 0; entry < batch.skips(); entry++) {
            SKIPS.merge(batch.skipReason(entry), batch.skipCount(entry), Long::sum);
        }
        FLOWS.addAndGet(batch.rows());
        return batch;
    }

    private interface Condition {
        boolean holds();
    }

    private void await(Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.holds()) {
            assertThat(System.nanoTime())
                    .as("sent %d, counted %d, %s, %s", sent, FLOWS.get(), SKIPS, notices)
                    .isLessThan(end);
            Thread.sleep(10);
        }
    }

    /** Waits until so many sockets are bound to the port. */
    private void awaitSockets(int count) throws Exception {
        await(() -> queues().size() == count);
    }

    /** Waits until the kernel holds nothing. */
    private void awaitTaken() throws Exception {
        await(() -> queues().stream().allMatch(queue -> queue.endsWith(":00000000")));
    }

    /** The queues of all sockets that are bound to the port. */
    private List<String> queues() {
        Path table = Path.of("/proc/self/net/udp");
        assumeTrue(Files.exists(table), "the kernel tells nothing of its sockets here");
        List<String> queues = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(table)) {
                String[] cells = line.strip().split("\\s+", -1);
                if (cells[1].endsWith(String.format(Locale.ROOT, ":%04X", port))) {
                    queues.add(cells[4]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return queues;
    }
}
