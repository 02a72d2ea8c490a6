package org.asntally.job.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.asntally.job.CountSpec;
import org.asntally.job.NamedCount;
import org.asntally.job.NamedMoves;
import org.asntally.job.NamedSink;
import org.asntally.job.NamedSource;
import org.asntally.job.TallyPipeline;
import org.asntally.job.config.CountConfig;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobKeys;
import org.asntally.job.config.SinkConfig;
import org.asntally.job.config.SourceConfig;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.asntally.sinks.RouteMoves;
import org.asntally.sinks.files.MoveSpec;
import org.asntally.sinks.files.ResultFormat;
import org.asntally.sinks.files.ResultSpec;
import org.asntally.sinks.files.RowSpec;
import org.asntally.sinks.flink.ResultFiles;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/** The one graph as a job file wants it. */
final class RunGraph {

    private RunGraph() {}

    /** As {@link #build}, as Flink's planner sees it. */
    static StreamGraph of(
            JobFile job,
            RunPlace place,
            Configuration settings,
            int generation,
            int parallelism,
            Console console)
            throws Fault {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(parallelism);
        build(env, job, place, generation, console);
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(job.name());
        return graph;
    }

    /**
     * Adds the graph to an environment.
     *
     * @param generation of the results: those of a fresh start are apart from the ones before
     */
    static void build(
            StreamExecutionEnvironment env,
            JobFile job,
            RunPlace place,
            int generation,
            Console console)
            throws Fault {
        List<NamedCount> counts = new ArrayList<>();
        for (CountConfig count : job.counts().values()) {
            CountSpec spec = RunCounts.spec(job, count);
            counts.add(
                    new NamedCount(
                            spec,
                            sinks(job, count, spec, generation, place.resultMark()),
                            moves(job, spec, generation, place.resultMark())));
        }
        List<NamedSource> sources = new ArrayList<>();
        boolean bounded = true;
        for (SourceConfig source : job.sources().values()) {
            sources.add(
                    RunSources.of(
                                    job,
                                    source,
                                    place,
                                    columns(counts, source.name()),
                                    env.getParallelism())
                            .required(source.get(JobKeys.Source.REQUIRED)));
            bounded &= !source.isLive();
        }
        RunTables tables = RunTables.of(job, place, bounded, console);
        tables.shipped().forEach((id, file) -> env.registerCachedFile(file.toUri().toString(), id));
        TallyPipeline.build(
                env,
                sources,
                tables.source(),
                tables.bootstrap(),
                job.time().get(JobKeys.Time.MAX_AHEAD).toMillis(),
                keepMillis(job),
                counts);
    }

    /** How long tables are kept for late flows, at least as long as such are taken. */
    static long keepMillis(JobFile job) {
        Duration late = Duration.ZERO;
        for (CountConfig count : job.counts().values()) {
            late = longer(late, count.get(JobKeys.Count.LATENESS));
        }
        Duration outOfOrder = Duration.ZERO;
        for (SourceConfig source : job.sources().values()) {
            outOfOrder = longer(outOfOrder, source.get(JobKeys.Source.OUT_OF_ORDERNESS));
        }
        Duration needed = late.plus(outOfOrder).plus(job.time().get(JobKeys.Time.MAX_AHEAD));
        return longer(needed, job.rib().get(JobKeys.Rib.KEEP)).toMillis();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static Set<FlowColumn> columns(List<NamedCount> counts, String source) {
        Set<FlowColumn> columns = EnumSet.of(FlowColumn.TIME, FlowColumn.SOURCE);
        for (NamedCount count : counts) {
            if (count.spec().counts(source)) {
                columns.addAll(count.spec().columns());
            }
        }
        return columns;
    }

    private static List<NamedSink> sinks(
            JobFile job, CountConfig config, CountSpec count, int generation, String mark) {
        List<NamedSink> sinks = new ArrayList<>();
        for (SinkConfig sink : sinksOf(job, count)) {
            ResultSpec rows =
                    new ResultSpec(
                            count.name(), RunCounts.keys(config), count.sides(), count.measures());
            sinks.add(
                    new NamedSink(
                            sink.name(), files(sink, rows, generation, mark), rows::showsAny, 0));
        }
        return sinks;
    }

    /** Where moves of prefixes go that are told with this count's traffic; null: they are not. */
    private static @Nullable NamedMoves moves(
            JobFile job, CountSpec count, int generation, String mark) {
        if (!count.name().equals(job.rib().find(JobKeys.Rib.MOVES))) {
            return null;
        }
        MoveSpec rows =
                new MoveSpec(JobKeys.Rib.movesOf(count.name()), count.sides(), count.measures());
        Map<String, Sink<RouteMoves>> results = new LinkedHashMap<>();
        for (SinkConfig sink : sinksOf(job, count)) {
            results.put(sink.name(), files(sink, rows, generation, mark));
        }
        return new NamedMoves(rows.name(), job.rib().get(JobKeys.Rib.MOVES_ALL), results);
    }

    private static List<SinkConfig> sinksOf(JobFile job, CountSpec count) {
        List<SinkConfig> sinks = new ArrayList<>();
        for (SinkConfig sink : job.sinks().values()) {
            List<String> counts = sink.find(JobKeys.Sink.COUNTS);
            if (counts == null || counts.contains(count.name())) {
                sinks.add(sink);
            }
        }
        return sinks;
    }

    private static <T> Sink<T> files(
            SinkConfig sink, RowSpec<T> rows, int generation, String mark) {
        return ResultFiles.of(
                ResultSweep.folder(sink, generation),
                rows,
                format(sink.get(JobKeys.Sink.FORMAT)),
                sink.get(JobKeys.Sink.ROLL_SIZE),
                sink.get(JobKeys.Sink.ROLL_TIME),
                mark);
    }

    private static ResultFormat format(JobKeys.FileFormat format) {
        return switch (format) {
            case JSON -> ResultFormat.JSON;
            case CSV -> ResultFormat.CSV;
        };
    }
}
