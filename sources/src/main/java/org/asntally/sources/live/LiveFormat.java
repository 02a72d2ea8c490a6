package org.asntally.sources.live;

import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.packet.CaptureFormat;

/**
 * Packets of an interface, as they come.
 *
 * @param filter in the words of pcap-filter(7), for the kernel; empty for all
 * @param snapLength how many bytes of each packet are captured; its headers are all that is read
 * @param promiscuous whether packets for other hosts are captured too
 * @param buffer what the kernel holds of packets, in bytes
 * @param patient whether an interface that is not there, or goes away, is tried again; else that is
 *     its end
 */
public record LiveFormat(
        String filter, int snapLength, boolean promiscuous, int buffer, boolean patient)
        implements FlowFormat {

    private static final long serialVersionUID = 1;

    private static final int SNAP_LENGTH = 512;
    private static final int BUFFER = 32 << 20;

    /** As {@code count} captures: until the interface goes away. */
    public LiveFormat(String filter) {
        this(filter, SNAP_LENGTH, true, BUFFER, false);
    }

    @Override
    public String units() {
        return "packets";
    }

    @Override
    public String label() {
        return "live capture";
    }

    @Override
    public boolean provides(FlowColumn column) {
        return CaptureFormat.PCAP.provides(column);
    }

    @Override
    public boolean divisible() {
        return false;
    }
}
