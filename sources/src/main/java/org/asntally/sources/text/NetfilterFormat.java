package org.asntally.sources.text;

import org.asntally.sources.FlowColumn;

/** Lines of netfilter's LOG target, and of nftables' {@code log}. */
public enum NetfilterFormat implements LineFormat {
    /** The only one. */
    INSTANCE;

    @Override
    public LineReader open(ReaderOptions options) {
        return new NetfilterLines(options);
    }

    @Override
    public String label() {
        return "log (netfilter)";
    }

    @Override
    public boolean provides(FlowColumn column) {
        return switch (column) {
            case SOURCE,
                    DESTINATION,
                    TIME,
                    PACKETS,
                    BYTES,
                    PROTOCOL,
                    SOURCE_PORT,
                    DESTINATION_PORT,
                    TCP_FLAGS,
                    TTL,
                    DSCP,
                    FRAGMENT,
                    INPUT_DESCRIPTION,
                    OUTPUT_DESCRIPTION ->
                    true;
            default -> false;
        };
    }

    @Override
    public boolean divisible() {
        return true;
    }
}
