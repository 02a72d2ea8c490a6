package org.asntally.job.run;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.asntally.job.FlowStream;
import org.asntally.job.NamedSource;
import org.asntally.job.config.Endpoint;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobKeys;
import org.asntally.job.config.NetworkEntry;
import org.asntally.job.config.SourceColumns;
import org.asntally.job.config.SourceConfig;
import org.asntally.job.config.SourceType;
import org.asntally.job.local.CountRequest.InputFormat;
import org.asntally.job.local.LiveInputs;
import org.asntally.job.local.ToldFormat;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.flink.BlockFileSource;
import org.asntally.sources.flink.FlowTimes;
import org.asntally.sources.flink.LogFiles;
import org.asntally.sources.flink.Notices;
import org.asntally.sources.flink.UdpListen;
import org.asntally.sources.live.LiveFormat;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.packet.PacketFilter;
import org.asntally.sources.packet.PacketFormat;
import org.asntally.sources.sflow.SflowFormat;
import org.asntally.sources.sflow.SflowOptions;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LogFormatException;
import org.asntally.sources.text.LogReading;
import org.asntally.sources.text.ReaderOptions;
import org.asntally.sources.text.TrustedProxies;
import org.asntally.sources.udp.UdpAddress;
import org.asntally.sources.udp.UdpReceiver;
import org.jspecify.annotations.Nullable;

/** The sources of a job file as Flink has them. */
final class RunSources {

    /** As often archives are looked for, once. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Enough for a socket that is closed at once. */
    private static final long PROBE_BYTES = 256 << 10;

    private RunSources() {}

    /**
     * One source.
     *
     * @param columns what is wanted of its flows
     * @param parallelism of the job
     */
    static NamedSource of(
            JobFile job,
            SourceConfig source,
            RunPlace place,
            Set<FlowColumn> columns,
            int parallelism)
            throws Fault {
        return switch (source.type()) {
            case SFLOW -> {
                List<Endpoint> listen = source.find(JobKeys.Source.LISTEN);
                yield listen == null
                        ? files(
                                job,
                                source,
                                place,
                                columns,
                                parallelism,
                                new SflowFormat(sflow(source), filter(source)))
                        : datagrams(source, listen, place, columns, parallelism);
            }
            case KAFKA -> RunKafka.of(job, source, columns);
            case CAPTURE -> capture(job, source, columns);
            case PCAP ->
                    files(
                            job,
                            source,
                            place,
                            columns,
                            parallelism,
                            CaptureFormat.PCAP.with(filter(source)));
            default -> files(job, source, place, columns, parallelism, format(source));
        };
    }

    private static NamedSource files(
            JobFile job,
            SourceConfig source,
            RunPlace place,
            Set<FlowColumn> columns,
            int parallelism,
            @Nullable FlowFormat format)
            throws Fault {
        ZoneId zone = source.find(JobKeys.Source.TIMEZONE);
        LocalDate date = source.find(JobKeys.Source.DATE);
        boolean packets = format instanceof PacketFormat;
        LogFiles files =
                new LogFiles(
                        source.name(),
                        source.get(JobKeys.Source.PATH).stream().map(place::path).toList(),
                        Boolean.TRUE.equals(source.find(JobKeys.Source.FOLLOW)),
                        source.find(JobKeys.Source.FROM) == JobKeys.From.END,
                        Objects.requireNonNullElse(source.find(JobKeys.Source.POLL), LOOK),
                        format,
                        new ToldFormat(wanted(source.type()), false, true, PacketFilter.ALL),
                        packets
                                ? ReaderOptions.standard()
                                : new ReaderOptions(
                                        source.get(JobKeys.Source.MAP_V4),
                                        zone == null ? job.time().get(JobKeys.Time.TIMEZONE) : zone,
                                        date,
                                        fields(job, source)),
                        columns,
                        source.get(JobKeys.Source.OUT_OF_ORDERNESS),
                        job.time().get(JobKeys.Time.MAX_AHEAD),
                        source.get(JobKeys.Source.IDLENESS));
        return new NamedSource(
                source.name(),
                files.source(),
                source.type().word() + (files.follow() ? " followed" : " read"),
                WatermarkStrategy.noWatermarks(),
                files.follow() ? 1 : parallelism);
    }

    private static PacketFilter filter(SourceConfig source) throws Fault {
        return LiveInputs.filter(source.find(JobKeys.Source.BPF));
    }

