package org.asntally.sources.text;

import java.io.Serializable;
import org.asntally.sources.FlowColumn;

/** What the lines of an input look like; readers are made from it. Immutable. */
public interface LineFormat extends Serializable {

    /** A new reader, for one thread and one input. */
    LineReader open(ReaderOptions options);

    /** How it is called in messages: {@code line}, {@code tuple}, {@code log (combined)}. */
    String label();

    /**
     * Whether its lines tell this of a flow. A time that is not told is the moment of reading;
     * other columns that are not told are 0.
     */
    boolean provides(FlowColumn column);

    /**
     * Whether the parts of a file may be read apart, each by a reader of its own. Not so where a
     * line needs those before it.
     */
    boolean divisible();
}
