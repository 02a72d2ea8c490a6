package org.asntally.job.run;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.asntally.job.NamedSource;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobKeys;
import org.asntally.job.config.SourceConfig;
import org.asntally.job.config.SourceType;
import org.asntally.job.local.CountRequest.InputFormat;
import org.asntally.job.local.ToldFormat;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.flink.LogFiles;
import org.asntally.sources.packet.PacketFilter;
import org.asntally.sources.text.JsonFields;
import org.asntally.sources.text.JsonFormat;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LogFormatException;
import org.asntally.sources.text.LogFormats;
import org.asntally.sources.text.LogReading;
import org.asntally.sources.text.PlainFormat;
import org.asntally.sources.text.ReaderOptions;
import org.asntally.sources.text.TcpdumpFormat;
import org.asntally.sources.text.TrustedProxies;
import org.jspecify.annotations.Nullable;

/** The sources of a job file as Flink has them. */
final class RunSources {

    private RunSources() {}

    /**
     * One source.
     *
     * @param columns what is wanted of its flows
     */
    static NamedSource of(JobFile job, SourceConfig source, RunPlace place, Set<FlowColumn> columns)
            throws Fault {
        if (source.type() == SourceType.KAFKA) {
            return RunKafka.of(job, source, columns);
        }
        ZoneId zone = source.find(JobKeys.Source.TIMEZONE);
        LocalDate date = source.find(JobKeys.Source.DATE);
        LogFiles files =
                new LogFiles(
                        source.name(),
                        source.get(JobKeys.Source.PATH).stream().map(place::path).toList(),
                        source.get(JobKeys.Source.FOLLOW),
                        source.get(JobKeys.Source.FROM) == JobKeys.From.END,
                        source.get(JobKeys.Source.POLL),
                        format(source),
                        new ToldFormat(wanted(source.type()), false, true, PacketFilter.ALL),
                        new ReaderOptions(
                                source.get(JobKeys.Source.MAP_V4),
                                zone == null ? job.time().get(JobKeys.Time.TIMEZONE) : zone,
                                date,
                                fields(source)),
                        columns,
                        source.get(JobKeys.Source.OUT_OF_ORDERNESS),
                        job.time().get(JobKeys.Time.MAX_AHEAD),
                        source.get(JobKeys.Source.IDLENESS));
        return new NamedSource(
                source.name(),
                files.source(),
                source.type().word() + (files.follow() ? " followed" : " read"),
                WatermarkStrategy.noWatermarks(),
                1);
    }

    private static InputFormat wanted(SourceType type) {
        return type == SourceType.JSON_LOG ? InputFormat.JSON_LOG : InputFormat.LOG;
    }

    private static LogReading fields(SourceConfig source) {
        String client = source.find(JobKeys.Source.CLIENT_FROM);
        List<String> proxies = source.find(JobKeys.Source.TRUSTED_PROXY);
        return proxies == null
                ? LogReading.USUAL
                : LogReading.USUAL.withClientFrom(
                        client, new TrustedProxies(String.join(",", proxies)));
    }

    private static @Nullable LineFormat format(SourceConfig source) throws Fault {
        return switch (source.type()) {
            case LINE -> PlainFormat.LINE;
            case TUPLE -> PlainFormat.TUPLE;
            case TCPDUMP -> TcpdumpFormat.INSTANCE;
            case JSON_LOG -> {
                Map<String, String> fields = source.find(JobKeys.Source.FIELDS);
                try {
                    yield fields == null ? null : new JsonFormat(JsonFields.of(fields));
                } catch (LogFormatException e) {
                    throw Fault.because(
                            e, Problem.BAD_LOG_FORMAT, fields, String.valueOf(e.getMessage()));
                }
            }
            default -> {
                String text = source.find(JobKeys.Source.LOG_FORMAT);
                try {
                    yield text == null ? null : LogFormats.of(text);
                } catch (LogFormatException e) {
                    throw Fault.because(
                            e, Problem.BAD_LOG_FORMAT, text, String.valueOf(e.getMessage()));
                }
            }
        };
    }
}
