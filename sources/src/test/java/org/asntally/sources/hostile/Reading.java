package org.asntally.sources.hostile;

import java.util.EnumSet;
import java.util.Set;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.SkipReason;
import org.asntally.sources.flowrecord.FlowFraming;
import org.asntally.sources.flowrecord.FlowRecordFormat;
import org.asntally.sources.flowrecord.FlowRecordReader;
import org.asntally.sources.flowrecord.FlowSampling;
import org.asntally.sources.flowrecord.FlowSchema;
import org.asntally.sources.flowrecord.ReadRecord;
import org.asntally.sources.packet.BadPackets;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.packet.CaptureReader;
import org.asntally.sources.sflow.Datagrams;
import org.asntally.sources.sflow.SflowDecoder;
import org.asntally.sources.sflow.SflowOptions;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LineReader;
import org.asntally.sources.text.ReaderOptions;

/** Reads whole inputs, every column wanted. */
interface Reading {

    /** Reads all of it; flows and skips go there. */
    void read(Input input, Told told);

    /** Every column that the format has; of one that has no say, all numbers and addresses. */
    private static Set<FlowColumn> columns(FlowFormat format) {
        Set<FlowColumn> all = EnumSet.noneOf(FlowColumn.class);
        for (FlowColumn column : FlowColumn.values()) {
            if (format.provides(column)) {
                all.add(column);
            }
        }
        return all;
    }

    /** A reader per capture, as sources have it. */
    static Reading captures() {
        FlowBatchBuilder flows = new FlowBatchBuilder(columns(CaptureFormat.PCAP));
        return (input, told) -> {
            CaptureReader reader = CaptureFormat.PCAP.open();
            byte[] bytes = input.bytes();
            for (int at = 0; at < bytes.length; ) {
                int next = reader.read(bytes, at, bytes.length, at, flows, BadPackets.UNHEARD);
                told.take(flows);
                if (next == at && reader.failure() != null) {
                    throw new IllegalStateException(reader.failure());
                }
                at = next;
            }
        };
    }

    /** A decoder per input, which begins without exporters, so that no number comes twice. */
    static Reading sflow() {
        FlowBatchBuilder flows = new FlowBatchBuilder(Datagrams.COLUMNS);
        flows.reserve(SflowDecoder.MOST_FLOWS);
        return (input, told) -> {
            SflowDecoder decoder = new SflowDecoder(SflowOptions.ALL);
            long millis = 1_772_366_400_000L;
            for (byte[] datagram : input.parts()) {
                SkipReason reason =
                        decoder.datagram(
                                datagram, 0, datagram.length, false, 0, 1, millis++, flows);
                if (reason != SkipReason.NONE) {
                    flows.skip(reason);
                }
                if (flows.isFull()) {
                    told.take(flows);
                }
            }
            told.take(flows);
        };
    }

    /** One reader of all records, as a topic has it. */
    static Reading records() {
        FlowBatchBuilder flows = new FlowBatchBuilder(ReadRecord.COLUMNS);
        FlowRecordReader reader =
                new FlowRecordReader(
                        new FlowRecordFormat(
                                FlowSchema.AUTO, FlowFraming.AUTO, true, FlowSampling.usual()),
                        flows);
        return (input, told) -> {
            for (byte[] record : input.parts()) {
                SkipReason reason = reader.read(record, 0, record.length, 1_772_366_400_000L);
                if (reason != SkipReason.NONE) {
                    flows.skip(reason);
                }
                if (flows.isFull()) {
                    told.take(flows);
                }
            }
            told.take(flows);
        };
    }

    /** One reader of all lines. */
    static Reading lines(LineFormat format) {
        FlowBatchBuilder flows = new FlowBatchBuilder(columns(format));
        LineReader reader = format.open(ReaderOptions.standard());
        return (input, told) -> {
            byte[] text = input.bytes();
            for (int at = 0; at < text.length; ) {
                at = reader.readBlock(text, at, text.length, flows);
                told.take(flows);
            }
        };
    }
}
