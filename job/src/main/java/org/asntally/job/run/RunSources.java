package org.asntally.job.run;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.asntally.job.NamedSource;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobKeys;
import org.asntally.job.config.SourceConfig;
import org.asntally.job.local.ToldFormat;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.flink.LogFiles;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LogFormat;
import org.asntally.sources.text.LogFormatException;
import org.asntally.sources.text.PlainFormat;
import org.asntally.sources.text.ReaderOptions;
import org.asntally.sources.text.TcpdumpFormat;
import org.jspecify.annotations.Nullable;

/** The sources of a job file as Flink has them. */
final class RunSources {

    private RunSources() {}

    /**
     * One source.
     *
     * @param columns what is wanted of its flows
     */
    static NamedSource of(JobFile job, SourceConfig source, Set<FlowColumn> columns) throws Fault {
        if (!source.type().isText()) {
            throw new Fault(
                    Problem.NOT_YET,
                    "type: " + source.type().word(),
                    "leave source " + source.name() + " out");
        }
        ZoneId zone = source.find(JobKeys.Source.TIMEZONE);
        LocalDate date = source.find(JobKeys.Source.DATE);
        LogFiles files =
                new LogFiles(
                        source.name(),
                        source.get(JobKeys.Source.PATH),
                        source.get(JobKeys.Source.FOLLOW),
                        source.get(JobKeys.Source.FROM) == JobKeys.From.END,
                        source.get(JobKeys.Source.POLL),
                        format(source),
                        new ToldFormat(
                                source.type() == org.asntally.job.config.SourceType.LOG, false),
                        new ReaderOptions(
                                source.get(JobKeys.Source.MAP_V4),
                                zone == null ? job.time().get(JobKeys.Time.TIMEZONE) : zone,
                                date),
                        columns,
                        source.get(JobKeys.Source.OUT_OF_ORDERNESS),
                        job.time().get(JobKeys.Time.MAX_AHEAD),
                        source.get(JobKeys.Source.IDLENESS));
        return new NamedSource(
                source.name(),
                files.source(),
                source.type().word() + (files.follow() ? " followed" : " read"),
                WatermarkStrategy.noWatermarks(),
                files.follow() ? 1 : 0);
    }

    private static @Nullable LineFormat format(SourceConfig source) throws Fault {
        return switch (source.type()) {
            case LINE -> PlainFormat.LINE;
            case TUPLE -> PlainFormat.TUPLE;
            case TCPDUMP -> TcpdumpFormat.INSTANCE;
            default -> {
                String text = source.find(JobKeys.Source.LOG_FORMAT);
                try {
                    yield text == null ? null : LogFormat.of(text);
                } catch (LogFormatException e) {
                    throw Fault.because(
                            e, Problem.BAD_LOG_FORMAT, text, String.valueOf(e.getMessage()));
                }
            }
        };
    }
}
