package org.asntally.sources.packet;

import org.asntally.sources.SkipReason;

/** Hears of every packet that gave no flow. */
@FunctionalInterface
public interface BadPackets {
    /** Hears nothing. */
    BadPackets UNHEARD = (reason, bytes, from, to) -> {};

    /**
     * A packet gave no flow. The bytes are lent: to be copied when they are kept.
     *
     * @param bytes holds what was captured of it in {@code [from, to)}
     */
    void badPacket(SkipReason reason, byte[] bytes, int from, int to);
}
