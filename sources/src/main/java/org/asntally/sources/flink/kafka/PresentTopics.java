package org.asntally.sources.flink.kafka;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.asntally.sources.flink.Notices;

/** The partitions of those of some topics that there are; asked again and again. */
final class PresentTopics implements KafkaSubscriber {
    private static final long serialVersionUID = 1;

    private final String name;
    private final List<String> topics;
    private final Set<String> missing;

    /**
     * Of these topics.
     *
     * @param missing gets those of which the cluster says that they are not there
     */
    PresentTopics(String name, List<String> topics, Set<String> missing) {
        this.name = name;
        this.topics = List.copyOf(topics);
        this.missing = missing;
    }

    @Override
    public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
        Set<TopicPartition> partitions = new HashSet<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                topic.getValue()
                        .get()
                        .partitions()
                        .forEach(
                                partition ->
                                        partitions.add(
                                                new TopicPartition(
                                                        topic.getKey(), partition.partition())));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new FlinkRuntimeException(e.getCause());
                }
                missing.add(topic.getKey());
                if (topics.size() > 1) {
                    Notices.inputTrouble(name, absent(topic.getKey()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FlinkRuntimeException(e);
            }
        }
        if (partitions.isEmpty()) {
            // Else it would be for ever that none was there at the start.
            throw new FlinkRuntimeException(absent(String.join(", ", topics)));
        }
        return partitions;
    }

    private static String absent(String topic) {
        return "there is no topic " + topic;
    }
}
