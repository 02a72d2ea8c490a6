package org.asntally.sources.packet;

/** Says of packets of one link layer whether they count. One thread. */
@FunctionalInterface
public interface PacketMatch {
    /**
     * Looks at a packet.
     *
     * @param bytes holds what was captured in {@code [from, to)}
     * @param wireLength how long it was on the wire, in bytes
     */
    boolean matches(byte[] bytes, int from, int to, long wireLength);
}
