package org.asntally.sources.flink.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.flink.FlowBatchTypeInfo;
import org.asntally.sources.flink.FlowTimes;
import org.asntally.sources.flink.Savepoints;
import org.asntally.sources.flowrecord.FlowFraming;
import org.asntally.sources.flowrecord.FlowRecordFormat;
import org.asntally.sources.flowrecord.FlowSampling;
import org.asntally.sources.flowrecord.FlowSchema;
import org.jspecify.annotations.Nullable;

/** Jobs of a Kafka source and an operator whose state is what came: as often as it counts. */
final class KafkaJob {

    private static final Map<String, Seen> SEEN = new ConcurrentHashMap<>();

    final String topic;
    private final String brokers;
    private final Map<String, ClientSetting> settings = new HashMap<>();
    private int parallelism = 2;
    private KafkaPoint start = KafkaPoint.of(KafkaPoint.At.EARLIEST);
    private @Nullable KafkaPoint end;
    private boolean required;
    private boolean chained = true;
    private @Nullable String savepoint;
    private long failAt = Long.MAX_VALUE;
    private @Nullable JobClient client;

    /** What the operators of all subtasks and runs have seen, by subtask, as their state has it. */
    static final class Seen {
        final Map<Integer, Map<Long, Integer>> flows = new ConcurrentHashMap<>();
        final Map<SkipReason, Long> skips = new EnumMap<>(SkipReason.class);
        final AtomicInteger starts = new AtomicInteger();
        volatile long failAt = Long.MAX_VALUE;
    }

    KafkaJob(String brokers, String topic) {
        this.brokers = brokers;
        this.topic = topic;
        set("partition.discovery.interval.ms", "200");
        SEEN.putIfAbsent(topic, new Seen());
    }

    KafkaJob set(String name, String value) {
        return set(name, secrets -> value);
    }

    KafkaJob set(String name, ClientSetting value) {
        settings.put(name, value);
        return this;
    }

    KafkaJob parallelism(int subtasks) {
        parallelism = subtasks;
        return this;
    }

    KafkaJob from(KafkaPoint point) {
        start = point;
        return this;
    }

    KafkaJob to(KafkaPoint point) {
        end = point;
        return this;
    }

    KafkaJob required() {
        required = true;
        return this;
    }

    KafkaJob unchained() {
        chained = false;
        return this;
    }

    KafkaJob savepoint(String path) {
        savepoint = path;
        return this;
    }

    /** Fails once, when so many flows have come. */
    KafkaJob failsAt(long flows) {
        failAt = flows;
        return this;
    }

    KafkaJob begin() throws Exception {
        Configuration flink = new Configuration();
        flink.set(
                RestartStrategyOptions.RESTART_STRATEGY,
                failAt == Long.MAX_VALUE ? "none" : "fixed-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(PipelineOptions.OPERATOR_CHAINING, chained);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        if (savepoint != null) {
            flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        seen().flows.clear();
        seen().starts.set(0);
        seen().failAt = failAt;
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(parallelism);
        env.setMaxParallelism(128);
        KafkaFlowSource source =
                new KafkaFlowSource(
                        new KafkaTopics(
                                "flows",
                                List.of(brokers),
                                List.of(topic),
                                "test",
                                start,
                                end,
                                settings,
                                required));
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "kafka")
                .uid("kafka")
                .transform(
                        "gather",
                        FlowBatchTypeInfo.INSTANCE,
                        gather(
                                new FlowTimes(
                                        Duration.ZERO,
                                        Duration.ofMinutes(5),
                                        Duration.ofSeconds(end == null ? 30 : 0))))
                .uid("gather")
                .transform("seen", FlowBatchTypeInfo.INSTANCE, new SeenOperator(topic))
                .uid("seen")
                .sinkTo(new DiscardingSink<>())
                .uid("end");
        client = env.executeAsync();
        return this;
    }

    /** The operator behind the source, of a source named flows. */
    static GatherOperator gather(FlowTimes times) {
        return new GatherOperator(
                "flows",
                new FlowRecordFormat(FlowSchema.AUTO, FlowFraming.AUTO, true, FlowSampling.usual()),
                EnumSet.of(
                        FlowColumn.TIME,
                        FlowColumn.SOURCE,
                        FlowColumn.PACKETS,
                        FlowColumn.SAMPLING_RATE),
                times);
    }

