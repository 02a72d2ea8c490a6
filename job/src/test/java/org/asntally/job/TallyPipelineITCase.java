package org.asntally.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.asntally.job.ScriptedSource.Await;
import org.asntally.job.ScriptedSource.Checkpoints;
import org.asntally.job.ScriptedSource.Emit;
import org.asntally.job.ScriptedSource.Fail;
import org.asntally.job.ScriptedSource.Gate;
import org.asntally.job.ScriptedSource.Open;
import org.asntally.job.ScriptedSource.Step;
import org.asntally.job.attribute.RibMessage;
import org.asntally.job.attribute.RibSource;
import org.asntally.job.attribute.RibTimeline;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.WindowTally;
import org.asntally.sources.FlowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole graph in a MiniCluster gives what {@link NaiveCount} gives. */
@Timeout(60)
class TallyPipelineITCase {

    private static final long T0 = 1_790_000_000_000L;
    private static final long MINUTE = 60_000;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(3)
                            .build());

    @TempDir Path checkpoints;

    private final List<TestTable> tables =
            List.of(
                    TestTable.withCountries(1, 80, T0 + MINUTE),
                    TestTable.withCountries(2, 80, T0 + 4 * MINUTE),
                    TestTable.withCountries(3, 80, T0 + 7 * MINUTE));

    private static CountSpec random(SplittableRandom random) {
        List<Side> sides =
                random.nextBoolean()
                        ? List.of(Side.SOURCE, Side.DESTINATION)
                        : List.of(Side.values()[random.nextInt(2)]);
        List<Measure> measures =
                switch (random.nextInt(3)) {
                    case 0 -> List.of(Measure.HITS);
                    case 1 -> List.of(Measure.WEIGHT, Measure.ROUNDED_WEIGHT);
                    default ->
                            List.of(Measure.HITS, Measure.BYTES, Measure.PACKETS, Measure.WEIGHT);
                };
        Set<KeyKind> kinds =
                random.nextInt(3) == 0
                        ? Set.of(KeyKind.values()[1 + random.nextInt(2)])
                        : Set.of(KeyKind.ASN, KeyKind.PREFIX);
        CountSpec spec =
                new CountSpec(
                        "traffic",
                        kinds,
                        sides,
                        measures,
                        List.of(
                                        Windows.ALL,
                                        Windows.tumbling(MINUTE),
                                        new Windows(3 * MINUTE, MINUTE, ZoneOffset.UTC))
                                .get(random.nextInt(3)),
                        false,
                        random.nextBoolean() ? 5 : 1000);
        return NaiveCount.more(spec, random);
    }

    private RibTimeline timeline() {
        RibTimeline timeline = new RibTimeline();
        tables.forEach(table -> timeline.add(RibMessage.version(table.share())));
        timeline.add(RibMessage.knownUntil(Long.MAX_VALUE));
        return timeline;
    }

    private StreamExecutionEnvironment environment(int parallelism, Configuration more) {
        Configuration configuration = new Configuration(more);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY,
                more.getOptional(RestartStrategyOptions.RESTART_STRATEGY).orElse("none"));
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        // In the memory of the job manager a state of 5 MB would be refused.
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        // One that begins just while a source ends may never be complete; it is asked for anew.
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(8));
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 100);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        return env;
    }

    private NamedSource source(String name, List<List<Step<FlowBatch>>> splits) {
        return NamedSource.bounded(
                name, new ScriptedSource<>(Boundedness.BOUNDED, splits), name, 0);
    }

    private static List<Step<FlowBatch>> emits(List<FlowBatch> batches) {
        List<Step<FlowBatch>> script = new ArrayList<>();
        batches.forEach(batch -> script.add(new Emit<>(batch)));
        return script;
    }

    @ParameterizedTest(name = "seed {0}, parallelism {1}")
    @CsvSource({"1,1", "2,2", "3,3", "4,1", "5,2", "6,3", "7,2", "8,3"})
    void countsAsTheNaiveCountDoes(long seed, int parallelism) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        CountSpec spec = random(random);
        List<String> names = List.of("web", "edge");
        NaiveCount naive = new NaiveCount(spec, names, tables);
        TestTraffic traffic = new TestTraffic(seed, tables, spec.columns(), naive);
        List<NamedSource> sources = new ArrayList<>();
        for (int s = 0; s < names.size(); s++) {
            List<List<Step<FlowBatch>>> splits = new ArrayList<>();
            for (int split = 0; split < 3; split++) {
                splits.add(emits(traffic.batches(s, 4 * s + split, 30, T0, T0 + 10 * MINUTE)));
            }
            sources.add(source(names.get(s), splits));
        }
        CollectingSink sink = new CollectingSink();
        StreamExecutionEnvironment env = environment(parallelism, new Configuration());
        RibTimeline bootstrap = random.nextBoolean() ? timeline() : new RibTimeline();
        TallyPipeline.build(
                env,
                sources,
                new RibSource(timeline()),
                bootstrap,
                CollectingSink.counts(spec, sink));
        env.execute();

        assertThat(corrections(sink.rows())).isZero();
        assertThat(new Sums(spec.measures().size()).add(sink.rows()).asText())
                .as("seed %d, %s", seed, spec)
                .isEqualTo(naive.sums().asText());
    }

    @ParameterizedTest(name = "parallelism {0}")
    @ValueSource(ints = {1, 2, 3})
    void countsEachFlowOnceWhenAReaderFailsBetweenCheckpoints(int parallelism) throws Exception {
        CountSpec spec =
                new CountSpec(
                        "traffic",
                        Set.of(KeyKind.ASN, KeyKind.PREFIX),
                        List.of(Side.SOURCE),
                        List.of(Measure.HITS, Measure.WEIGHT),
                        Windows.tumbling(MINUTE),
                        false,
                        50);
        NaiveCount naive = new NaiveCount(spec, List.of("web"), tables);
        TestTraffic traffic = new TestTraffic(parallelism, tables, spec.columns(), naive);
        AtomicBoolean failed = new AtomicBoolean();
        List<List<Step<FlowBatch>>> splits = new ArrayList<>();
        for (int split = 0; split < 3; split++) {
            List<FlowBatch> batches = traffic.batches(0, split, 30, T0, T0 + 9 * MINUTE);
            List<Step<FlowBatch>> script = new ArrayList<>(emits(batches.subList(0, 10)));
            script.add(new Checkpoints<>(2));
            script.addAll(emits(batches.subList(10, 20)));
            script.add(split == 1 ? new Fail<>(failed) : new Checkpoints<>(1));
            script.addAll(emits(batches.subList(20, 30)));
            splits.add(script);
        }
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY,
                java.time.Duration.ofMillis(1));
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL, java.time.Duration.ofMillis(20));
        CollectingSink sink = new CollectingSink();
        StreamExecutionEnvironment env = environment(parallelism, configuration);
        TallyPipeline.build(
                env,
                List.of(source("web", splits)),
                new RibSource(timeline()),
                timeline(),
                CollectingSink.counts(spec, sink));
        env.execute();

        assertThat(failed).isTrue();
        assertThat(new Sums(2).add(sink.rows()).asText()).isEqualTo(naive.sums().asText());
    }

    @ParameterizedTest(name = "parallelism {0}, then {1}")
    @CsvSource({"1,3", "3,2"})
    void goesOnFromASavepointAtOtherParallelism(
            int before, int after, @InjectMiniCluster MiniCluster cluster) throws Exception {
        CountSpec spec =
                new CountSpec(
                        "traffic",
                        Set.of(KeyKind.ASN, KeyKind.PREFIX),
                        List.of(Side.DESTINATION),
                        List.of(Measure.HITS, Measure.WEIGHT),
                        Windows.tumbling(MINUTE),
                        false,
                        100);
        NaiveCount naive = new NaiveCount(spec, List.of("web"), tables);
        TestTraffic traffic = new TestTraffic(before, tables, spec.columns(), naive);
        Gate rest = new Gate();
        List<Gate> reached = new ArrayList<>();
        List<List<Step<FlowBatch>>> splits = new ArrayList<>();
        for (int split = 0; split < 3; split++) {
            List<Step<FlowBatch>> script =
                    emits(traffic.batches(0, split, 40, T0, T0 + 9 * MINUTE));
            Gate here = new Gate();
            reached.add(here);
            script.add(15 + 5 * split, new Open<>(here));
            script.add(16 + 5 * split, new Await<>(rest));
            splits.add(script);
        }
        NamedSource source = source("web", splits);
        CollectingSink sink = new CollectingSink();
        StreamExecutionEnvironment first = environment(before, new Configuration());
        TallyPipeline.build(
                first,
                List.of(source),
                new RibSource(timeline()),
                timeline(),
                CollectingSink.counts(spec, sink));
        JobClient client = first.executeAsync();
        for (Gate gate : reached) {
            gate.future().get(30, TimeUnit.SECONDS);
        }
        checkpoint(cluster, client.getJobID());
        String savepoint =
                cluster.triggerSavepoint(
                                client.getJobID(),
                                checkpoints.toUri().toString(),
                                true,
                                SavepointFormatType.CANONICAL)
                        .get(30, TimeUnit.SECONDS);
        rest.open();
        // What the second run knows of tables is in the savepoint.
        Configuration restored = new Configuration();
        restored.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        StreamExecutionEnvironment second = environment(after, restored);
        TallyPipeline.build(
                second,
                List.of(source),
                new RibSource(new RibTimeline()),
                new RibTimeline(),
                CollectingSink.counts(spec, sink));
        second.execute();

        assertThat(corrections(sink.rows())).isZero();
        assertThat(new Sums(2).add(sink.rows()).asText()).isEqualTo(naive.sums().asText());
    }

    @ParameterizedTest(name = "parallelism {0}")
    @ValueSource(ints = {1, 3})
    void aCheckpointShowsOpenWindowsAsOfOneInputPosition(
            int parallelism, @InjectMiniCluster MiniCluster cluster) throws Exception {
        CountSpec spec =
                new CountSpec(
                        "traffic",
                        Set.of(KeyKind.ASN, KeyKind.PREFIX),
                        List.of(Side.SOURCE),
                        List.of(Measure.HITS),
                        Windows.ALL,
                        true,
                        1000);
        NaiveCount head = new NaiveCount(spec, List.of("web"), tables);
        NaiveCount all = new NaiveCount(spec, List.of("web"), tables);
        Gate rest = new Gate();
        List<Gate> reached = new ArrayList<>();
        List<List<Step<FlowBatch>>> splits = new ArrayList<>();
        for (int split = 0; split < 3; split++) {
            TestTraffic headTraffic = new TestTraffic(split, tables, spec.columns(), head);
            TestTraffic traffic = new TestTraffic(split, tables, spec.columns(), all);
            headTraffic.batches(0, split, 20, T0, T0 + 9 * MINUTE);
            List<FlowBatch> batches = traffic.batches(0, split, 40, T0, T0 + 9 * MINUTE);
            List<Step<FlowBatch>> script = new ArrayList<>(emits(batches.subList(0, 20)));
            Gate here = new Gate();
            reached.add(here);
            script.add(new Open<>(here));
            script.add(new Await<>(rest));
            script.addAll(emits(batches.subList(20, 40)));
            splits.add(script);
        }
        CollectingSink sink = new CollectingSink();
        StreamExecutionEnvironment env = environment(parallelism, new Configuration());
        TallyPipeline.build(
                env,
                List.of(source("web", splits)),
                new RibSource(timeline()),
                timeline(),
                CollectingSink.counts(spec, sink));
        JobClient client = env.executeAsync();
        for (Gate gate : reached) {
            gate.future().get(30, TimeUnit.SECONDS);
        }
        List<Long> looks =
                List.of(
                        checkpoint(cluster, client.getJobID()),
                        checkpoint(cluster, client.getJobID()));
        rest.open();
        client.getJobExecutionResult().get(30, TimeUnit.SECONDS);

        assertThat(looks).doesNotHaveDuplicates();
        for (long look : looks) {
            List<WindowTally> shown = look(sink, look);
            assertThat(corrections(shown)).isZero();
            assertThat(new Sums(1).add(shown).asText())
                    .as("look %d", look)
                    .isEqualTo(head.sums().asText());
        }
        assertThat(new Sums(1).add(sink.over()).asText()).isEqualTo(all.sums().asText());
    }

    @Test
    void countersOfASnapshotAreThoseOfItsCounts(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        CountSpec spec =
                new CountSpec(
                        "traffic",
                        Set.of(KeyKind.PREFIX),
                        List.of(Side.SOURCE),
                        List.of(Measure.HITS),
                        Windows.ALL,
                        true,
                        100);
        NaiveCount naive = new NaiveCount(spec, List.of("web"), tables);
        Gate end = new Gate();
        Gate begun = new Gate();
        List<List<Step<FlowBatch>>> splits = new ArrayList<>();
        for (int split = 0; split < 2; split++) {
            TestTraffic traffic = new TestTraffic(split, tables, spec.columns(), naive);
            List<Step<FlowBatch>> script =
                    new ArrayList<>(emits(traffic.batches(0, split, 3000, T0, T0 + MINUTE)));
            script.add(500, new Open<>(begun));
            script.add(new Await<>(end));
            splits.add(script);
        }
        CollectingSink sink = new CollectingSink();
        StreamExecutionEnvironment env = environment(2, new Configuration());
        TallyPipeline.build(
                env,
                List.of(source("web", splits)),
                new RibSource(timeline()),
                timeline(),
                CollectingSink.counts(spec, sink));
        JobClient client = env.executeAsync();
        begun.future().get(30, TimeUnit.SECONDS);
        List<Long> looks = new ArrayList<>();
        for (int look = 0; look < 5; look++) {
            looks.add(checkpoint(cluster, client.getJobID()));
        }
        end.open();
        client.getJobExecutionResult().get(30, TimeUnit.SECONDS);

        for (long look : looks) {
            Sums sums = new Sums(1).add(look(sink, look));
            long hits = sums.total("SOURCE ");
            assertThat(hits).as("look %d", look).isEqualTo(sums.total("counter flows"));
            assertThat(hits).isPositive();
            long skipped =
                    sums.total("counter ")
                            - 2 * hits
                            - sums.total("counter unrouted")
                            - sums.total("counter before-oldest-rib");
            assertThat(skipped).isEqualTo(2 * (sums.total("counter read") - hits));
        }
        assertThat(new Sums(1).add(sink.over()).asText()).isEqualTo(naive.sums().asText());
    }

    private static List<WindowTally> look(CollectingSink sink, long look) {
        return sink.rows().stream().filter(tally -> tally.snapshot() == look).toList();
    }

    /** Makes a checkpoint; one that is aborted, since a source ended meanwhile, is made anew. */
    private static long checkpoint(MiniCluster cluster, JobID job) throws Exception {
        while (true) {
            if (cluster.getJobStatus(job).get() == JobStatus.RUNNING) {
                try {
                    return cluster.triggerCheckpoint(job, CheckpointType.FULL)
                            .get(30, TimeUnit.SECONDS);
                } catch (ExecutionException aborted) {
                    assertThat(aborted).hasCauseInstanceOf(CheckpointException.class);
                }
            }
            Thread.sleep(5);
        }
    }

    private static long corrections(List<WindowTally> rows) {
        return rows.stream().filter(WindowTally::correction).count();
    }
}
