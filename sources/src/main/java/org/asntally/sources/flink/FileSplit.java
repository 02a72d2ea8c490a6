package org.asntally.sources.flink;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A part of an input, or what is left of it.
 *
 * @param ordinal the input's place in the list
 * @param name the input's name: a list that has changed is noticed by it
 * @param position the next byte to read, of what is unpacked
 * @param inLine whether this is (or may be) in the middle of a line that is not wanted
 * @param lastStart no line that begins after this byte is part of it
 */
public record FileSplit(int ordinal, String name, long position, boolean inLine, long lastStart)
        implements SourceSplit {

    @Override
    public String splitId() {
        return ordinal + "/" + lastStart;
    }
}