    private Seen seen() {
        return SEEN.computeIfAbsent(topic, name -> new Seen());
    }

    private JobClient client() {
        JobClient now = client;
        if (now == null) {
            throw new IllegalStateException("not begun");
        }
        return now;
    }

    /** How often each flow counts by now. */
    Map<Long, Integer> flows() {
        Map<Long, Integer> all = new TreeMap<>();
        seen().flows
                .values()
                .forEach(
                        some ->
                                some.forEach(
                                        (flow, times) -> all.merge(flow, times, Integer::sum)));
        return all;
    }

    Map<SkipReason, Long> skips() {
        synchronized (seen().skips) {
            return new EnumMap<>(seen().skips);
        }
    }

    void awaitRestart() throws Exception {
        awaitThat(
                () -> seen().starts.get() > parallelism,
                () -> seen().starts + " starts of subtasks");
    }

    void awaitFlows(int many) throws Exception {
        awaitThat(() -> flows().size() >= many, () -> flows().size() + " of " + many + " flows");
    }

    static void awaitThat(
            java.util.function.BooleanSupplier holds, java.util.function.Supplier<String> what)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within a minute: " + what.get());
            }
            Thread.sleep(20);
        }
    }

    void awaitEnd() throws Exception {
        client().getJobExecutionResult().get(60, TimeUnit.SECONDS);
    }

    void cancel() throws Exception {
        client().cancel().get(30, TimeUnit.SECONDS);
    }

    String stop(Path savepoints) throws Exception {
        return Savepoints.stop(client(), savepoints);
    }

    JobStatus status() throws Exception {
        return client().getJobStatus().get(30, TimeUnit.SECONDS);
    }

    private static final class SeenOperator extends AbstractStreamOperator<FlowBatch>
            implements OneInputStreamOperator<FlowBatch, FlowBatch> {
        private static final long serialVersionUID = 1;

        private final String job;
        private transient ListState<Long> state;

        SeenOperator(String job) {
            this.job = job;
        }

        @Override
        public void initializeState(StateInitializationContext context) throws Exception {
            super.initializeState(context);
            state =
                    context.getOperatorStateStore()
                            .getListState(
                                    new ListStateDescriptor<>("seen", LongSerializer.INSTANCE));
            Map<Long, Integer> flows = new ConcurrentHashMap<>();
            for (long flow : state.get()) {
                flows.merge(flow, 1, Integer::sum);
            }
            all().flows.put(subtask(), flows);
            all().starts.incrementAndGet();
        }

        private Seen all() {
            return SEEN.computeIfAbsent(job, name -> new Seen());
        }

        private int subtask() {
            return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        }

        @Override
        public void snapshotState(StateSnapshotContext context) throws Exception {
            super.snapshotState(context);
            state.clear();
            for (Map.Entry<Long, Integer> flow : mine().entrySet()) {
                for (int i = 0; i < flow.getValue(); i++) {
                    state.add(flow.getKey());
                }
            }
        }

        private Map<Long, Integer> mine() {
            return all().flows.computeIfAbsent(subtask(), none -> new ConcurrentHashMap<>());
        }

        @Override
        public void processElement(StreamRecord<FlowBatch> element) {
            FlowBatch batch = element.getValue();
            long[] numbers = new long[batch.rows()];
            batch.longs(FlowColumn.PACKETS, numbers);
            Map<Long, Integer> mine = mine();
            for (long number : numbers) {
                mine.merge(number, 1, Integer::sum);
            }
            Seen all = all();
            synchronized (all.skips) {
                for (int i = 0; i < batch.skips(); i++) {
                    all.skips.merge(batch.skipReason(i), batch.skipCount(i), Long::sum);
                }
            }
            if (mine.size() >= all.failAt) {
                all.failAt = Long.MAX_VALUE;
                throw new IllegalStateException("as the test wants it");
            }
            output.collect(element);
        }
    }
}
