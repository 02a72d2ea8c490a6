package org.asntally.sources.text;

import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/**
 * Reads one line into a flow. Neither logs nor throws, whatever the bytes; never reads outside of
 * its line; allocates nothing per line. One instance per thread: readers may remember the line
 * before (the last time stamp they parsed, the day).
 */
public interface LineReader {

    /**
     * Reads {@code text[from, to)}, a line without its line feed (a carriage return may end it),
     * sets what it found and ends the flow.
     *
     * @return {@link SkipReason#NONE} when a flow was ended, else why not; the caller counts it
     */
    SkipReason read(byte[] text, int from, int to, FlowBatchBuilder flows);
}
