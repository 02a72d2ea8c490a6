package org.asntally.sources.flink.kafka;

import org.asntally.sources.flink.OwnTypeInfo;

/** Messages of a reader to Flink: they travel by reference, unless somebody forbids chains. */
final class KafkaMessageType extends OwnTypeInfo<KafkaMessage> {

    static final KafkaMessageType INSTANCE = new KafkaMessageType();

    private static final long serialVersionUID = 1;

    private KafkaMessageType() {
        super(KafkaMessage.class, KafkaMessageSerializer.INSTANCE);
    }
}
