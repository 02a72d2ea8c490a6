package org.asntally.job;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.MultipleConnectedStreams;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.MultipleInputTransformation;
import org.asntally.job.attribute.AttributeOperatorFactory;
import org.asntally.job.attribute.AttributedBatch;
import org.asntally.job.attribute.AttributedBatchSerializer;
import org.asntally.job.attribute.FailedInputs;
import org.asntally.job.attribute.RibMessage;
import org.asntally.job.attribute.RibMessageSerializer;
import org.asntally.job.attribute.RibTimeline;
import org.asntally.job.moves.MovesOperator;
import org.asntally.job.tally.KeyGroups;
import org.asntally.job.tally.TallyBatch;
import org.asntally.job.tally.TallyBatchSerializer;
import org.asntally.job.tally.TallyOperator;
import org.asntally.job.window.TopFunction;
import org.asntally.job.window.WindowOperator;
import org.asntally.sinks.RouteMoves;
import org.asntally.sinks.Side;
import org.asntally.sinks.WindowTally;
import org.asntally.sinks.flink.RouteMovesSerializer;
import org.asntally.sinks.flink.WindowTallySerializer;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.flink.FlowBatchTypeInfo;
import org.asntally.sources.flink.OwnTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * The graph of everything that counts: {@link Stage} shows it, {@link #build} makes it. There is no
 * other.
 */
public final class TallyPipeline {

    /** As many sources as one operator has inputs for, less the RIB's. */
    public static final int MOST_SOURCES = 62;

    private TallyPipeline() {}

    /**
     * Adds the whole graph to an environment.
     *
     * @param sources where flows come from, each an input of {@code attribute}; at most {@link
     *     #MOST_SOURCES}
     * @param rib tells versions of the table; bounded exactly when all sources are
     * @param bootstrap what is known of versions at submission; may be empty
     * @param counts what is counted, and where its rows go; each has another name
     */
    public static void build(
            StreamExecutionEnvironment env,
            List<NamedSource> sources,
            Source<RibMessage, ?, ?> rib,
            RibTimeline bootstrap,
            List<NamedCount> counts) {
        build(env, sources, rib, bootstrap, Long.MAX_VALUE, Long.MAX_VALUE, counts);
    }

    /**
     * As the other one.
     *
     * @param maxAheadMillis how far ahead of the clock a flow may be and be believed
     * @param keepMillis how long, in the time of flows, a table that another has followed stays
     *     open for late ones
     */
    public static void build(
            StreamExecutionEnvironment env,
            List<NamedSource> sources,
            Source<RibMessage, ?, ?> rib,
            RibTimeline bootstrap,
            long maxAheadMillis,
            long keepMillis,
            List<NamedCount> counts) {
        if (sources.isEmpty() || sources.size() > MOST_SOURCES) {
            throw new IllegalArgumentException(
                    sources.size() + " sources; from 1 to " + MOST_SOURCES + " are possible");
        }
        env.setMaxParallelism(KeyGroups.COUNT);
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        // Each type that travels has a serializer of its own; one without fails here, not slowly.
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        env.configure(settings);

        List<DataStream<FlowBatch>> flows = new ArrayList<>();
        for (NamedSource source : sources) {
            flows.add(read(env, source));
        }
        DataStream<RibMessage> versions = tellVersions(env, rib);
        Set<Side> sides = EnumSet.noneOf(Side.class);
        counts.forEach(count -> sides.addAll(count.spec().attributedSides()));
        SingleOutputStreamOperator<AttributedBatch> attributed =
                attribute(
                        env,
                        flows,
                        versions,
                        new AttributeOperatorFactory(
                                flows.size(),
                                List.copyOf(sides),
                                bootstrap,
                                maxAheadMillis,
                                keepMillis,
                                failed(sources)));
        List<String> names = sources.stream().map(NamedSource::name).toList();
        for (NamedCount count : counts) {
            SingleOutputStreamOperator<WindowTally> rows = count(attributed, count, names);
            write(count, top(rows, count.spec()));
            NamedMoves moves = count.moves();
            if (moves != null) {
                write(moves, count.spec(), move(rows, versions, bootstrap, count.spec(), moves));
            }
        }
    }

    private static FailedInputs failed(List<NamedSource> sources) {
        return new FailedInputs(
                sources.stream().map(NamedSource::name).toList(),
                sources.stream().map(NamedSource::required).toList());
    }

    private static SingleOutputStreamOperator<WindowTally> count(
            DataStream<AttributedBatch> attributed, NamedCount named, List<String> sources) {
        CountSpec count = named.spec();
        return attributed
                .transform(
                        Stage.TALLY.named(count.name()),
                        new OwnTypeInfo<>(TallyBatch.class, new TallyBatchSerializer()),
                        new TallyOperator(count, sources))
                .uid(Stage.TALLY.uid(count.name(), ""))
                .keyBy(TallyBatch::key, Types.INT)
                .transform(
                        Stage.WINDOW.named(count.name()),
                        new OwnTypeInfo<>(WindowTally.class, new WindowTallySerializer()),
                        new WindowOperator(count, named.moves() != null))
                .uid(Stage.WINDOW.uid(count.name(), count.meaning()));
    }

    private static SingleOutputStreamOperator<WindowTally> top(
            SingleOutputStreamOperator<WindowTally> rows, CountSpec count) {
        return !count.writesTop()
                ? rows
                : rows.keyBy(WindowTally::windowStart, Types.LONG)
                        .process(
                                new TopFunction(count),
                                new OwnTypeInfo<>(WindowTally.class, new WindowTallySerializer()))
                        .name(Stage.TOP.named(count.name()))
                        .uid(Stage.TOP.uid(count.name(), count.meaning()));
    }

    /** In one task: who moved is told by whole tables, and with the rows of all key groups. */
    private static SingleOutputStreamOperator<RouteMoves> move(
            DataStream<WindowTally> rows,
            DataStream<RibMessage> versions,
            RibTimeline bootstrap,
            CountSpec count,
            NamedMoves moves) {
        return rows.global()
                .connect(versions.global())
                .transform(
                        Stage.MOVES.named(moves.name()),
                        new OwnTypeInfo<>(RouteMoves.class, new RouteMovesSerializer()),
                        new MovesOperator(count, bootstrap, moves.all()))
                .uid(Stage.MOVES.uid(moves.name(), count.meaning()))
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    private static void write(NamedMoves moves, CountSpec count, DataStream<RouteMoves> rows) {
        moves.results()
                .forEach(
                        (result, sink) -> {
                            String name = result + "/" + moves.name();
                            rows.sinkTo(sink)
                                    .name(Stage.RESULT.named(name))
                                    .uid(Stage.RESULT.uid(name, count.meaning()))
                                    .setParallelism(1);
                        });
    }

    private static void write(NamedCount count, SingleOutputStreamOperator<WindowTally> rows) {
        for (NamedSink result : count.results()) {
            String name = result.name() + "/" + count.spec().name();
            DataStreamSink<WindowTally> sink =
                    taken(rows, result.takes(), name)
                            .sinkTo(result.sink())
                            .name(Stage.RESULT.named(name))
                            .uid(Stage.RESULT.uid(name, count.spec().meaning()));
            if (result.parallelism() > 0) {
                sink.setParallelism(result.parallelism());
            }
        }
    }

    private static DataStream<WindowTally> taken(
            SingleOutputStreamOperator<WindowTally> rows,
            @Nullable FilterFunction<WindowTally> takes,
            String name) {
        return takes == null
                ? rows
                : rows.filter(takes)
                        .name(Stage.RESULT.named(name + " rows"))
                        // It has no state, but would be another operator in each other graph.
                        .uid(Stage.RESULT.uid(name + " rows", ""));
    }

    private static DataStream<FlowBatch> read(StreamExecutionEnvironment env, NamedSource source) {
        if (source.flows() instanceof FlowStream.Direct direct) {
            return read(env, source, direct.source(), direct.watermarks(), new FlowBatchTypeInfo());
        }
        if (source.flows() instanceof FlowStream.Decoded<?> decoded) {
            return decode(env, source, decoded);
        }
        throw new IllegalStateException();
    }

    private static <T> SingleOutputStreamOperator<T> read(
            StreamExecutionEnvironment env,
            NamedSource named,
            Source<T, ?, ?> source,
            WatermarkStrategy<T> watermarks,
            TypeInformation<T> type) {
        SingleOutputStreamOperator<T> records =
                env.fromSource(source, watermarks, Stage.SOURCE.named(named.name()), type)
                        .uid(Stage.SOURCE.uid(named.name(), named.meaning()));
        return withReaders(records, named);
    }

    private static <T> SingleOutputStreamOperator<FlowBatch> decode(
            StreamExecutionEnvironment env, NamedSource named, FlowStream.Decoded<T> decoded) {
        SingleOutputStreamOperator<FlowBatch> flows =
                read(
                                env,
                                named,
                                decoded.source(),
                                WatermarkStrategy.noWatermarks(),
                                decoded.records())
                        .transform(
                                Stage.DECODE.named(named.name()),
                                new FlowBatchTypeInfo(),
                                decoded.decoder())
                        .uid(Stage.DECODE.uid(named.name(), named.meaning()));
        return withReaders(flows, named);
    }

    private static <T> SingleOutputStreamOperator<T> withReaders(
            SingleOutputStreamOperator<T> stream, NamedSource named) {
        return named.parallelism() > 0 ? stream.setParallelism(named.parallelism()) : stream;
    }

    private static DataStream<RibMessage> tellVersions(
            StreamExecutionEnvironment env, Source<RibMessage, ?, ?> rib) {
        return env.fromSource(
                        rib,
                        WatermarkStrategy.noWatermarks(),
                        Stage.RIB.named(""),
                        new OwnTypeInfo<>(RibMessage.class, new RibMessageSerializer()))
                .uid(Stage.RIB.uid("", ""))
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    private static SingleOutputStreamOperator<AttributedBatch> attribute(
            StreamExecutionEnvironment env,
            List<DataStream<FlowBatch>> flows,
            DataStream<RibMessage> versions,
            AttributeOperatorFactory operator) {
        MultipleInputTransformation<AttributedBatch> attribute =
                new MultipleInputTransformation<>(
                        Stage.ATTRIBUTE.named(""),
                        operator,
                        new OwnTypeInfo<>(AttributedBatch.class, new AttributedBatchSerializer()),
                        env.getParallelism());
        for (DataStream<FlowBatch> input : flows) {
            attribute.addInput(input.getTransformation());
        }
        attribute.addInput(versions.broadcast().getTransformation());
        return new MultipleConnectedStreams(env)
                .transform(attribute)
                .uid(Stage.ATTRIBUTE.uid("", ""));
    }
}
