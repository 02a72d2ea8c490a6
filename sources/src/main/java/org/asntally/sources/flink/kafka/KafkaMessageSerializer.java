package org.asntally.sources.flink.kafka;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes kind (1 byte), partition (4), offset (8), time (8), length of the value (4), value. */
public final class KafkaMessageSerializer extends TypeSerializerSingleton<KafkaMessage> {

    static final KafkaMessageSerializer INSTANCE = new KafkaMessageSerializer();

    private static final long serialVersionUID = 1;
    private static final KafkaMessage.Kind[] KINDS = KafkaMessage.Kind.values();

    @Override
    public void serialize(KafkaMessage message, DataOutputView target) throws IOException {
        target.writeByte(message.kind().ordinal());
        target.writeInt(message.partition());
        target.writeLong(message.offset());
        target.writeLong(message.millis());
        target.writeInt(message.value().length);
        target.write(message.value());
    }

    @Override
    public KafkaMessage deserialize(DataInputView source) throws IOException {
        return deserialize(createInstance(), source);
    }

    @Override
    public KafkaMessage deserialize(KafkaMessage reuse, DataInputView source) throws IOException {
        int kind = source.readUnsignedByte();
        int partition = source.readInt();
        long offset = source.readLong();
        long millis = source.readLong();
        int length = source.readInt();
        if (kind >= KINDS.length || length < 0) {
            throw new IOException("a Kafka message of kind " + kind + ", " + length + " bytes");
        }
        byte[] value = new byte[length];
        source.readFully(value);
        return reuse.set(KINDS[kind], partition, offset, millis, value);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public KafkaMessage createInstance() {
        return new KafkaMessage();
    }

    @Override
    public KafkaMessage copy(KafkaMessage from) {
        return from.copy();
    }

    @Override
    public KafkaMessage copy(KafkaMessage from, KafkaMessage reuse) {
        return reuse.set(from.kind(), from.partition(), from.offset(), from.millis(), from.value());
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<KafkaMessage> snapshotConfiguration() {
        return new Snapshot();
    }

    /** It is never in a checkpoint; Flink wants to know how it would be. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<KafkaMessage> {
        /** Also for Flink, which makes it by reflection before it reads it. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
