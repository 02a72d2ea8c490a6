package org.asntally.sources.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/** Reads packets that come one by one from elsewhere than a capture file. One thread. */
public final class LivePackets {
    /** Four bytes as this machine has them. */
    public static final VarHandle NATIVE_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    /** Eight bytes as this machine has them. */
    public static final VarHandle NATIVE_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final PacketReader packets;

    LivePackets(PacketReader packets) {
        this.packets = packets;
    }

    /**
     * Reads one packet.
     *
     * @param link the link layer, as LINKTYPE_ numbers it
     * @param millis its time, milliseconds since 1970-01-01 UTC
     * @param bytes holds what was captured in {@code [0, captured)}
     */
    public void read(
            int link,
            long millis,
            byte[] bytes,
            int captured,
            long wireLength,
            FlowBatchBuilder flows,
            BadPackets bad) {
        flows.time(millis);
        SkipReason reason = packets.read(link, bytes, 0, captured, wireLength, flows);
        if (reason != SkipReason.NONE) {
            flows.skip(reason);
            bad.badPacket(reason, bytes, 0, captured);
        }
    }
}
