package org.asntally.sinks;

import java.util.stream.LongStream;

/** Seeds of the property tests. */
public final class Seeds {

    private Seeds() {}

    /** The numbers 1 to 100. */
    public static LongStream hundred() {
        return LongStream.rangeClosed(1, 100);
    }
}
