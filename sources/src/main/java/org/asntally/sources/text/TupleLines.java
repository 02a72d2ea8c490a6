package org.asntally.sources.text;

import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/**
 * Reads an address and a number per line, blanks between them. A {@code #} begins a comment. The
 * number is the flow's weight.
 */
final class TupleLines implements LineReader {
    private final AddressText addresses;
    private final PythonFloat number = new PythonFloat();
    private final LinePrefix prefix;

    TupleLines(ReaderOptions options) {
        addresses = new AddressText(options);
        prefix = new LinePrefix(options);
    }

    @Override
    public SkipReason read(byte[] text, int from, int to, FlowBatchBuilder flows) {
        int start = Blanks.skip(text, from, to);
        if (Comments.startsWithMark(text, start, to)) {
            start = Blanks.skip(text, start + Comments.MARK, to);
        }
        int end = Blanks.trim(text, start, Comments.cut(text, start, to));
        if (start == end) {
            return SkipReason.BLANK;
        }
        SkipReason reason = readTuple(text, start, end, flows);
        if (reason != SkipReason.NONE) {
            int behind = Blanks.skip(text, prefix.pass(text, start, end), end);
            return behind > start ? readTuple(text, behind, end, flows) : reason;
        }
        return reason;
    }

    private SkipReason readTuple(byte[] text, int start, int end, FlowBatchBuilder flows) {
        int endOfAddress = Blanks.find(text, start, end);
        if (endOfAddress == end) {
            return SkipReason.BAD_SHAPE;
        }
        long quad = DottedQuad.parse(text, start, endOfAddress);
        if (quad != 0 && DottedQuad.length(quad) == endOfAddress - start) {
            flows.source4(DottedQuad.address(quad));
        } else if (!addresses.source(text, start, endOfAddress, flows)) {
            return AddressText.whyNot(text, start, endOfAddress);
        }
        if (!number.parse(text, Blanks.skip(text, endOfAddress, end), end)) {
            return SkipReason.BAD_NUMBER;
        }
        flows.weight(number.value());
        flows.endFlow();
        return SkipReason.NONE;
    }
}
