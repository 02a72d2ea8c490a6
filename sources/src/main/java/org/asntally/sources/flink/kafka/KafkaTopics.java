package org.asntally.sources.flink.kafka;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.jspecify.annotations.Nullable;

/**
 * Which topics of which cluster are read, and from where to where.
 *
 * @param name the source's name, in notices
 * @param brokers some of the cluster's, as {@code host:port}
 * @param topics by name; one that is not there is waited for
 * @param group under which offsets are committed, with each checkpoint
 * @param start where reading begins when no checkpoint says it; of a topic that comes to be later
 *     the latest is its beginning
 * @param end where it ends, null: never
 * @param settings of the client
 * @param required whether what the client gives up ends the job; else it is tried again
 */
public record KafkaTopics(
        String name,
        List<String> brokers,
        List<String> topics,
        String group,
        KafkaPoint start,
        @Nullable KafkaPoint end,
        Map<String, ClientSetting> settings,
        boolean required)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** Records a poll hands over at most: more than Kafka's own, since each is small. */
    private static final String MOST_RECORDS = "5000";

    /** How often to look for topics and partitions that are new. */
    private static final String LOOK_MILLIS = "10000";

    /** Unmodifiable copies. */
    public KafkaTopics {
        brokers = List.copyOf(brokers);
        topics = List.copyOf(topics);
        settings = Map.copyOf(settings);
    }

    /**
     * Flink's source, with the secrets in it: made where it runs, never serialised.
     *
     * @param missing gets the topics of which the cluster says that they are not there
     */
    Connected connect(Set<String> missing) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("max.poll.records", MOST_RECORDS);
        properties.setProperty("partition.discovery.interval.ms", LOOK_MILLIS);
        List<String> secrets = new ArrayList<>();
        for (Map.Entry<String, ClientSetting> setting : settings.entrySet()) {
            properties.setProperty(setting.getKey(), setting.getValue().reveal(secrets::add));
        }
        MessageSchema schema = new MessageSchema();
        KafkaSourceBuilder<KafkaMessage> source =
                KafkaSource.<KafkaMessage>builder()
                        .setProperties(properties)
                        .setBootstrapServers(String.join(",", brokers))
                        .setGroupId(group)
                        .setKafkaSubscriber(new PresentTopics(name, topics, missing))
                        .setStartingOffsets(new StartOffsets(start, missing))
                        .setDeserializer(schema);
        if (end != null) {
            source.setBounded(
                    end.millis() == null
                            ? OffsetsInitializer.latest()
                            : OffsetsInitializer.timestamp(end.millis()));
        }
        return new Connected(source.build(), secrets);
    }

    /**
     * Flink's source.
     *
     * @param secrets that no message may show
     */
    record Connected(KafkaSource<KafkaMessage> source, List<String> secrets) {}
}
