package org.asntally.sources.packet;

import org.asntally.sources.SkipReason;

/** Counts what a filter takes of a capture. */
public final class CaptureCount {
    private CaptureCount() {}

    /** How many packets; {@code refused} where the filter means nothing for their link layer. */
    public static String matches(byte[] capture, PacketFilter filter) {
        ReadCapture all = ReadCapture.of(capture, 1 << 18, filter);
        if (all.packets.contains(SkipReason.UNKNOWN_LINK.label())) {
            return "refused";
        }
        return String.valueOf(
                all.packets.stream().filter(p -> !p.equals(SkipReason.FILTERED.label())).count());
    }
}
