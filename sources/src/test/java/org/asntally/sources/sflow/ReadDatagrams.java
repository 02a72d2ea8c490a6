package org.asntally.sources.sflow;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.asntally.lookup.Address;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;

/** Gives datagrams to a decoder, and keeps what comes out. */
final class ReadDatagrams {
    final SflowDecoder decoder;
    final FlowBatchBuilder flows = new FlowBatchBuilder(Datagrams.COLUMNS);
    final Map<SkipReason, Long> skips = new EnumMap<>(SkipReason.class);
    final List<FlowBatch> batches = new ArrayList<>();
    long millis = 1_772_366_400_000L;

    ReadDatagrams(SflowOptions options) {
        decoder = new SflowDecoder(options);
    }

    ReadDatagrams() {
        this(SflowOptions.ALL);
    }

    /** One datagram; gives why it was not read whole. */
    SkipReason read(byte[] datagram) {
        return read(datagram, 0xcb007101L);
    }

    SkipReason read(byte[] datagram, long sender) {
        SkipReason reason =
                decoder.datagram(datagram, 0, datagram.length, false, 0, sender, millis, flows);
        if (reason != SkipReason.NONE) {
            flows.skip(reason);
        }
        take();
        return reason;
    }

    void end() {
        decoder.sequences().end(flows);
        take();
    }

    private void take() {
        FlowBatch batch = flows.build();
        for (int entry = 0; entry < batch.skips(); entry++) {
            skips.merge(batch.skipReason(entry), batch.skipCount(entry), Long::sum);
        }
        if (batch.rows() > 0) {
            batches.add(batch);
        }
    }

    int rows() {
        return batches.stream().mapToInt(FlowBatch::rows).sum();
    }

    /** All values of a column, in their order. */
    List<Long> numbers(FlowColumn column) {
        List<Long> all = new ArrayList<>();
        for (FlowBatch batch : batches) {
            long[] values = new long[batch.rows()];
            batch.longs(column, values);
            for (long value : values) {
                all.add(value);
            }
        }
        return all;
    }

    /** The sum of packets or bytes, scaled. */
    long scaled(FlowColumn column) {
        long sum = 0;
        for (FlowBatch batch : batches) {
            long[] values = new long[batch.rows()];
            batch.scaled(column, values, new long[batch.rows()]);
            for (long value : values) {
                sum = Math.addExact(sum, value);
            }
        }
        return sum;
    }

    /** All addresses of a column, as text. */
    List<String> addresses(FlowColumn column) {
        List<String> all = new ArrayList<>();
        for (FlowBatch batch : batches) {
            int count4 = batch.v4Count(column);
            int[] v4 = new int[count4];
            long[] high = new long[batch.rows() - count4];
            long[] low = new long[batch.rows() - count4];
            long[] families = new long[(batch.rows() + 63) / 64];
            batch.v4(column, v4, count4);
            batch.v6(column, count4, high, low);
            batch.families(column, families);
            int at4 = 0;
            int at6 = 0;
            for (int row = 0; row < batch.rows(); row++) {
                if ((families[row >>> 6] >>> row & 1) != 0) {
                    all.add(Address.text6(high[at6], low[at6++]));
                } else {
                    all.add(Address.text4(v4[at4++]));
                }
            }
        }
        return all;
    }
}
