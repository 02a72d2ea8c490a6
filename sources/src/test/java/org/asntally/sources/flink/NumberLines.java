package org.asntally.sources.flink;

import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LineReader;
import org.asntally.sources.text.ReaderOptions;

/** Each line a number, which becomes the flow's packets: so every line can be told apart. */
enum NumberLines implements LineFormat {
    WHOLE(false),
    DIVISIBLE(true);

    private final boolean divisible;

    NumberLines(boolean divisible) {
        this.divisible = divisible;
    }

    @Override
    public LineReader open(ReaderOptions options) {
        return NumberLines::read;
    }

    private static SkipReason read(byte[] text, int from, int to, FlowBatchBuilder flows) {
        int end = to > from && text[to - 1] == '\r' ? to - 1 : to;
        if (from == end || text[from] == '#') {
            return SkipReason.BLANK;
        }
        long number = 0;
        for (int i = from; i < end; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return SkipReason.BAD_SHAPE;
            }
            number = 10 * number + text[i] - '0';
        }
        flows.packets(number);
        flows.endFlow();
        return SkipReason.NONE;
    }

    @Override
    public String label() {
        return "numbers";
    }

    @Override
    public boolean provides(FlowColumn column) {
        return column == FlowColumn.PACKETS;
    }

    @Override
    public boolean divisible() {
        return divisible;
    }
}
