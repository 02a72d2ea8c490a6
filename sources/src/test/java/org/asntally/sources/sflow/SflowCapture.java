package org.asntally.sources.sflow;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.packet.CaptureReader;
import org.asntally.sources.packet.FedCapture;
import org.asntally.sources.packet.PacketFilter;
import org.jspecify.annotations.Nullable;

/** All sFlow of a capture, read as the product does. */
final class SflowCapture {
    final List<String> flows = new ArrayList<>();
    final Map<SkipReason, Long> skips = new EnumMap<>(SkipReason.class);
    final List<SkipReason> badPackets = new ArrayList<>();
    @Nullable String failure;
    long packets;
    long bytes;

    /** Reads it in blocks of this many bytes. */
    static SflowCapture of(byte[] file, int block, SflowFormat format) {
        SflowCapture read = new SflowCapture();
        FlowBatchBuilder flows = new FlowBatchBuilder(Datagrams.COLUMNS);
        CaptureReader reader = format.open();
        FedCapture.read(
                reader,
                file,
                block,
                flows,
                (reason, bytes, start, end) -> read.badPackets.add(reason),
                () -> read.add(flows.build()));
        reader.end(flows);
        read.add(flows.build());
        read.failure = reader.failure();
        return read;
    }

    static SflowCapture of(byte[] file) {
        return of(file, 1 << 16, new SflowFormat(SflowOptions.ALL, PacketFilter.ALL));
    }

    private void add(FlowBatch batch) {
        for (int entry = 0; entry < batch.skips(); entry++) {
            skips.merge(batch.skipReason(entry), batch.skipCount(entry), Long::sum);
        }
        ReadDatagrams one = new ReadDatagrams();
        if (batch.rows() == 0) {
            return;
        }
        one.batches.add(batch);
        List<String> sources = one.addresses(FlowColumn.SOURCE);
        List<String> destinations = one.addresses(FlowColumn.DESTINATION);
        List<String> exporters = one.addresses(FlowColumn.EXPORTER);
        List<Long> times = one.numbers(FlowColumn.TIME);
        List<Long> rates = one.numbers(FlowColumn.SAMPLING_RATE);
        List<Long> lengths = one.numbers(FlowColumn.BYTES);
        for (int i = 0; i < batch.rows(); i++) {
            flows.add(
                    String.format(
                            "%d %s %s > %s %d x %d",
                            times.get(i),
                            exporters.get(i),
                            sources.get(i),
                            destinations.get(i),
                            rates.get(i),
                            lengths.get(i)));
        }
        packets += one.scaled(FlowColumn.PACKETS);
        bytes += one.scaled(FlowColumn.BYTES);
    }
}
