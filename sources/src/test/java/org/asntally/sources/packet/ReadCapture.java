package org.asntally.sources.packet;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.asntally.lookup.Address;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * All packets of a capture, in its order, each as {@code source > destination} or the reason why it
 * is none.
 */
final class ReadCapture {
    static final EnumSet<FlowColumn> ALL =
            EnumSet.of(
                    FlowColumn.TIME,
                    FlowColumn.SOURCE,
                    FlowColumn.DESTINATION,
                    FlowColumn.PACKETS,
                    FlowColumn.BYTES,
                    FlowColumn.WEIGHT,
                    FlowColumn.PROTOCOL,
                    FlowColumn.SOURCE_PORT,
                    FlowColumn.DESTINATION_PORT,
                    FlowColumn.TCP_FLAGS,
                    FlowColumn.TTL,
                    FlowColumn.DSCP,
                    FlowColumn.ECN,
                    FlowColumn.FRAGMENT);

    final List<String> packets = new ArrayList<>();
    final List<Integer> links = new ArrayList<>();
    final List<FlowBatch> flows = new ArrayList<>();
    @Nullable String failure;
    boolean whole;
    private int link;

    /** Reads it in blocks of this many bytes. */
    static ReadCapture of(byte[] file, int block) {
        return of(file, block, PacketFilter.ALL);
    }

    static ReadCapture of(byte[] file, int block, PacketFilter filter) {
        ReadCapture read = new ReadCapture();
        FlowBatchBuilder flows = new FlowBatchBuilder(ALL);
        IpPackets packets = new IpPackets(filter);
        CaptureReader reader =
                new CaptureReader(
                        (link, bytes, from, to, wire, builder) -> {
                            SkipReason reason = packets.read(link, bytes, from, to, wire, builder);
                            read.link = link;
                            if (reason == SkipReason.NONE) {
                                read.add(builder.build());
                            }
                            return reason;
                        });
        boolean all = FedCapture.read(reader, file, block, flows, read::skip, flows::build);
        read.failure = reader.failure();
        read.whole = all && reader.isWhole();
        return read;
    }

    private void skip(SkipReason reason, byte[] bytes, int from, int to) {
        packets.add(reason.label());
        links.add(link);
    }

    private void add(FlowBatch batch) {
        flows.add(batch);
        links.add(link);
        packets.add(text(batch, FlowColumn.SOURCE) + " > " + text(batch, FlowColumn.DESTINATION));
    }

    private static String text(FlowBatch batch, FlowColumn column) {
        int v4 = batch.v4Count(column);
        if (v4 == 1) {
            int[] address = new int[1];
            batch.v4(column, address, 1);
            return Address.text4(address[0]);
        }
        long[] high = new long[1];
        long[] low = new long[1];
        batch.v6(column, 0, high, low);
        return Address.text6(high[0], low[0]);
    }

    /** A number of the flow at this place among those that there are. */
    long number(int flow, FlowColumn column) {
        long[] values = new long[1];
        flows.get(flow).longs(column, values);
        return values[0];
    }
}
