package org.asntally.sinks;

import java.io.Serializable;
import java.util.List;

/**
 * What a report says about its input.
 *
 * @param names files and the like as the user named them
 * @param format the format that was read or told
 */
public record InputFacts(List<String> names, String format) implements Serializable {

    /** An unmodifiable copy. */
    public InputFacts {
        names = List.copyOf(names);
    }
}
