package org.asntally.sources.text;

import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/**
 * Reads an address per line. A {@code #} begins a comment; blanks around the address do not count.
 */
final class AddressLines implements LineReader {
    private final AddressText addresses;

    AddressLines(ReaderOptions options) {
        addresses = new AddressText(options);
    }

    @Override
    public SkipReason read(byte[] text, int from, int to, FlowBatchBuilder flows) {
        return readAddress(text, from, to, flows);
    }

    @Override
    public int readBlock(byte[] text, int from, int to, FlowBatchBuilder flows, BadLines badLines) {
        int at = from;
        while (at < to && !flows.isFull()) {
            long quad = DottedQuad.parse(text, at, to);
            int end = at + DottedQuad.length(quad);
            if (quad != 0 && end < to && text[end] == '\n') {
                flows.source4(DottedQuad.address(quad));
                flows.endFlow();
                at = end + 1;
            } else {
                at = readSlowly(text, at, to, flows, badLines);
            }
        }
        return Math.min(at, to);
    }

    private int readSlowly(
            byte[] text, int from, int to, FlowBatchBuilder flows, BadLines badLines) {
        int end = LineFeed.find(text, from, to);
        SkipReason reason = readAddress(text, from, end, flows);
        if (reason != SkipReason.NONE) {
            flows.skip(reason);
            if (reason != SkipReason.BLANK) {
                badLines.badLine(reason, text, from, end);
            }
        }
        return end + 1;
    }

    private SkipReason readAddress(byte[] text, int from, int to, FlowBatchBuilder flows) {
        int start = Blanks.skip(text, from, to);
        if (Comments.startsWithMark(text, start, to)) {
            start = Blanks.skip(text, start + Comments.MARK, to);
        }
        int end = Blanks.trim(text, start, Comments.cut(text, start, to));
        if (start == end) {
            return SkipReason.BLANK;
        }
        if (!addresses.source(text, start, end, flows)) {
            return AddressText.whyNot(text, start, end);
        }
        flows.endFlow();
        return SkipReason.NONE;
    }
}
