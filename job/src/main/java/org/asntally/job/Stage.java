package org.asntally.job;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The operators of the job, in the order of the picture:
 *
 * <pre>
 * source: web -----------------+
 * source: edge - decode: edge -+-> attribute -> tally -> (key group) -> window [-> (window) -> top]
 * rib -+-----------------------+ broadcast                              | +    -> result: report
 *      |                                                                | +--> late rows leave
 *      |                                                                |      as corrections
 *      +--------------------------------> [moves -> result: moves] <----+ all rows, to one task
 * </pre>
 */
public enum Stage {
    /** Turns outside bytes into flow batches, or records that wait to be decoded. */
    SOURCE("source"),
    /** Turns records into flow batches, where a source gives records of another kind. */
    DECODE("decode"),
    /** Tells which routing tables there are, and until when all are known. */
    RIB("rib"),
    /** Joins each flow with the table of its moment. */
    ATTRIBUTE("attribute"),
    /** Adds up locally. */
    TALLY("tally"),
    /** Merges and closes windows. */
    WINDOW("window"),
    /** Lets the highest rows of a window pass, where not all are wanted. */
    TOP("top"),
    /** Tells prefixes that move to another AS, with their traffic. */
    MOVES("moves"),
    /** Shows the rows. */
    RESULT("result");

    private final String word;

    Stage(String word) {
        this.word = word;
    }

    /**
     * The operator's name as Flink shows it: the stage, and the configured name where there are
     * several.
     */
    public String named(String name) {
        return name.isEmpty() ? word : word + ": " + name;
    }

    /**
     * The operator's uid: stage, name, and a fingerprint of what gives its state its meaning. State
     * of another meaning is then never restored into it.
     */
    public String uid(String name, String meaning) {
        CRC32 crc = new CRC32();
        crc.update(meaning.getBytes(StandardCharsets.UTF_8));
        return word + "/" + name + "/" + String.format("%08x", crc.getValue());
    }
}
