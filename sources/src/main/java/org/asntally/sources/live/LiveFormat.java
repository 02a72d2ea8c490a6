package org.asntally.sources.live;

import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.packet.CaptureFormat;

/**
 * Packets of an interface, as they come.
 *
 * @param filter in the words of pcap-filter(7), for the kernel; empty for all
 */
public record LiveFormat(String filter) implements FlowFormat {

    private static final long serialVersionUID = 1;

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
