package org.asntally.job.config;

import java.util.EnumSet;
import java.util.Set;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.text.LogFormatException;
import org.asntally.sources.text.LogFormats;
import org.asntally.sources.text.PlainFormat;
import org.asntally.sources.text.TcpdumpFormat;

/** What the flows of a source tell, as far as the job file says what it reads. */
final class SourceColumns {

    private static final Set<FlowColumn> WEB =
            EnumSet.of(
                    FlowColumn.TIME,
                    FlowColumn.SOURCE,
                    FlowColumn.BYTES,
                    FlowColumn.WEIGHT,
                    FlowColumn.STATUS,
                    FlowColumn.METHOD,
                    FlowColumn.PATH,
                    FlowColumn.AGENT,
                    FlowColumn.VHOST);

    /** What exporters tell beside the packets' own headers. */
    private static final Set<FlowColumn> EXPORTED =
            EnumSet.of(
                    FlowColumn.EXPORTER,
                    FlowColumn.SAMPLING_RATE,
                    FlowColumn.INPUT_INTERFACE,
                    FlowColumn.OUTPUT_INTERFACE,
                    FlowColumn.EXPORTER_SOURCE_AS,
                    FlowColumn.EXPORTER_DESTINATION_AS,
                    FlowColumn.NEXT_HOP_AS,
                    FlowColumn.DIRECTION);

    /** What enrichers add to it. */
    private static final Set<FlowColumn> ENRICHED =
            EnumSet.of(
                    FlowColumn.CUSTOMER,
                    FlowColumn.INPUT_DESCRIPTION,
                    FlowColumn.OUTPUT_DESCRIPTION);

    private SourceColumns() {}

    /**
     * Whether a source may tell this of a flow. Of a log whose format is told from its lines, what
     * any log may have; its start knows better.
     */
    static boolean knows(SourceType type, Settings source, FlowColumn column) {
        return switch (type) {
            case LINE -> PlainFormat.LINE.provides(column);
            case TUPLE -> PlainFormat.TUPLE.provides(column);
            case TCPDUMP -> TcpdumpFormat.INSTANCE.provides(column) && isOfPackets(column);
            case LOG -> log(source, column);
            case JSON_LOG -> WEB.contains(column);
            case PCAP, CAPTURE -> isOfPackets(column);
            case SFLOW -> isOfPackets(column) || EXPORTED.contains(column);
            case KAFKA ->
                    isOfPackets(column)
                            || EXPORTED.contains(column)
                            || (ENRICHED.contains(column) && isEnriched(source));
        };
    }

    private static boolean isOfPackets(FlowColumn column) {
        return CaptureFormat.PCAP.provides(column);
    }

    private static boolean isEnriched(Settings source) {
        JobKeys.Schema schema = source.find(JobKeys.Source.SCHEMA);
        return schema != JobKeys.Schema.GOFLOW2 && schema != JobKeys.Schema.JSON;
    }

    private static boolean log(Settings source, FlowColumn column) {
        String format = source.find(JobKeys.Source.LOG_FORMAT);
        if (format == null) {
            // Of a web server, or of a firewall.
            return WEB.contains(column) || isOfPackets(column);
        }
        try {
            return LogFormats.of(format).provides(column);
        } catch (LogFormatException e) {
            return true;
        }
    }
}
