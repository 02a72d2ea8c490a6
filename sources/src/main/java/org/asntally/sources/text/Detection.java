package org.asntally.sources.text;

import org.asntally.sources.FlowFormat;

/**
 * What the head of an input is.
 *
 * @param verdict how sure that is
 * @param format how to read it; where it cannot be read as text, or nothing can be told, address
 *     lines, which skip what they cannot read
 * @param reason what was seen, for a message: {@code "3 of 4 lines"}, {@code "a pcap file"}
 */
public record Detection(Verdict verdict, FlowFormat format, String reason) {

    /** How sure a detection is. */
    public enum Verdict {
        /** The lines have the shape of the format. */
        TOLD,
        /** Nothing on the lines tells a format. */
        UNKNOWN,
        /** Something that is known, but not read by this version. */
        LATER,
        /** No text that could have lines. */
        NO_TEXT
    }
}
