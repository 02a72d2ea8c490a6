package org.asntally.sources.text;

import org.asntally.sources.SkipReason;

/** Hears of every line that gave no flow though something was on it; blank lines are not told. */
@FunctionalInterface
public interface BadLines {
    /** Hears nothing. */
    BadLines UNHEARD = (reason, text, from, to) -> {};

    /**
     * A line could not be read. The bytes are lent: to be copied when they are kept.
     *
     * @param text holds the line in {@code [from, to)}, without its line feed
     */
    void badLine(SkipReason reason, byte[] text, int from, int to);

    /**
     * Is asked, before a line is told as bad, whether from it on another format begins; a reader
     * then leaves the block before it.
     *
     * @param text holds the line and those behind it in {@code [from, to)}
     */
    default boolean endsFormat(byte[] text, int from, int to) {
        return false;
    }

    /** Lines are read in another format from here on. */
    default void otherFormat(LineFormat format) {}
}
