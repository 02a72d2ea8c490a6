package org.asntally.sources;

import java.io.Serializable;

/**
 * What the bytes of an input hold: lines of some shape, or packets. What reads them is made from
 * it. Immutable.
 */
public interface FlowFormat extends Serializable {

    /** How it is called in messages: {@code line}, {@code log (combined)}, {@code pcap}. */
    String label();

    /** What is read one by one, of which some give flows: {@code lines}, {@code packets}. */
    default String units() {
        return "lines";
    }

    /**
     * Whether it tells this of a flow. A time that is not told is the moment of reading; other
     * columns that are not told are 0.
     */
    boolean provides(FlowColumn column);

    /**
     * Whether the parts of a file may be read apart, each by a reader of its own. Not so where a
     * part needs what stands before it.
     */
    boolean divisible();
}
