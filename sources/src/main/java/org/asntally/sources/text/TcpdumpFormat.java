package org.asntally.sources.text;

import org.asntally.sources.FlowColumn;

/** The text that tcpdump prints. Its lines need those before them: for the day, for {@code -v}. */
public enum TcpdumpFormat implements LineFormat {
    /** The only one. */
    INSTANCE;

    @Override
    public LineReader open(ReaderOptions options) {
        return new TcpdumpLines(options);
    }

    @Override
    public String label() {
        return "tcpdump";
    }

    @Override
    public boolean provides(FlowColumn column) {
        return column != FlowColumn.WEIGHT;
    }

    @Override
    public boolean divisible() {
        return false;
    }
}