    /** Datagrams as they come: as many readers as there are sockets, at most. */
    private static NamedSource datagrams(
            SourceConfig source,
            List<Endpoint> at,
            RunPlace place,
            Set<FlowColumn> columns,
            int parallelism)
            throws Fault {
        UdpListen listen =
                new UdpListen(
                        source.name(),
                        at.stream().map(e -> new UdpAddress(e.host(), e.port())).toList(),
                        source.get(JobKeys.Source.SOCKETS),
                        source.get(JobKeys.Source.RECEIVE_BUFFER),
                        source.get(JobKeys.Source.RING),
                        source.get(JobKeys.Source.OUT_OF_ORDERNESS),
                        source.get(JobKeys.Source.IDLENESS),
                        source.get(JobKeys.Source.REQUIRED));
        if (listen.required() && !place.cluster()) {
            for (Endpoint endpoint : at) {
                probe(source.name(), endpoint, listen.sockets() > 1);
            }
        }
        return new NamedSource(
                source.name(),
                new FlowStream.Decoded<>(
                        listen.source(),
                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
                        listen.sflow(sflow(source), columns)),
                "sflow received",
                Math.min(parallelism, listen.most()));
    }

    /** Whether a socket can be had that the job requires, before anything begins. */
    private static void probe(String source, Endpoint at, boolean together) throws Fault {
        try {
            UdpReceiver.open(at.host(), at.port(), together, 1, PROBE_BYTES, () -> {}).close();
        } catch (IOException e) {
            Notices.inputFailed(at.toString(), Reasons.of(e));
            throw Fault.because(e, Problem.REQUIRED_SOURCE_FAILED, source);
        }
    }

    /** Packets of an interface; that its library and right are there is said before the start. */
    private static NamedSource capture(JobFile job, SourceConfig source, Set<FlowColumn> columns)
            throws Fault {
        String filter = source.find(JobKeys.Source.BPF);
        long buffer = source.get(JobKeys.Source.CAPTURE_BUFFER);
        LiveFormat format =
                new LiveFormat(
                        filter == null ? "" : filter,
                        source.get(JobKeys.Source.SNAPLEN),
                        source.get(JobKeys.Source.PROMISCUOUS),
                        (int) Math.min(buffer, Integer.MAX_VALUE),
                        true);
        String name = source.get(JobKeys.Source.INTERFACE);
        LiveInputs.check(name, format);
        return new NamedSource(
                source.name(),
                new BlockFileSource(
                        List.of(InputFile.live(name, 0, format)),
                        ReaderOptions.standard(),
                        columns,
                        (head, length, whole) -> null),
                "captured from " + name,
                new FlowTimes(
                        source.get(JobKeys.Source.OUT_OF_ORDERNESS),
                        job.time().get(JobKeys.Time.MAX_AHEAD),
                        source.get(JobKeys.Source.IDLENESS)),
                1);
    }

    private static SflowOptions sflow(SourceConfig source) {
        return new SflowOptions(
                texts(source.find(JobKeys.Source.AGENTS)),
                texts(source.find(JobKeys.Source.SENDERS)),
                RunSampling.common(source),
                RunSampling.byExporter(source, false));
    }

    private static List<String> texts(@Nullable List<NetworkEntry> networks) {
        return networks == null ? List.of() : networks.stream().map(NetworkEntry::text).toList();
    }

    private static InputFormat wanted(SourceType type) {
        return type == SourceType.JSON_LOG ? InputFormat.JSON_LOG : InputFormat.LOG;
    }

    private static LogReading fields(JobFile job, SourceConfig source) {
        String client = source.find(JobKeys.Source.CLIENT_FROM);
        List<String> proxies = source.find(JobKeys.Source.TRUSTED_PROXY);
        LogReading weighed = LogReading.USUAL.withWeight(weight(job, source.name()));
        return proxies == null
                ? weighed
                : weighed.withClientFrom(client, new TrustedProxies(String.join(",", proxies)));
    }

    /** The field that counts of a source weigh by, all by the same; null: the request time. */
    private static @Nullable String weight(JobFile job, String source) {
        return job.counts().values().stream()
                .filter(count -> count.get(JobKeys.Count.SOURCES).contains(source))
                .map(count -> JobKeys.Count.field(count.get(JobKeys.Count.WEIGHT)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable LineFormat format(SourceConfig source) throws Fault {
        try {
            return SourceColumns.format(source.type(), source.settings());
        } catch (LogFormatException e) {
            throw Fault.because(
                    e, Problem.BAD_LOG_FORMAT, source.name(), String.valueOf(e.getMessage()));
        }
    }
}
