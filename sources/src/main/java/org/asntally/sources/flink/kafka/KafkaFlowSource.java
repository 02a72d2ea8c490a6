package org.asntally.sources.flink.kafka;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Records of Kafka topics, each exactly once, by Flink's {@code KafkaSource}, which is made
 * patient: a cluster, topic or secret that is not there is told to {@code Notices} and tried again,
 * and the job's other sources go on.
 *
 * <p><b>State.</b> That of {@code KafkaSource}: of each partition the offset behind the last record
 * that was emitted. {@link GatherOperator} behind it empties itself before each barrier.
 *
 * <p><b>Time.</b> None: {@link GatherOperator} tells it.
 *
 * <p><b>Edge.</b> What a retention deleted before it was read is counted as {@code lost}; reading
 * goes on with what there is. A topic or partition that is new is read from its beginning.
 *
 * <p><b>Restore.</b> Offsets of the checkpoint, whatever the group has committed. Topics may be
 * added and left out; what was read of one that is left out is forgotten.
 */
public final class KafkaFlowSource
        implements Source<KafkaMessage, KafkaPartitionSplit, KafkaSourceEnumState>,
                ResultTypeQueryable<KafkaMessage> {
    private static final long serialVersionUID = 1;

    private final KafkaTopics topics;

    /** A source of these topics. */
    public KafkaFlowSource(KafkaTopics topics) {
        this.topics = topics;
    }

    @Override
    public Boundedness getBoundedness() {
        return topics.end() == null ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return new PatientEnumerator(context, topics, null);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context,
            @Nullable KafkaSourceEnumState state) {
        return new PatientEnumerator(context, topics, state == null ? null : wanted(state));
    }

    private KafkaSourceEnumState wanted(KafkaSourceEnumState state) {
        return new KafkaSourceEnumState(
                wanted(List.copyOf(state.assignedSplits())),
                wanted(List.copyOf(state.unassignedSplits())),
                state.initialDiscoveryFinished());
    }

    private List<KafkaPartitionSplit> wanted(List<KafkaPartitionSplit> splits) {
        return splits.stream().filter(split -> topics.topics().contains(split.getTopic())).toList();
    }

    @Override
    public SourceReader<KafkaMessage, KafkaPartitionSplit> createReader(
            SourceReaderContext context) {
        return new PatientReader(context, topics);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return new KafkaPartitionSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return new KafkaSourceEnumStateSerializer();
    }

    @Override
    public TypeInformation<KafkaMessage> getProducedType() {
        return KafkaMessageType.INSTANCE;
    }
}
