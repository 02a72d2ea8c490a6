package org.asntally.job.config;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.text.JsonFields;
import org.asntally.sources.text.JsonFormat;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LogFormatException;
import org.asntally.sources.text.LogFormats;
import org.asntally.sources.text.PlainFormat;
import org.asntally.sources.text.TcpdumpFormat;
import org.jspecify.annotations.Nullable;

/** What the flows of a source tell, as far as the job file says what it reads. */
public final class SourceColumns {

    /** What any log of a web server may have. */
    private static final LineFormat ANY_LOG = new JsonFormat(JsonFields.ANY);

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
            case LINE, TUPLE -> isOfLines(type, source, column);
            case TCPDUMP -> isOfLines(type, source, column) && isOfPackets(column);
            // Of a web server, or of a firewall.
            case LOG ->
                    isOfLines(type, source, column)
                            || (isTold(type, source) && isOfPackets(column));
            case JSON_LOG -> isOfLines(type, source, column);
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

    /** Whether lines are known to have this field; in objects there may be any. */
    static boolean hasField(SourceType type, Settings source, String field) {
        return understood(type, source).hasField(field);
    }

    private static boolean isOfLines(SourceType type, Settings source, FlowColumn column) {
        return understood(type, source).provides(column);
    }

    /** Whether the format is told from the lines: it may be any. */
    static boolean isTold(SourceType type, Settings source) {
        return understood(type, source) == ANY_LOG;
    }

    /** What cannot be understood is told where it stands, and may be any here. */
    private static LineFormat understood(SourceType type, Settings source) {
        try {
            LineFormat format = format(type, source);
            return format == null ? ANY_LOG : format;
        } catch (LogFormatException e) {
            return ANY_LOG;
        }
    }

    /**
     * The format of a source's lines, as far as the job file says it.
     *
     * @return null where it is told from the lines, and of sources without lines
     * @throws LogFormatException when the format or the fields cannot be understood
     */
    public static @Nullable LineFormat format(SourceType type, Settings source) {
        return switch (type) {
            case LINE -> PlainFormat.LINE;
            case TUPLE -> PlainFormat.TUPLE;
            case TCPDUMP -> TcpdumpFormat.INSTANCE;
            case LOG -> {
                String text = source.find(JobKeys.Source.LOG_FORMAT);
                yield text == null ? null : LogFormats.of(text);
            }
            case JSON_LOG -> {
                Map<String, String> fields = source.find(JobKeys.Source.FIELDS);
                yield fields == null ? null : new JsonFormat(JsonFields.of(fields));
            }
            case PCAP, CAPTURE, SFLOW, KAFKA -> null;
        };
    }
}
