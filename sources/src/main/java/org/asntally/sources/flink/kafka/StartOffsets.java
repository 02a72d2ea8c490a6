package org.asntally.sources.flink.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Says in numbers where partitions begin: what is left to the reader ({@code latest}) would be
 * another place after each restart that comes before the first record.
 */
@SuppressWarnings("deprecation") // The connector's interface names it.
final class StartOffsets implements OffsetsInitializer {
    private static final long serialVersionUID = 1;

    private final KafkaPoint start;
    private final Set<String> fresh;

    /**
     * Begins there.
     *
     * @param fresh topics that came to be after the job began: all that is in them is later than
     *     what was the latest then
     */
    StartOffsets(KafkaPoint start, Set<String> fresh) {
        this.start = start;
        this.fresh = fresh;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever cluster) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        switch (start.at()) {
            case EARLIEST -> offsets.putAll(cluster.beginningOffsets(partitions));
            case LATEST -> {
                List<TopicPartition> whole = new ArrayList<>();
                List<TopicPartition> rest = new ArrayList<>();
                for (TopicPartition partition : partitions) {
                    (fresh.contains(partition.topic()) ? whole : rest).add(partition);
                }
                offsets.putAll(cluster.beginningOffsets(whole));
                offsets.putAll(cluster.endOffsets(rest));
            }
            case COMMITTED -> {
                put(offsets, cluster.committedOffsets(partitions));
                offsets.putAll(cluster.beginningOffsets(missing(partitions, offsets)));
            }
            case TIME -> {
                Map<TopicPartition, Long> times = new HashMap<>();
                for (TopicPartition partition : partitions) {
                    times.put(partition, start.millis() == null ? 0 : start.millis());
                }
                for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                        cluster.offsetsForTimes(times).entrySet()) {
                    if (found.getValue() != null && found.getValue().offset() >= 0) {
                        offsets.put(found.getKey(), found.getValue().offset());
                    }
                }
                offsets.putAll(cluster.endOffsets(missing(partitions, offsets)));
            }
        }
        return offsets;
    }

    private static void put(Map<TopicPartition, Long> into, Map<TopicPartition, Long> committed) {
        committed.forEach(
                (partition, offset) -> {
                    if (offset != null) {
                        into.put(partition, offset);
                    }
                });
    }

    private static List<TopicPartition> missing(
            Collection<TopicPartition> partitions, Map<TopicPartition, Long> offsets) {
        return partitions.stream().filter(partition -> !offsets.containsKey(partition)).toList();
    }

    /** None: an offset that is gone is met by the reader, which counts what is lost. */
    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}
