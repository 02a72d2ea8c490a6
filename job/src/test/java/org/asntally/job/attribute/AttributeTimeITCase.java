package org.asntally.job.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.asntally.job.CollectingSink;
import org.asntally.job.CountSpec;
import org.asntally.job.NaiveCount;
import org.asntally.job.NamedSource;
import org.asntally.job.ScriptedSource;
import org.asntally.job.ScriptedSource.Await;
import org.asntally.job.ScriptedSource.Emit;
import org.asntally.job.ScriptedSource.Gate;
import org.asntally.job.ScriptedSource.Idle;
import org.asntally.job.ScriptedSource.Mark;
import org.asntally.job.ScriptedSource.Open;
import org.asntally.job.ScriptedSource.Step;
import org.asntally.job.Sums;
import org.asntally.job.TallyPipeline;
import org.asntally.job.TestTable;
import org.asntally.job.TestTraffic;
import org.asntally.job.Windows;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.WindowTally;
import org.asntally.sources.FlowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time in the whole graph: live sources, windows, tables that come in mid-run. */
@Timeout(60)
class AttributeTimeITCase {

    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final long WINDOW = 1000;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private final List<TestTable> tables =
            List.of(
                    TestTable.random(1, 40, 2000),
                    TestTable.random(2, 40, 5000),
                    TestTable.random(3, 40, 8000));
    private final CountSpec spec =
            new CountSpec(
                    "traffic",
                    Set.of(KeyKind.ASN, KeyKind.PREFIX),
                    List.of(Side.SOURCE),
                    List.of(Measure.HITS),
                    Windows.tumbling(WINDOW),
                    false,
                    1000);

    private List<WindowTally> run(
            int parallelism, List<List<List<Step<FlowBatch>>>> sources, List<Step<RibMessage>> rib)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        List<NamedSource> named = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            named.add(
                    new NamedSource(
                            NAMES.get(s),
                            new ScriptedSource<>(Boundedness.CONTINUOUS_UNBOUNDED, sources.get(s)),
                            "script",
                            WatermarkStrategy.noWatermarks(),
                            0));
        }
        CollectingSink sink = new CollectingSink();
        TallyPipeline.build(
                env,
                named,
                new ScriptedSource<>(Boundedness.CONTINUOUS_UNBOUNDED, List.of(rib)),
                new RibTimeline(),
                CollectingSink.counts(spec, sink));
        env.execute();
        return sink.rows();
    }

    private List<Step<RibMessage>> tellAll() {
        List<Step<RibMessage>> script = new ArrayList<>();
        tables.forEach(table -> script.add(new Emit<>(RibMessage.version(table.share()))));
        script.add(new Emit<>(RibMessage.knownUntil(Long.MAX_VALUE)));
        return script;
    }

    /**
     * Each source tells its time, and at some point falls silent and ends, with or without saying
     * that it is idle, in an order that gates force.
     */
    @ParameterizedTest(name = "seed {0}, parallelism {1}")
    @CsvSource({"1,1", "2,1", "3,1", "4,2", "5,2", "6,2"})
    void theLastWindowsComeInWhateverOrderSourcesEnd(long seed, int parallelism) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        NaiveCount naive = new NaiveCount(spec, NAMES, tables);
        TestTraffic traffic = new TestTraffic(seed, tables, spec.columns(), naive);
        List<Gate> gates = new ArrayList<>();
        List<List<List<Step<FlowBatch>>>> sources = new ArrayList<>();
        List<List<Step<FlowBatch>>> all = new ArrayList<>();
        for (int source = 0; source < NAMES.size(); source++) {
            List<List<Step<FlowBatch>>> splits = new ArrayList<>();
            for (int split = 0; split < 2; split++) {
                List<Step<FlowBatch>> script = new ArrayList<>();
                long time = random.nextInt(500);
                for (int i = 0; i < 12; i++) {
                    script.add(new Emit<>(traffic.batch(source, 1000L * i, time, time + 900)));
                    time += random.nextInt(800);
                    script.add(new Mark<>(time - 1));
                }
                if (random.nextBoolean()) {
                    script.add(new Idle<>());
                }
                splits.add(script);
                all.add(random.nextInt(2) * all.size() / 2, script);
            }
            sources.add(splits);
        }
        // They end one after the other.
        for (List<Step<FlowBatch>> script : all) {
            if (!gates.isEmpty()) {
                script.add(new Await<>(gates.get(gates.size() - 1)));
            }
            Gate next = new Gate();
            gates.add(next);
            script.add(new Open<>(next));
        }
        List<WindowTally> rows = run(parallelism, sources, tellAll());

        assertThat(corrections(rows)).as("seed %d", seed).isZero();
        assertThat(new Sums(1).add(rows).asText())
                .as("seed %d", seed)
                .isEqualTo(naive.sums().asText());
    }

    @ParameterizedTest(name = "parallelism {1}")
    @CsvSource({"1,1", "2,2"})
    void aTableThatComesInMidRunCountsTheFlowsOfItsTime(long seed, int parallelism)
            throws Exception {
        NaiveCount naive = new NaiveCount(spec, NAMES, tables);
        TestTraffic traffic = new TestTraffic(seed, tables, spec.columns(), naive);
        Gate first = new Gate();
        Gate second = new Gate();
        Gate third = new Gate();
        List<List<List<Step<FlowBatch>>>> sources = new ArrayList<>();
        for (int source = 0; source < 2; source++) {
            List<Step<FlowBatch>> script = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                // Flows run ahead of what is known of tables.
                script.add(new Emit<>(traffic.batch(source, 1000L * i, 500L * i, 500L * i + 900)));
                script.add(new Mark<>(500L * i - 1));
            }
            if (source == 0) {
                script.add(5, new Open<>(first));
                script.add(25, new Open<>(second));
                script.add(new Open<>(third));
            }
            sources.add(List.of(script));
        }
        List<Step<RibMessage>> rib =
                List.of(
                        new Await<>(first),
                        new Emit<>(RibMessage.version(tables.get(0).share())),
                        new Emit<>(RibMessage.knownUntil(4000)),
                        new Await<>(second),
                        new Emit<>(RibMessage.version(tables.get(2).share())),
                        new Emit<>(RibMessage.version(tables.get(1).share())),
                        new Emit<>(RibMessage.knownUntil(8001)),
                        new Await<>(third),
                        new Emit<>(RibMessage.knownUntil(Long.MAX_VALUE)));
        List<WindowTally> rows = run(parallelism, sources, rib);

        assertThat(corrections(rows)).isZero();
        assertThat(new Sums(1).add(rows).asText()).isEqualTo(naive.sums().asText());
    }

    @Test
    void aSourceThatEndsWhileIdleDeliversItsLastWindow() throws Exception {
        NaiveCount naive = new NaiveCount(spec, NAMES, tables);
        TestTraffic traffic = new TestTraffic(7, tables, spec.columns(), naive);
        List<Step<FlowBatch>> script =
                List.of(
                        new Emit<>(traffic.batch(0, 0, 3000, 3900)),
                        new Mark<>(3100),
                        new Emit<>(traffic.batch(0, 1000, 3200, 4900)),
                        new Idle<>());
        List<WindowTally> rows = run(1, List.of(List.of(script)), tellAll());
        assertThat(corrections(rows)).isZero();
        assertThat(new Sums(1).add(rows).asText()).isEqualTo(naive.sums().asText());
        assertThat(naive.sums().asText()).isNotEmpty();
    }

    private static long corrections(List<WindowTally> rows) {
        return rows.stream().filter(WindowTally::correction).count();
    }
}
