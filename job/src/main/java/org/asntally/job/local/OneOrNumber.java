package org.asntally.job.local;

import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LineReader;
import org.asntally.sources.text.PlainFormat;
import org.asntally.sources.text.ReaderOptions;

/**
 * A format whose flows weigh 1 each unless they are tuples: where tuples and other lines are
 * counted together, or it is not known before the first line which of them come.
 */
record OneOrNumber(LineFormat format) implements LineFormat {

    private static final long serialVersionUID = 1;

    @Override
    public LineReader open(ReaderOptions options) {
        return format == PlainFormat.TUPLE
                ? format.open(options)
                : new Ones(format.open(options.with(options.logs().withoutWeight())));
    }

    @Override
    public String label() {
        return format.label();
    }

    @Override
    public boolean provides(FlowColumn column) {
        return column == FlowColumn.WEIGHT || format.provides(column);
    }

    @Override
    public boolean hasField(String name) {
        return format.hasField(name);
    }

    @Override
    public boolean divisible() {
        return format.divisible();
    }

    private record Ones(LineReader reader) implements LineReader {
        @Override
        public SkipReason read(byte[] text, int from, int to, FlowBatchBuilder flows) {
            flows.weight(1);
            return reader.read(text, from, to, flows);
        }
    }
}
