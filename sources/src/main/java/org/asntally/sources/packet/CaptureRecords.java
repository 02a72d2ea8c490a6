package org.asntally.sources.packet;

import java.util.Set;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/** The records of a capture: packets, and what is said about them. */
abstract class CaptureRecords {

    private @Nullable FlowBatchBuilder past;
    private long passing;
    private boolean done;
    private @Nullable String failure;

    /**
     * Reads whole records until the builder is full.
     *
     * @param position where {@code from} stands in the capture
     * @param lastStart no packet that begins after this is wanted
     * @return where it stopped
     */
    final int read(
            byte[] bytes,
            int from,
            int to,
            long position,
            long lastStart,
            FlowBatchBuilder flows,
            BadPackets badPackets) {
        int at = from;
        if (passing > 0) {
            int step = (int) Math.min(passing, to - from);
            passing -= step;
            at += step;
        }
        if (passing > 0 || failure != null) {
            return at;
        }
        return readRecords(bytes, at, to, position + at - from, lastStart, flows, badPackets);
    }

    abstract int readRecords(
            byte[] bytes,
            int from,
            int to,
            long position,
            long lastStart,
            FlowBatchBuilder flows,
            BadPackets badPackets);

    /** Passes over a record, as far as it is here; gives where to go on. */
    final int pass(int at, long length, int to) {
        if (length <= to - at) {
            return at + (int) length;
        }
        passing = length - (to - at);
        return to;
    }

    /** Takes what a reader that remembers makes of packets that count already. */
    final FlowBatchBuilder past(PacketReader packets) {
        FlowBatchBuilder into = past;
        if (into == null) {
            into = new FlowBatchBuilder(Set.of(FlowColumn.TIME));
            into.reserve(packets.mostFlows());
            past = into;
        }
        if (into.isFull()) {
            into.build();
        }
        return into;
    }

    final void done() {
        done = true;
    }

    final void fail(String why) {
        failure = why;
    }

    final @Nullable String failure() {
        return failure;
    }

    final boolean isDone() {
        return done;
    }

    /** How many bytes of the last record are still to come. */
    final long passing() {
        return passing;
    }
}
