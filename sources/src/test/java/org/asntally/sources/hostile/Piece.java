package org.asntally.sources.hostile;

import java.util.Map;
import org.asntally.sources.SkipReason;

/** A part of an input: a packet, datagram, record or line; and what it must give. */
final class Piece {
    private final byte[] bytes;
    private final long flows;
    private final Map<SkipReason, Long> skips;
    private final long others;

    /**
     * With all of it.
     *
     * @param bytes as it stands in the input
     * @param flows how many flows it gives
     * @param skips what is counted of it, by reason
     * @param others what is counted of it besides, whatever the reason
     */
    Piece(byte[] bytes, long flows, Map<SkipReason, Long> skips, long others) {
        this.bytes = bytes;
        this.flows = flows;
        this.skips = skips;
        this.others = others;
    }

    /** Gives flows, and nothing is skipped. */
    static Piece good(byte[] bytes, long flows) {
        return new Piece(bytes, flows, Map.of(), 0);
    }

    /** Gives no flow, for this reason. */
    static Piece bad(byte[] bytes, SkipReason reason) {
        return bad(bytes, reason, 1);
    }

    /** Gives no flow, for this reason so many times. */
    static Piece bad(byte[] bytes, SkipReason reason, long times) {
        return new Piece(bytes, 0, Map.of(reason, times), 0);
    }

    /** Gives no flow, for some reason. */
    static Piece bad(byte[] bytes) {
        return new Piece(bytes, 0, Map.of(), 1);
    }

    /** Says nothing of flows, and nothing that is wrong. */
    static Piece silent(byte[] bytes) {
        return good(bytes, 0);
    }

    byte[] bytes() {
        return bytes;
    }

    long flows() {
        return flows;
    }

    Map<SkipReason, Long> skips() {
        return skips;
    }

    long others() {
        return others;
    }
}
