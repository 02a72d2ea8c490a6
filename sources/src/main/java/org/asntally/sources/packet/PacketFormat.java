package org.asntally.sources.packet;

import org.asntally.sources.FlowFormat;

/** What the packets of a capture mean. Immutable. */
public interface PacketFormat extends FlowFormat {

    @Override
    default String units() {
        return "packets";
    }

    /** A new reader, for one thread and one input. */
    CaptureReader open();

    /** The same format, of which these packets count. */
    PacketFormat with(PacketFilter filter);
}
