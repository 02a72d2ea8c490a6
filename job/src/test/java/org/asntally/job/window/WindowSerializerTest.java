package org.asntally.job.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.asntally.job.Sums;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.WindowTally;
import org.junit.jupiter.api.Test;

class WindowSerializerTest {

    private static RowChunk chunk() {
        RowChunk chunk = new RowChunk(new TallyRows(1, 4));
        merge(chunk, 1);
        return chunk;
    }

    /** Some hundred keys; the second time round half of them are known. */
    private static int merge(RowChunk chunk, int from) {
        TallyRows rows = WindowHarness.crowded(new SplittableRandom(1), 0, 9, 300, from).rows();
        int fresh = 0;
        for (int row = 0; row < rows.size(); row++) {
            fresh += chunk.merge(rows, row, rows.hash(row));
        }
        return fresh;
    }

    private static Object text(RowChunk chunk) {
        return new Sums(1).add(0, chunk.rows()).asText();
    }

    @Test
    void aChunkComesBackAndGoesOnMerging() throws Exception {
        RowChunk chunk = chunk();
        RowChunkSerializer serializer = new RowChunkSerializer();
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(chunk, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        RowChunk back = serializer.duplicate().deserialize(in);
        assertThat(in.available()).isZero();
        assertThat(text(back)).isEqualTo(text(chunk));
        assertThat(merge(back, 1)).isZero();
        assertThat(merge(chunk, 1)).isZero();
        assertThat(text(back)).isEqualTo(text(chunk));
        DataOutputSerializer copied = new DataOutputSerializer(16);
        serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
        assertThat(copied.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
    }

    @Test
    void aCopyOfAChunkIsItsOwn() {
        RowChunk chunk = chunk();
        Object before = text(chunk);
        RowChunk copy = new RowChunkSerializer().copy(chunk);
        assertThat(merge(chunk, 20_000)).isPositive();
        assertThat(merge(chunk, 1)).isZero();
        assertThat(text(copy)).isEqualTo(before);
        assertThat(merge(copy, 1)).isZero();
    }

    @Test
    void aNamespaceTakesTwelveBytes() throws Exception {
        WindowBucket.Serializer serializer = new WindowBucket.Serializer();
        for (WindowBucket bucket :
                new WindowBucket[] {
                    new WindowBucket(WindowTally.WHOLE_START, 0), new WindowBucket(-1, 1 << 20)
                }) {
            DataOutputSerializer out = new DataOutputSerializer(16);
            serializer.serialize(bucket, out);
            assertThat(out.length()).isEqualTo(serializer.getLength()).isEqualTo(12);
            DataOutputSerializer copied = new DataOutputSerializer(16);
            serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
            assertThat(serializer.deserialize(new DataInputDeserializer(copied.getCopyOfBuffer())))
                    .isEqualTo(bucket);
        }
    }

    @Test
    void whatASavepointSaysOfASerializerGivesItBack() throws Exception {
        assertRestores(new RowChunkSerializer());
        assertRestores(new WindowBucket.Serializer());
    }

    private static <T> void assertRestores(TypeSerializer<T> serializer) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
                out, serializer.snapshotConfiguration());
        TypeSerializerSnapshot<T> snapshot =
                TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        WindowSerializerTest.class.getClassLoader());
        assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
    }
}
