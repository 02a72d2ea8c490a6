package org.asntally.sources.flink;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.asntally.sources.FlowBatch;

/** A job of a source and a place where its batches are kept. */
final class LocalJob {
    private static final Map<Integer, List<FlowBatch>> KEPT = new ConcurrentHashMap<>();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final int id = NEXT.incrementAndGet();
    private final List<FlowBatch> batches = Collections.synchronizedList(new ArrayList<>());
    private final JobClient client;

    /**
     * Starts it.
     *
     * @param pauseMillis the time that each batch takes
     */
    LocalJob(LineSource source, int parallelism, long pauseMillis) throws Exception {
        KEPT.put(id, batches);
        int job = id;
        MapFunction<FlowBatch, FlowBatch> keep =
                batch -> {
                    List<FlowBatch> list = KEPT.get(job);
                    if (list != null) {
                        list.add(batch);
                    }
                    Thread.sleep(pauseMillis);
                    return batch;
                };
        StreamExecutionEnvironment env = environment(parallelism);
        stream(env, source)
                .map(keep)
                .returns(FlowBatchTypeInfo.INSTANCE)
                .sinkTo(new DiscardingSink<>());
        client = env.executeAsync();
    }

    static MiniClusterExtension cluster() {
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setNumberTaskManagers(1)
                        .setNumberSlotsPerTaskManager(3)
                        .build());
    }

    static StreamExecutionEnvironment environment(int parallelism) {
        Configuration settings = new Configuration();
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.getConfig().enableObjectReuse();
        env.setParallelism(parallelism);
        return env;
    }

    static DataStream<FlowBatch> stream(StreamExecutionEnvironment env, LineSource source) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), "lines");
    }

    /** What has come so far. */
    Gathered soFar() {
        synchronized (batches) {
            return Gathered.of(List.copyOf(batches));
        }
    }

    /** What came, after the end. */
    Gathered await() throws Exception {
        client.getJobExecutionResult().get();
        KEPT.remove(id);
        return soFar();
    }
}
