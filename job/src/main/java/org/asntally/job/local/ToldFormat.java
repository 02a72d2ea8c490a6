package org.asntally.job.local;

import org.asntally.sources.FlowFormat;
import org.asntally.sources.files.FormatTeller;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.packet.PacketFilter;
import org.asntally.sources.text.Detection;
import org.asntally.sources.text.FormatDetector;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LogFormat;
import org.jspecify.annotations.Nullable;

/**
 * Tells the format of an input that the user named none for.
 *
 * @param isLog whether it is some log: which one is told, combined where nothing tells it
 * @param ones whether a line that is no tuple weighs 1, as a packet always does
 * @param filter which packets of captures count
 */
record ToldFormat(boolean isLog, boolean ones, PacketFilter filter) implements FormatTeller {

    private static final long serialVersionUID = 1;

    @Override
    public @Nullable FlowFormat tell(byte[] head, int length, boolean whole) {
        Detection detection = FormatDetector.detect(head, length, whole);
        FlowFormat format =
                switch (detection.verdict()) {
                    // Nothing tells it: read as address lines, the bad ones are told as such.
                    case TOLD, UNKNOWN -> detection.format();
                    case LATER, NO_TEXT -> null;
                };
        if (format instanceof LineFormat lines) {
            LineFormat log = isLog && !(lines instanceof LogFormat) ? LogFormat.COMBINED : lines;
            return ones ? new OneOrNumber(log) : log;
        }
        return isLog || !(format instanceof CaptureFormat capture) ? null : capture.with(filter);
    }
}
