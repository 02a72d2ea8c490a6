package org.asntally.sources.flink.kafka;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.asntally.sources.flink.kafka.PatientReader.Partition;
import org.jspecify.annotations.Nullable;

/** Where Flink's reader puts the records of each partition. */
final class PartitionOutputs implements ReaderOutput<KafkaMessage> {

    private final PatientReader reader;
    private @Nullable ReaderOutput<KafkaMessage> to;
    private boolean within;

    PartitionOutputs(PatientReader reader) {
        this.reader = reader;
    }

    void to(ReaderOutput<KafkaMessage> output) {
        to = output;
    }

    /** Whether something failed in what takes our records: no failure of Kafka's. */
    boolean isWithin() {
        return within;
    }

    void tell(KafkaMessage message) {
        ReaderOutput<KafkaMessage> output = to;
        if (output == null) {
            throw new IllegalStateException("no output yet");
        }
        within = true;
        output.collect(message);
        within = false;
    }

    @Override
    public SourceOutput<KafkaMessage> createOutputForSplit(String split) {
        Partition partition = reader.partition(split);
        if (partition == null) {
            throw new IllegalStateException("no partition " + split);
        }
        return new OfPartition(partition);
    }

    @Override
    public void releaseOutputForSplit(String split) {
        reader.finished(split);
    }

    @Override
    public void collect(KafkaMessage message) {
        throw new IllegalStateException("a record of no partition");
    }

    @Override
    public void collect(KafkaMessage message, long timestamp) {
        collect(message);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        // Time is told by the operator behind.
    }

    @Override
    public void markIdle() {
        // Time is told by the operator behind.
    }

    @Override
    public void markActive() {
        // Time is told by the operator behind.
    }

    private final class OfPartition implements SourceOutput<KafkaMessage> {
        private final Partition partition;

        OfPartition(Partition partition) {
            this.partition = partition;
        }

        @Override
        public void collect(KafkaMessage record) {
            reader.leaves(partition, record);
            tell(record.of(partition.number));
        }

        @Override
        public void collect(KafkaMessage record, long timestamp) {
            collect(record);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            // Time is told by the operator behind.
        }

        @Override
        public void markIdle() {
            // Time is told by the operator behind.
        }

        @Override
        public void markActive() {
            // Time is told by the operator behind.
        }
    }
}
