package org.asntally.sources.packet;

import java.util.List;
import org.asntally.sources.ExporterHealth;
import org.asntally.sources.FlowBatchBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads packets out of the bytes of a capture, block by block, as they come. One thread; memory
 * does not depend on what the capture says.
 *
 * <p>A record that is not whole yet is left for the next call, with more bytes behind it. A record
 * longer than {@link #KEPT} is read from as many bytes, and what is left of it is passed over.
 */
public final class CaptureReader {

    /** Bytes that a caller must be able to show at once. */
    public static final int KEPT = 1 << 17;

    private final PacketReader packets;
    private @Nullable CaptureRecords records;
    private @Nullable String failure;
    private long wantedFrom;
    private long lastStart = Long.MAX_VALUE;

    /** Reads packets as this one does. */
    public CaptureReader(PacketReader packets) {
        this.packets = packets;
    }

    /** No packet that begins after this byte of the capture is wanted. */
    public void endAt(long last) {
        lastStart = last;
    }

    /**
     * Goes on in the middle of a capture.
     *
     * @param head the capture's first bytes, of which {@code length} are there
     * @param position where the first packet that is wanted begins
     * @return where to read from: {@code position}, or 0 when all before it must be seen
     */
    public long goOn(byte[] head, int length, long position) {
        wantedFrom = position;
        if (length < PcapHeader.LENGTH || packets.remembers()) {
            return 0;
        }
        PcapHeader header = PcapHeader.of(head, 0);
        if (header == null) {
            return 0;
        }
        records = new PcapRecords(header, packets, position);
        return position;
    }

    /**
     * Reads from the beginning, and wants no packet whose record begins before {@code position}.
     *
     * @return where to read from: 0
     */
    public long passTo(long position) {
        wantedFrom = position;
        return 0;
    }

    /**
     * Reads on until the bytes end, the builder is full, or nothing more is wanted.
     *
     * @param bytes the capture in {@code [from, to)}, from where the last call stopped
     * @param position where {@code from} stands in the capture
     * @return where it stopped
     */
    public int read(
            byte[] bytes,
            int from,
            int to,
            long position,
            FlowBatchBuilder flows,
            BadPackets badPackets) {
        flows.reserve(packets.mostFlows());
        int at = from;
        CaptureRecords known = records;
        if (known == null) {
            if (to - from < CaptureFormat.HEAD) {
                return from;
            }
            if (Bytes.int32(bytes, from) == PcapngRecords.SECTION) {
                known = new PcapngRecords(packets, wantedFrom);
            } else {
                if (!PcapHeader.isMagic(Bytes.int32(bytes, from))) {
                    failure = "it is no capture: neither pcap nor pcapng begins like this";
                    return from;
                }
                if (to - from < PcapHeader.LENGTH) {
                    return from;
                }
                PcapHeader header = PcapHeader.of(bytes, from);
                if (header == null) {
                    return from;
                }
                known = new PcapRecords(header, packets, wantedFrom);
                at += PcapHeader.LENGTH;
            }
            records = known;
        }
        return known.read(bytes, at, to, position + at - from, lastStart, flows, badPackets);
    }

    /** No more of the capture comes: counts what can be told only now. */
    public void end(FlowBatchBuilder flows) {
        packets.end(flows);
    }

    /** What is known of the exporters whose flows the packets carry. */
    public List<ExporterHealth> exporters() {
        return packets.exporters();
    }

    /** Why nothing can be read any more; null when all is well. */
    public @Nullable String failure() {
        return records == null ? failure : records.failure();
    }

    /** Whether all that was wanted has been read. */
    public boolean isDone() {
        return records != null && records.isDone();
    }

    /** How many bytes behind the last read the next record begins. */
    public long passing() {
        return records == null ? 0 : records.passing();
    }

    /** Whether the last read stopped between two records, so that the capture may end here. */
    public boolean isWhole() {
        return records != null && records.passing() == 0;
    }
}
