package org.asntally.sources.text;

import org.asntally.sources.FlowColumn;

/** The formats that need no further description. */
public enum PlainFormat implements LineFormat {
    /** An address per line. */
    LINE("line"),
    /** An address and a number per line. */
    TUPLE("tuple");

    private final String label;

    PlainFormat(String label) {
        this.label = label;
    }

    @Override
    public LineReader open(ReaderOptions options) {
        return switch (this) {
            case LINE -> new AddressLines(options);
            case TUPLE -> new TupleLines(options);
        };
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public boolean provides(FlowColumn column) {
        return switch (column) {
            case SOURCE -> true;
            case WEIGHT -> this == TUPLE;
            default -> false;
        };
    }

    @Override
    public boolean divisible() {
        return true;
    }
}
