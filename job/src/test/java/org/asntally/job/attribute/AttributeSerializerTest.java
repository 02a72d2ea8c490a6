package org.asntally.job.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeSerializerTest {

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1_790_000_000_000L, Long.MAX_VALUE})
    void aMessageComesBackEqual(long time) throws Exception {
        RibMessageSerializer serializer = new RibMessageSerializer();
        for (RibMessage message :
                new RibMessage[] {
                    RibMessage.knownUntil(time),
                    RibMessage.version(new RibVersion("00ff".repeat(16), time, "")),
                    RibMessage.version(new RibVersion("00ff".repeat(16), time, "/var/t\u00fc/rib"))
                }) {
            DataOutputSerializer out = new DataOutputSerializer(16);
            serializer.serialize(message, out);
            serializer.serialize(message, out);
            DataOutputSerializer copied = new DataOutputSerializer(16);
            serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
            DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
            assertThat(serializer.deserialize(in)).isEqualTo(message);
            assertThat(serializer.deserialize(in)).isEqualTo(message);
            assertThat(in.available()).isZero();
            assertThat(copied.length()).isEqualTo(out.length() / 2);
        }
    }

    @Test
    void aPartOfATableComesBackByteForByte() throws Exception {
        RibMessageSerializer serializer = new RibMessageSerializer();
        RibMessage message =
                RibMessage.chunk(
                        new RibChunk("00ff".repeat(16), -5, 2, 3, new byte[] {1, 0, -1, 127}));
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(message, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        RibMessage back = serializer.deserialize(in);
        assertThat(in.available()).isZero();
        assertThat(back.version()).isNull();
        assertThat(back.knownUntil()).isEqualTo(Long.MIN_VALUE);
        assertThat(back.chunk()).usingRecursiveComparison().isEqualTo(message.chunk());
    }

    @Test
    void aWaitingBatchComesBackWithItsSource() throws Exception {
        HeldBatchSerializer serializer = new HeldBatchSerializer();
        HeldBatch batch = new HeldBatch(61, AttributeHarness.batch(1, 2, 1L << 50), 77, 1L << 49);
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(batch, out);
        serializer.duplicate().serialize(batch, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        for (int i = 0; i < 2; i++) {
            HeldBatch back = serializer.deserialize(in);
            assertThat(back.source()).isEqualTo(61);
            assertThat(back.from()).isEqualTo(77);
            assertThat(back.before()).isEqualTo(1L << 49);
            assertThat(back.flows().bytes()).isEqualTo(batch.flows().bytes());
        }
        assertThat(in.available()).isZero();
    }

    @Test
    void whatASavepointSaysOfASerializerGivesItBack() throws Exception {
        assertRestores(new RibMessageSerializer());
        assertRestores(new HeldBatchSerializer());
        assertRestores(new AttributedBatchSerializer());
    }

    private static <T> void assertRestores(TypeSerializer<T> serializer) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
                out, serializer.snapshotConfiguration());
        TypeSerializerSnapshot<T> snapshot =
                TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        AttributeSerializerTest.class.getClassLoader());
        assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(snapshot)
                                .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    void aBatchThatDoesNotTravelIsNeverWritten() {
        AttributedBatchSerializer serializer = new AttributedBatchSerializer();
        AttributedBatch batch = serializer.createInstance();
        assertThat(serializer.copy(batch)).isSameAs(batch);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> serializer.serialize(batch, new DataOutputSerializer(16)))
                .isInstanceOf(java.io.IOException.class);
    }
}
