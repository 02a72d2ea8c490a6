package org.asntally.sources.text;

import org.asntally.sources.FlowFormat;

/** What the lines of an input look like; readers are made from it. Immutable. */
public interface LineFormat extends FlowFormat {

    /** A new reader, for one thread and one input. */
    LineReader open(ReaderOptions options);

    /** Whether its lines may have a field of this name, for a {@link LogReading}. */
    default boolean hasField(String name) {
        return false;
    }
}
