package org.asntally.sources.packet;

import java.util.List;
import org.asntally.sources.ExporterHealth;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/** Makes flows of the packets of a capture. One thread. */
public interface PacketReader {

    /**
     * Reads one packet, whose time is set already, and ends the flows that it gives.
     *
     * @param link the link layer, as LINKTYPE_ numbers it
     * @param bytes holds what was captured in {@code [from, to)}; perhaps less than the packet was
     * @param wireLength how long the packet was on the wire, in bytes
     * @return why it gave no flow, for the caller to count, or {@link SkipReason#NONE}
     */
    SkipReason read(
            int link, byte[] bytes, int from, int to, long wireLength, FlowBatchBuilder flows);

    /** No packet gives more flows. */
    default int mostFlows() {
        return 1;
    }

    /**
     * Whether what a packet gives depends on those before it. Who reads on in the middle shows them
     * again then; what they give counts already.
     */
    default boolean remembers() {
        return false;
    }

    /** No more packets come: counts what can be told only now. */
    default void end(FlowBatchBuilder flows) {}

    /** What is known of the exporters whose flows the packets carry. */
    default List<ExporterHealth> exporters() {
        return List.of();
    }
}
