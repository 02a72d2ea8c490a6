package org.asntally.job.local;

import org.asntally.job.local.CountRequest.InputFormat;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.files.ChangingFormat;
import org.asntally.sources.files.FormatTeller;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.packet.PacketFilter;
import org.asntally.sources.sflow.SflowFormat;
import org.asntally.sources.sflow.SflowOptions;
import org.asntally.sources.text.Detection;
import org.asntally.sources.text.Detection.Verdict;
import org.asntally.sources.text.FormatDetector;
import org.asntally.sources.text.JsonFields;
import org.asntally.sources.text.JsonFormat;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LogFormat;
import org.asntally.sources.text.NetfilterFormat;
import org.jspecify.annotations.Nullable;

/**
 * Tells the format of an input that the user named none for.
 *
 * @param wanted LOG: some log, which one is told, combined where nothing tells it; JSON_LOG: a log
 *     in JSON, whose fields are told; else anything
 * @param ones whether a line that is no tuple weighs 1, as a packet always does
 * @param again whether it is told again where it changes
 * @param filter which packets of captures count
 * @param sflow how a capture that holds nothing but sFlow is read; null: as any other. For files:
 *     the beginning of a stream may hold any number of packets
 */
public record ToldFormat(
        InputFormat wanted,
        boolean ones,
        boolean again,
        PacketFilter filter,
        @Nullable SflowOptions sflow)
        implements FormatTeller {

    private static final long serialVersionUID = 1;

    /** Captures are packets, whatever they hold. */
    public ToldFormat(InputFormat wanted, boolean ones, boolean again, PacketFilter filter) {
        this(wanted, ones, again, filter, null);
    }

    @Override
    public @Nullable FlowFormat tell(byte[] head, int length, boolean whole) {
        Detection detection = FormatDetector.detect(head, length, whole);
        FlowFormat format =
                switch (detection.verdict()) {
                    // Nothing tells it: read as address lines, the bad ones are told as such.
                    case TOLD, UNKNOWN -> detection.format();
                    case LATER, NO_TEXT -> null;
                };
        if (format instanceof JsonFormat && detection.verdict() != Verdict.TOLD) {
            // Objects, but nothing says where their client is.
            return null;
        }
        if (format instanceof LineFormat lines) {
            LineFormat chosen = chosen(lines);
            LineFormat weighed = ones ? new OneOrNumber(chosen) : chosen;
            return again
                    ? new ChangingFormat(weighed, new ToldFormat(wanted, ones, false, filter))
                    : weighed;
        }
        if (wanted != InputFormat.AUTO || !(format instanceof CaptureFormat capture)) {
            return null;
        }
        return sflow != null && SflowFormat.isSflow(head, length)
                ? new SflowFormat(sflow, filter)
                : capture.with(filter);
    }

    private LineFormat chosen(LineFormat told) {
        boolean json = told instanceof JsonFormat;
        return switch (wanted) {
            case LOG ->
                    json || told instanceof LogFormat || told == NetfilterFormat.INSTANCE
                            ? told
                            : LogFormat.COMBINED;
            case JSON_LOG -> json ? told : new JsonFormat(JsonFields.ANY);
            default -> told;
        };
    }
}
