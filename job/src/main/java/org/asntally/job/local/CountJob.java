package org.asntally.job.local;

import java.util.List;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.asntally.job.CountSpec;
import org.asntally.job.NamedCount;
import org.asntally.job.NamedSink;
import org.asntally.job.NamedSource;
import org.asntally.job.TallyPipeline;
import org.asntally.job.attribute.RibMessage;
import org.asntally.job.attribute.RibSource;
import org.asntally.job.attribute.RibTimeline;
import org.asntally.job.attribute.RibVersion;
import org.asntally.job.attribute.Ribs;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.flink.ReportSink;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.files.ChangingFormat;
import org.asntally.sources.files.FormatTeller;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.flink.BlockFileSource;
import org.asntally.sources.flink.LogFiles;
import org.asntally.sources.flink.StdinSource;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.ReaderOptions;

/** The one graph, with these inputs, this table and the report at its end. */
final class CountJob {

    private CountJob() {}

    /** The graph as Flink's planner sees it. */
    static StreamGraph graph(
            Configuration configuration,
            CountRequest request,
            ChosenInputs inputs,
            CountPlan plan,
            RibOpening table,
            ReportSpec report) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism(request));
        RibTimeline timeline = timeline(table);
        CountSpec count = plan.count();
        if (timeline.versions().size() == 1) {
            count = count.withTop(report.mostShown());
        }
        TallyPipeline.build(
                env,
                List.of(source(request, inputs, plan)),
                new RibSource(timeline),
                timeline,
                List.of(
                        new NamedCount(
                                count,
                                List.of(new NamedSink("report", new ReportSink(report), 1)))));
        return env.getStreamGraph();
    }

    /** The one table, or all of the archive, each from its own time on. */
    private static RibTimeline timeline(RibOpening table) {
        RibVersion newest = Ribs.share(table.rib(), Long.MIN_VALUE);
        if (table.archive().isEmpty()) {
            return RibTimeline.always(newest);
        }
        RibTimeline timeline = RibTimeline.of(table.archive());
        timeline.add(RibMessage.knownUntil(Long.MAX_VALUE));
        return timeline;
    }

    /** The job to submit. */
    static JobGraph job(StreamGraph graph) {
        return graph.getJobGraph();
    }

    /** With {@code --strict} one reader, so that the first bad line is the first. */
    static int parallelism(CountRequest request) {
        return request.reading().strict() ? 1 : request.run().parallelism();
    }

    private static NamedSource source(CountRequest request, ChosenInputs inputs, CountPlan plan) {
        CountRequest.Reading reading = request.reading();
        ReaderOptions options =
                new ReaderOptions(reading.mapV4(), reading.zone(), reading.date(), reading.logs());
        boolean ones = plan.onesAmongNumbers();
        // What the user named is not told again.
        boolean told = reading.logFormat() == null && reading.jsonFields() == null;
        FormatTeller teller =
                new ToldFormat(reading.format(), ones, told, LiveInputs.filter(request.packets()));
        List<InputFile> files = inputs.files();
        if (ones) {
            files = files.stream().map(CountJob::withOnes).toList();
        }
        if (told) {
            FormatTeller again =
                    new ToldFormat(
                            reading.format(), ones, false, LiveInputs.filter(request.packets()));
            files = files.stream().map(file -> changing(file, reading, again)).toList();
        }
        if (request.inputs().follow()) {
            boolean same = !told && files.get(0).format() instanceof LineFormat;
            LogFiles followed =
                    LogFiles.follow(
                            "files",
                            request.inputs().files(),
                            same ? (LineFormat) files.get(0).format() : null,
                            teller,
                            options,
                            plan.columns());
            return NamedSource.bounded("files", followed.source(), "followed", 1);
        }
        boolean stdin = files.size() == 1 && files.get(0).kind() == InputFile.Kind.STDIN;
        Source<FlowBatch, ?, ?> source =
                stdin
                        ? new StdinSource(files.get(0).format(), options, plan.columns(), teller)
                        : new BlockFileSource(files, options, plan.columns(), teller);
        if (request.output().perAddress()) {
            source = new SaidFlows<>(source, plan.count().sides());
        }
        boolean live = files.size() == 1 && files.get(0).kind() == InputFile.Kind.LIVE;
        String name = stdin ? "stdin" : live ? "capture" : "files";
        // One reader, whose batches go round to all that attribute them.
        return NamedSource.bounded(name, source, name, stdin || live ? 1 : 0);
    }

    private static InputFile changing(
            InputFile file, CountRequest.Reading reading, FormatTeller teller) {
        boolean isTold =
                switch (reading.format()) {
                    case AUTO, LOG, JSON_LOG -> file.kind() != InputFile.Kind.TEXT;
                    default -> false;
                };
        return isTold && file.format() instanceof LineFormat lines
                ? file.withFormat(new ChangingFormat(lines, teller))
                : file;
    }

    private static InputFile withOnes(InputFile file) {
        return file.format() instanceof LineFormat lines
                ? file.withFormat(new OneOrNumber(lines))
                : file;
    }
}
