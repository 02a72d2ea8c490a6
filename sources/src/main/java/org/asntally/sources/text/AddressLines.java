package org.asntally.sources.text;

import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/**
 * Reads an address per line. A {@code #} begins a comment; blanks around the address do not count.
 */
final class AddressLines implements LineReader {
    private final AddressText addresses;
    private final LinePrefix prefix;

    AddressLines(ReaderOptions options) {
        addresses = new AddressText(options);
        prefix = new LinePrefix(options);
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
                int next = readSlowly(text, at, to, flows, badLines);
                if (next < 0) {
                    return at;
                }
                at = next;
            }
        }
        return Math.min(at, to);
    }

    private int readSlowly(
            byte[] text, int from, int to, FlowBatchBuilder flows, BadLines badLines) {
        if (text[from] == '\n') {
            return LineReader.skipEmpty(text, from, to, flows);
        }
        int end = LineFeed.find(text, from, to);
        SkipReason reason = readAddress(text, from, end, flows);
        if (reason != SkipReason.NONE) {
            if (reason != SkipReason.BLANK) {
                if (badLines.endsFormat(text, from, to)) {
                    return -1;
                }
                badLines.badLine(reason, text, from, end);
            }
            flows.skip(reason);
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
            int behind = Blanks.skip(text, prefix.pass(text, start, end), end);
            if (behind == start || !addresses.source(text, behind, end, flows)) {
                return AddressText.whyNot(text, behind, end);
            }
        }
        flows.endFlow();
        return SkipReason.NONE;
    }
}
