package org.asntally.job.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.asntally.job.Sums;
import org.asntally.sinks.ExactSum;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.WindowTally;
import org.junit.jupiter.api.Test;

class TallyBatchSerializerTest {

    private static TallyBatch batch() {
        TallyRows rows = new TallyRows(2, 1);
        for (int i = 0; i < 300; i++) {
            int tag = TallyRows.tag(KeyKind.ASN, Side.DESTINATION, false, 0);
            int row = rows.append(tag, Long.MIN_VALUE, 0, 0, -i, Long.MAX_VALUE - i);
            rows.add(row, 0, i * 1_000_000_007L);
            ExactSum sum = new ExactSum();
            sum.add(0.1 * i);
            rows.add(row, 1, sum);
        }
        rows.name(7, "T\u00fcst\t\u20ac".getBytes(StandardCharsets.UTF_8));
        return new TallyBatch(-5, WindowTally.WHOLE_START, rows);
    }

    @Test
    void aBatchComesBackWithItsKeyWindowAndRows() throws Exception {
        TallyBatch batch = batch();
        TallyBatchSerializer serializer = new TallyBatchSerializer();
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(batch, out);
        DataOutputSerializer copied = new DataOutputSerializer(16);
        serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
        for (byte[] bytes : new byte[][] {out.getCopyOfBuffer(), copied.getCopyOfBuffer()}) {
            DataInputDeserializer in = new DataInputDeserializer(bytes);
            TallyBatch back = serializer.duplicate().deserialize(in);
            assertThat(in.available()).isZero();
            assertThat(back.key()).isEqualTo(-5);
            assertThat(back.windowStart()).isEqualTo(WindowTally.WHOLE_START);
            assertThat(new Sums(2).add(0, back.rows()).asText())
                    .isEqualTo(new Sums(2).add(0, batch.rows()).asText());
            assertThat(back.rows().name(7)).isEqualTo(batch.rows().name(7));
            assertThat(back.rows().name(8)).isNull();
        }
    }

    @Test
    void whatASavepointSaysOfTheSerializerGivesItBack() throws Exception {
        TallyBatchSerializer serializer = new TallyBatchSerializer();
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
                out, serializer.snapshotConfiguration());
        TypeSerializerSnapshot<TallyBatch> snapshot =
                TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        TallyBatchSerializerTest.class.getClassLoader());
        assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
    }
}
