package org.asntally.sources.text;

import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/**
 * Reads one line into a flow. Neither logs nor throws, whatever the bytes; never reads outside of
 * its line; allocates nothing per line. One instance per thread and input: readers may remember the
 * line before (the last time stamp they parsed, the day, a packet of two lines).
 */
public interface LineReader {

    /**
     * Reads {@code text[from, to)}, a line without its line feed (a carriage return may end it),
     * sets what it found and ends the flow. The builder must not be full.
     *
     * @return {@link SkipReason#NONE} when a flow was ended, or when the line goes with its
     *     neighbours and there is nothing to count; else why not, and the caller counts it
     */
    SkipReason read(byte[] text, int from, int to, FlowBatchBuilder flows);

    /**
     * Reads whole lines, each ended by a line feed, until the end or until the builder is full, and
     * counts those that gave no flow in the builder.
     *
     * @param text holds nothing but whole lines in {@code [from, to)}
     * @return where it stopped: {@code to}, or the start of the next line
     */
    default int readBlock(
            byte[] text, int from, int to, FlowBatchBuilder flows, BadLines badLines) {
        int at = from;
        while (at < to && !flows.isFull()) {
            if (text[at] == '\n') {
                at = skipEmpty(text, at, to, flows);
                continue;
            }
            int end = LineFeed.find(text, at, to);
            SkipReason reason = read(text, at, end, flows);
            if (reason != SkipReason.NONE) {
                if (reason != SkipReason.BLANK) {
                    if (badLines.endsFormat(text, at, to)) {
                        return at;
                    }
                    badLines.badLine(reason, text, at, end);
                }
                flows.skip(reason);
            }
            at = end + 1;
        }
        return Math.min(at, to);
    }

    /** Counts lines with nothing on them, however many; where the next one begins that has. */
    static int skipEmpty(byte[] text, int from, int to, FlowBatchBuilder flows) {
        int at = LineFeed.skip(text, from, to);
        flows.skip(SkipReason.BLANK, at - from);
        return at;
    }

    /** {@link #readBlock(byte[], int, int, FlowBatchBuilder, BadLines)}, nobody listening. */
    default int readBlock(byte[] text, int from, int to, FlowBatchBuilder flows) {
        return readBlock(text, from, to, flows, BadLines.UNHEARD);
    }
}
