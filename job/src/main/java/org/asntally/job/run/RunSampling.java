package org.asntally.job.run;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.asntally.job.config.JobKeys;
import org.asntally.job.config.Settings;
import org.asntally.job.config.SourceConfig;
import org.asntally.lookup.Address;
import org.asntally.sources.ExporterId;
import org.asntally.sources.Sampling;
import org.jspecify.annotations.Nullable;

/** What a job file says of sampling rates. */
final class RunSampling {

    private RunSampling() {}

    /** What holds for all exporters of a source that have nothing of their own. */
    static Sampling common(SourceConfig source) {
        Integer cap = source.find(JobKeys.Source.SAMPLING_CAP);
        return new Sampling(
                mode(source.find(JobKeys.Source.SAMPLING), Sampling.Mode.DECLARED),
                0,
                source.get(JobKeys.Source.SAMPLING_DEFAULT),
                cap == null ? 0 : cap);
    }

    /**
     * What holds for some of them.
     *
     * @param carried whether a v4-mapped address is the IPv4 address that it carries, as flow
     *     records have it; sFlow's agents are known by what they call themselves
     */
    static Map<ExporterId, Sampling> byExporter(SourceConfig source, boolean carried) {
        Sampling common = common(source);
        Map<ExporterId, Sampling> exporters = new LinkedHashMap<>();
        source.get(JobKeys.Source.EXPORTERS)
                .forEach(
                        (address, own) ->
                                exporters.put(exporter(address, carried), sampling(own, common)));
        return exporters;
    }

    private static Sampling sampling(Settings own, Sampling common) {
        return new Sampling(
                mode(own.find(JobKeys.Exporter.SAMPLING), common.mode()),
                number(own.find(JobKeys.Exporter.SAMPLING_RATE), 0),
                number(own.find(JobKeys.Exporter.SAMPLING_DEFAULT), common.fallback()),
                number(own.find(JobKeys.Exporter.SAMPLING_CAP), common.cap()));
    }

    private static long number(@Nullable Integer given, long otherwise) {
        return given == null ? otherwise : given;
    }

    private static Sampling.Mode mode(JobKeys.@Nullable Sampling given, Sampling.Mode otherwise) {
        if (given == null) {
            return otherwise;
        }
        return switch (given) {
            case DECLARED -> Sampling.Mode.DECLARED;
            case MEASURED -> Sampling.Mode.MEASURED;
            case OFF -> Sampling.Mode.OFF;
        };
    }

    private static ExporterId exporter(String text, boolean carried) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Address address = new Address();
        int family = address.parse(bytes, 0, bytes.length);
        return family == 4 || (carried && address.isMapped())
                ? ExporterId.of4(address.v4())
                : new ExporterId(true, address.high(), address.low());
    }
}
