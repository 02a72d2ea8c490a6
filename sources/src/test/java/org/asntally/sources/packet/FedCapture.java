package org.asntally.sources.packet;

import org.asntally.sources.FlowBatchBuilder;

/** Gives a capture to a reader block by block, as files and pipes do. */
public final class FedCapture {

    private FedCapture() {}

    /**
     * Reads until the end or a failure.
     *
     * @param full takes what the builder holds
     * @return whether all bytes were read
     */
    public static boolean read(
            CaptureReader reader,
            byte[] file,
            int block,
            FlowBatchBuilder flows,
            BadPackets bad,
            Runnable full) {
        byte[] kept = new byte[CaptureReader.KEPT + block];
        int from = 0;
        int to = 0;
        int given = 0;
        long position = 0;
        while (reader.failure() == null) {
            int at = reader.read(kept, from, to, position, flows, bad);
            position += at - from;
            from = at;
            if (flows.isFull()) {
                full.run();
                continue;
            }
            if (given == file.length) {
                break;
            }
            System.arraycopy(kept, from, kept, 0, to - from);
            to -= from;
            from = 0;
            int n = Math.min(Math.min(block, kept.length - to), file.length - given);
            System.arraycopy(file, given, kept, to, n);
            given += n;
            to += n;
        }
        return from == to;
    }
}
