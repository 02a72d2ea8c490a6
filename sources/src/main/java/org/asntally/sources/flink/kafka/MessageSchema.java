package org.asntally.sources.flink.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands records on as they are: in one message, which whoever gets it has to use at once. */
final class MessageSchema implements KafkaRecordDeserializationSchema<KafkaMessage> {
    private static final long serialVersionUID = 1;

    private static final byte[] NOTHING = {};

    private final KafkaMessage message = new KafkaMessage();

    @Override
    public void deserialize(
            ConsumerRecord<byte[], byte[]> record, Collector<KafkaMessage> collector) {
        byte[] value = record.value();
        message.record(record.offset(), record.timestamp(), value == null ? NOTHING : value);
        collector.collect(message);
    }

    @Override
    public TypeInformation<KafkaMessage> getProducedType() {
        return KafkaMessageType.INSTANCE;
    }
}
