package org.asntally.sources.flink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.asntally.sources.flink.Notices;
import org.asntally.sources.flink.kafka.KafkaMessage.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Flink's reader, made again when it fails: from behind the last record that was handed on. Tells
 * {@link GatherOperator} which partitions it has, and the end of a source that is required.
 */
final class PatientReader implements SourceReader<KafkaMessage, KafkaPartitionSplit> {

    private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);
    private static final byte[] NOTHING = {};
    private static final long NOT_EXPECTED = -1;

    private final KafkaTopics topics;
    private final Patience patience;
    private final LagGauge lag;
    private final PartitionOutputs outputs = new PartitionOutputs(this);
    private final Map<String, Partition> partitions = new LinkedHashMap<>();
    private final ArrayDeque<KafkaMessage> toTell = new ArrayDeque<>();
    private List<String> secrets = List.of();
    private @Nullable SourceReader<KafkaMessage, KafkaPartitionSplit> reader;
    private int known;
    private boolean noMoreSplits;
    private boolean isOver;
    private CompletableFuture<Void> wakeUp = new CompletableFuture<>();
    private long retryAtNanos = System.nanoTime();

    /** How far a partition was read. */
    static final class Partition {
        final KafkaPartitionSplit split;
        final int number;
        long next;

        /** The offset that is gone, while the first one that is there is not known. */
        long expected = NOT_EXPECTED;

        Partition(KafkaPartitionSplit split, int number) {
            this.split = split;
            this.number = number;
            this.next = split.getStartingOffset();
        }

        KafkaPartitionSplit left() {
            return new KafkaPartitionSplit(
                    split.getTopicPartition(),
                    next,
                    split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET));
        }
    }

    PatientReader(SourceReaderContext context, KafkaTopics topics) {
        this.topics = topics;
        this.patience = new Patience(topics.name());
        this.lag = new LagGauge(context);
    }

    @Override
    public void start() {
        // Reading begins with the first partition.
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        List<KafkaPartitionSplit> added = new ArrayList<>();
        for (KafkaPartitionSplit split : splits) {
            if (topics.topics().contains(split.getTopic())) {
                Partition partition = new Partition(split, known++);
                partitions.put(split.splitId(), partition);
                added.add(split);
                tell(Kind.OPENED, partition.number, 0, split.splitId().getBytes(UTF_8));
            }
        }
        SourceReader<KafkaMessage, KafkaPartitionSplit> now = reader;
        if (now != null && !added.isEmpty()) {
            try {
                now.addSplits(added);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
        wakeUp.complete(null);
    }

    private void tell(Kind kind, int partition, long number, byte[] value) {
        toTell.add(KafkaMessage.told(kind, partition, number, value));
    }

    @Override
    public InputStatus pollNext(ReaderOutput<KafkaMessage> out) throws Exception {
        outputs.to(out);
        tellAll();
        if (isOver) {
            // The operator behind ends the job.
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (partitions.isEmpty()) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        try {
            SourceReader<KafkaMessage, KafkaPartitionSplit> now = reader;
            if (now == null) {
                if (System.nanoTime() - retryAtNanos < 0) {
                    return InputStatus.NOTHING_AVAILABLE;
                }
                now = open();
            }
            InputStatus status = now.pollNext(outputs);
            tellAll();
            return status;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (outputs.isWithin()) {
                throw e;
            }
            failed(e);
            return InputStatus.NOTHING_AVAILABLE;
        }
    }

    private void tellAll() {
        for (KafkaMessage next = toTell.poll(); next != null; next = toTell.poll()) {
            outputs.tell(next);
        }
    }

    private SourceReader<KafkaMessage, KafkaPartitionSplit> open() throws Exception {
        KafkaTopics.Connected connected = topics.connect(Set.of());
        secrets = connected.secrets();
        SourceReader<KafkaMessage, KafkaPartitionSplit> opened =
                connected.source().createReader(lag.context());
        reader = opened;
        opened.start();
        opened.addSplits(partitions.values().stream().map(Partition::left).toList());
        if (noMoreSplits) {
            opened.notifyNoMoreSplits();
        }
        return opened;
    }

    private void failed(Exception failure) {
        OffsetOutOfRangeException gone = Patience.find(OffsetOutOfRangeException.class, failure);
        SourceReader<KafkaMessage, KafkaPartitionSplit> broken = reader;
        reader = null;
        if (broken != null) {
            closeAside(broken);
        }
        retryAtNanos = System.nanoTime();
        if (gone != null) {
            gone.offsetOutOfRangePartitions().keySet().forEach(this::fromItsBeginning);
        } else if (topics.required()) {
            Notices.inputFailed(topics.name(), Patience.text(failure, secrets));
            failedForGood();
        } else {
            retryAtNanos += TimeUnit.MILLISECONDS.toNanos(patience.failed(failure, secrets));
        }
    }

    private void failedForGood() {
        if (!isOver) {
            isOver = true;
            tell(Kind.FAILED, 0, 0, NOTHING);
            wakeUp.complete(null);
        }
    }

    private void fromItsBeginning(TopicPartition which) {
        Partition partition = partitions.get(KafkaPartitionSplit.toSplitId(which));
        if (partition != null) {
            partition.expected = partition.next;
            partition.next = KafkaPartitionSplit.EARLIEST_OFFSET;
        }
    }

    /** A broken client may need long for its end; nobody waits for it. */
    static void closeAside(AutoCloseable broken) {
        Thread closing = new Thread(() -> close(broken), "kafka-close");
        closing.setDaemon(true);
        closing.start();
    }

    /** A record is about to leave. */
    void leaves(Partition partition, KafkaMessage record) {
        if (partition.expected != NOT_EXPECTED) {
            found(partition, record.offset());
        }
        partition.next = record.offset() + 1;
        patience.succeeded();
    }

    private void found(Partition partition, long first) {
        long lost = first - partition.expected;
        String split = partition.split.splitId();
        if (lost > 0) {
            Notices.recordsLost(
                    topics.name(), lost, "deleted in " + split + " before they were read");
            outputs.tell(KafkaMessage.told(Kind.LOST, partition.number, lost, NOTHING));
        } else {
            Notices.inputTrouble(
                    topics.name(),
                    split
                            + " had record "
                            + partition.expected
                            + " and ends before it: read from its beginning");
        }
        partition.expected = NOT_EXPECTED;
    }

    /** A partition, by its name. */
    @Nullable Partition partition(String split) {
        return partitions.get(split);
    }

    void finished(String split) {
        Partition partition = partitions.remove(split);
        if (partition != null) {
            tell(Kind.CLOSED, partition.number, 0, NOTHING);
        }
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        SourceReader<KafkaMessage, KafkaPartitionSplit> now = reader;
        if (now != null) {
            // What it will commit when the checkpoint is complete.
            now.snapshotState(checkpointId);
        }
        return partitions.values().stream().map(Partition::left).toList();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        if (!toTell.isEmpty()) {
            return NOW;
        }
        if (noMoreSplits && partitions.isEmpty() && !isOver) {
            return NOW;
        }
        if (wakeUp.isDone()) {
            wakeUp = new CompletableFuture<>();
        }
        SourceReader<KafkaMessage, KafkaPartitionSplit> now = reader;
        if (isOver) {
            return wakeUp;
        }
        if (now != null) {
            CompletableFuture<Void> records = now.isAvailable();
            return records.isDone()
                    ? records
                    : CompletableFuture.anyOf(records, wakeUp).thenAccept(done -> {});
        }
        if (!partitions.isEmpty()) {
            long pause = Math.max(0, retryAtNanos - System.nanoTime());
            var unused = wakeUp.completeOnTimeout(null, pause, TimeUnit.NANOSECONDS);
        }
        return wakeUp;
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        SourceReader<KafkaMessage, KafkaPartitionSplit> now = reader;
        if (now != null) {
            now.notifyNoMoreSplits();
        }
        wakeUp.complete(null);
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof AllTold) {
            tell(Kind.ALL_TOLD, 0, 0, NOTHING);
            wakeUp.complete(null);
        } else if (event instanceof FailedForGood) {
            failedForGood();
        }
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        SourceReader<KafkaMessage, KafkaPartitionSplit> now = reader;
        if (now != null) {
            try {
                now.notifyCheckpointComplete(checkpointId);
            } catch (RuntimeException e) {
                // Offsets are in the checkpoint; the group only shows them to others.
                Notices.inputTrouble(topics.name(), Patience.text(e, secrets));
            }
        }
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
        SourceReader<KafkaMessage, KafkaPartitionSplit> now = reader;
        if (now != null) {
            now.pauseOrResumeSplits(toPause, toResume);
        }
    }

    @Override
    public void close() {
        SourceReader<KafkaMessage, KafkaPartitionSplit> now = reader;
        if (now != null) {
            close(now);
        }
    }

    private static void close(AutoCloseable reader) {
        try {
            reader.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // What it has read is handed on, what it has not stays in the topic.
        }
    }
}
