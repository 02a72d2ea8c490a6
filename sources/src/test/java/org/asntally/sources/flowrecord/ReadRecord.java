package org.asntally.sources.flowrecord;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.asntally.lookup.Address;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;

/** What one record gave, as text by column; and what was counted. */
public final class ReadRecord {

    static final long RECORD_MILLIS = 1_234_567;

    /** Everything that a flow record tells. */
    public static final Set<FlowColumn> COLUMNS =
            EnumSet.complementOf(
                    EnumSet.of(
                            FlowColumn.WEIGHT,
                            FlowColumn.STATUS,
                            FlowColumn.METHOD,
                            FlowColumn.PATH,
                            FlowColumn.AGENT,
                            FlowColumn.VHOST));

    final SkipReason reason;
    final Map<FlowColumn, String> flow = new TreeMap<>();
    final Map<SkipReason, Long> counted = new EnumMap<>(SkipReason.class);

    private ReadRecord(FlowRecordFormat format, byte[] record) {
        FlowBatchBuilder flows = new FlowBatchBuilder(COLUMNS);
        FlowRecordReader reader = new FlowRecordReader(format, flows);
        // What stands around a record is not read, and what was read before leaves no trace.
        byte[] around = new byte[record.length + 6];
        java.util.Arrays.fill(around, (byte) 0x96);
        System.arraycopy(record, 0, around, 3, record.length);
        reader.read(around, 1, around.length - 1, 5);
        flows.build();
        reason = reader.read(around, 3, 3 + record.length, RECORD_MILLIS);
        FlowBatch batch = flows.build();
        for (int i = 0; i < batch.skips(); i++) {
            counted.put(batch.skipReason(i), batch.skipCount(i));
        }
        if (batch.rows() != (reason == SkipReason.NONE ? 1 : 0)) {
            throw new AssertionError(batch.rows() + " flows for " + reason);
        }
        for (FlowColumn column : batch.rows() == 1 ? COLUMNS : EnumSet.noneOf(FlowColumn.class)) {
            flow.put(column, text(batch, column));
        }
        if (batch.rows() == 1
                && !String.valueOf(reader.timeMillis()).equals(flow.get(FlowColumn.TIME))) {
            throw new AssertionError("time " + reader.timeMillis());
        }
    }

    static ReadRecord of(FlowRecordFormat format, byte[] record) {
        return new ReadRecord(format, record);
    }

    static FlowRecordFormat format(FlowSchema schema, FlowFraming framing) {
        return new FlowRecordFormat(schema, framing, true, FlowSampling.usual());
    }

    static FlowRecordFormat auto() {
        return format(FlowSchema.AUTO, FlowFraming.AUTO);
    }

    private static String text(FlowBatch batch, FlowColumn column) {
        if (column.isAddress()) {
            int[] v4 = new int[1];
            long[] high = new long[1];
            long[] low = new long[1];
            if (batch.v4Count(column) == 1) {
                batch.v4(column, v4, 1);
                return Address.text4(v4[0]);
            }
            batch.v6(column, 0, high, low);
            return Address.text6(high[0], low[0]);
        }
        if (column.isText()) {
            return batch.texts(column) == 0
                    ? ""
                    : new String(
                            batch.bytes(),
                            batch.textStart(column, 0),
                            batch.textEnd(column, 0) - batch.textStart(column, 0),
                            java.nio.charset.StandardCharsets.UTF_8);
        }
        long[] number = new long[1];
        batch.longs(column, number);
        return String.valueOf(number[0]);
    }

    @Override
    public String toString() {
        return reason + " " + flow + " " + counted;
    }
}
