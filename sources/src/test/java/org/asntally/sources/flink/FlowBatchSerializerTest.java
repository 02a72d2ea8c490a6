package org.asntally.sources.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.junit.jupiter.api.Test;

class FlowBatchSerializerTest {
    private final FlowBatchSerializer serializer = FlowBatchSerializer.INSTANCE;

    @Test
    void readsAndCopiesWhatItWrote() throws IOException {
        FlowBatchBuilder builder = new FlowBatchBuilder(Set.of(FlowColumn.values()));
        DataOutputSerializer out = new DataOutputSerializer(16);
        for (int rows = 0; rows < 300; rows += 50) {
            for (int i = 0; i < rows; i++) {
                builder.time(i);
                builder.source4(i);
                builder.endFlow();
            }
            serializer.serialize(builder.build(), out);
        }
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        DataOutputSerializer copy = new DataOutputSerializer(16);
        for (int i = 0; i < 6; i++) {
            serializer.copy(in, copy);
        }

        assertThat(copy.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
        in = new DataInputDeserializer(copy.getCopyOfBuffer());
        for (int rows = 0; rows < 300; rows += 50) {
            FlowBatch batch = serializer.deserialize(in);
            long[] times = new long[rows];
            batch.longs(FlowColumn.TIME, times);
            assertThat(batch.rows()).isEqualTo(rows);
            assertThat(times).isSorted();
            assertThat(batch.v4Count(FlowColumn.SOURCE)).isEqualTo(rows);
        }
        assertThat(in.available()).isZero();
    }

    @Test
    void aBatchIsItsOwnCopy() {
        FlowBatch batch = serializer.createInstance();
        assertThat(serializer.copy(batch)).isSameAs(batch);
        assertThat(serializer.copy(batch, serializer.createInstance())).isSameAs(batch);
        assertThat(serializer.isImmutableType()).isTrue();
    }

    @Test
    void refusesLengthsAndBytesThatAreNoBatch() throws IOException {
        for (int length : new int[] {-1, 0, 19, (1 << 24) + 1, Integer.MAX_VALUE}) {
            DataOutputSerializer out = new DataOutputSerializer(16);
            out.writeInt(length);
            byte[] bytes = out.getCopyOfBuffer();
            assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(bytes)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("flow batch");
        }
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeInt(20);
        out.write(new byte[20]);
        byte[] bytes = out.getCopyOfBuffer();
        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void itsSnapshotTellsWhatItCanRead() throws IOException {
        TypeSerializerSnapshot<FlowBatch> now = serializer.snapshotConfiguration();

        FlowBatchSerializer.Snapshot same = restored(1, 1);
        assertThat(now.resolveSchemaCompatibility(same).isCompatibleAsIs()).isTrue();
        assertThat(same.restoreSerializer()).isEqualTo(serializer);
        FlowBatchSerializer.Snapshot newerLayout = restored(1, 2);
        assertThat(now.resolveSchemaCompatibility(newerLayout).isIncompatible()).isTrue();
        assertThatThrownBy(() -> restored(2, 1)).isInstanceOf(IOException.class);

        DataOutputSerializer out = new DataOutputSerializer(16);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, now);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        TypeSerializerSnapshot<FlowBatch> read =
                TypeSerializerSnapshot.readVersionedSnapshot(in, getClass().getClassLoader());
        assertThat(now.resolveSchemaCompatibility(read).isCompatibleAsIs()).isTrue();
    }

    private static FlowBatchSerializer.Snapshot restored(int version, int layout)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        out.writeInt(layout);
        FlowBatchSerializer.Snapshot snapshot = new FlowBatchSerializer.Snapshot();
        snapshot.readSnapshot(
                version,
                new DataInputDeserializer(out.getCopyOfBuffer()),
                FlowBatchSerializerTest.class.getClassLoader());
        return snapshot;
    }

    @Test
    void theTypeTravelsAndNeedsNoGenericSerializer() throws Exception {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        FlowBatchTypeInfo type = InstantiationUtil.clone(FlowBatchTypeInfo.INSTANCE);

        assertThat(type).isEqualTo(FlowBatchTypeInfo.INSTANCE).hasSameHashCodeAs(type);
        assertThat(type.createSerializer(config)).isEqualTo(serializer);
        assertThat(InstantiationUtil.clone(serializer)).isEqualTo(serializer);
    }
}
