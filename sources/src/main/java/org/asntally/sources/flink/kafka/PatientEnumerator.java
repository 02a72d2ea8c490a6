package org.asntally.sources.flink.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.kafka.common.errors.AuthenticationException;
import org.asntally.sources.flink.Notices;
import org.jspecify.annotations.Nullable;

/**
 * Flink's enumerator, begun again until it can begin. What it asks of the cluster and cannot get,
 * it asks again: it never hears of a failure. Of a source that is required the first failure is the
 * last; Kafka's client has tried for a while by then. Tells readers when all partitions are known,
 * so that one without any does not hold time.
 */
final class PatientEnumerator
        implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

    private final SplitEnumeratorContext<KafkaPartitionSplit> context;
    private final KafkaTopics topics;
    private @Nullable KafkaSourceEnumState restored;
    private final Patience patience;
    private final List<KafkaPartitionSplit> returned = new ArrayList<>();
    private final Set<String> given = new HashSet<>();

    /** Topics that were not there when the cluster was asked. */
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    private List<String> secrets = List.of();
    private @Nullable SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator;
    private @Nullable PatientContext current;
    private boolean allTold;
    private boolean failed;
    private boolean closed;

    PatientEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context,
            KafkaTopics topics,
            @Nullable KafkaSourceEnumState restored) {
        this.context = context;
        this.topics = topics;
        this.restored = restored;
        this.patience = new Patience(topics.name());
        this.allTold = restored != null && restored.initialDiscoveryFinished();
    }

    @Override
    public void start() {
        SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> begun = null;
        PatientContext patient = new PatientContext();
        current = patient;
        try {
            KafkaTopics.Connected connected = topics.connect(missing);
            secrets = connected.secrets();
            begun =
                    restored == null
                            ? connected.source().createEnumerator(patient)
                            : connected.source().restoreEnumerator(patient, restored);
            begun.start();
        } catch (IOException | RuntimeException e) {
            closeAside(begun);
            if (topics.required()) {
                failedForGood(e);
            } else {
                later(patience.failed(e, secrets), () -> null, (nothing, failure) -> start());
            }
            return;
        }
        enumerator = begun;
        for (int subtask : context.registeredReaders().keySet()) {
            begun.addReader(subtask);
        }
        if (!returned.isEmpty()) {
            // To whom does not matter: each partition has its reader.
            begun.addSplitsBack(List.copyOf(returned), 0);
            returned.clear();
        }
    }

    private static void closeAside(
            @Nullable SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> broken) {
        if (broken != null) {
            PatientReader.closeAside(broken);
        }
    }

    /** Each reader tells it, since a batch is how a job learns of it. */
    private void failedForGood(Throwable failure) {
        Notices.inputFailed(topics.name(), Patience.text(failure, secrets));
        failed = true;
        current = null;
        for (int subtask : Set.copyOf(context.registeredReaders().keySet())) {
            context.sendEventToSourceReader(subtask, new FailedForGood());
        }
    }

    /** Passwords may have changed: who begins anew reads them anew. */
    private void renew(Throwable failure) {
        SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> broken = enumerator;
        if (broken == null) {
            return;
        }
        try {
            restored = broken.snapshotState(0);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        enumerator = null;
        current = null;
        closeAside(broken);
        later(patience.failed(failure, secrets), () -> null, (nothing, none) -> start());
    }

    /** Asks after a pause; the thread that asks has nothing else to do. */
    private <T> void later(long millis, Callable<T> callable, BiConsumer<T, Throwable> handler) {
        if (!closed) {
            context.callAsync(
                    () -> {
                        Thread.sleep(millis);
                        return callable.call();
                    },
                    (value, failure) -> {
                        if (!closed) {
                            handler.accept(value, failure);
                        }
                    });
        }
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        // Partitions are given, not asked for.
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
        splits.forEach(split -> given.remove(split.splitId()));
        SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> now = enumerator;
        if (now != null) {
            now.addSplitsBack(splits, subtask);
        } else {
            returned.addAll(splits);
        }
    }

    @Override
    public void addReader(int subtask) {
        SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> now = enumerator;
        if (now != null) {
            now.addReader(subtask);
        }
        if (failed) {
            context.sendEventToSourceReader(subtask, new FailedForGood());
        }
        if (allTold) {
            context.sendEventToSourceReader(subtask, new AllTold());
        }
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
        SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> now = enumerator;
        if (now != null) {
            return now.snapshotState(checkpointId);
        }
        KafkaSourceEnumState before = restored;
        List<KafkaPartitionSplit> unassigned =
                new ArrayList<>(before == null ? List.of() : before.unassignedSplits());
        unassigned.addAll(returned);
        return new KafkaSourceEnumState(
                before == null ? List.of() : before.assignedSplits(),
                unassigned,
                before != null && before.initialDiscoveryFinished());
    }

    @Override
    public void close() throws IOException {
        closed = true;
        SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> now = enumerator;
        if (now != null) {
            now.close();
        }
    }

    private void told() {
        if (!allTold) {
            allTold = true;
            for (int subtask : Set.copyOf(context.registeredReaders().keySet())) {
                context.sendEventToSourceReader(subtask, new AllTold());
            }
        }
    }

    /** Keeps failures from the enumerator. All on the thread of the coordinator. */
    private final class PatientContext implements SplitEnumeratorContext<KafkaPartitionSplit> {

        private volatile boolean isOver;

        @Override
        public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
            context.callAsync(asked(callable), once(callable, handler));
        }

        /** Of one that was renewed nothing is asked any more. */
        private <T> Callable<T> asked(Callable<T> callable) {
            return () -> {
                if (isOver) {
                    throw new IllegalStateException();
                }
                return callable.call();
            };
        }

        private boolean isOver() {
            isOver = closed || current != this;
            return isOver;
        }

        private <T> BiConsumer<T, Throwable> once(
                Callable<T> callable, BiConsumer<T, Throwable> handler) {
            return (value, failure) -> {
                if (isOver()) {
                    return;
                }
                if (failure != null && topics.required()) {
                    failedForGood(failure);
                } else if (Patience.find(AuthenticationException.class, failure) != null) {
                    renew(failure);
                } else if (failure != null) {
                    long pause = patience.failed(failure, secrets);
                    if (topics.end() != null) {
                        later(pause, callable, once(callable, handler));
                    }
                    // Else the next look at the topics asks it.
                } else {
                    patience.succeeded();
                    handler.accept(value, null);
                }
            };
        }

        @Override
        public <T> void callAsync(
                Callable<T> callable,
                BiConsumer<T, Throwable> handler,
                long initialDelayMillis,
                long periodMillis) {
            context.callAsync(
                    asked(callable),
                    (value, failure) -> {
                        if (isOver()) {
                            return;
                        }
                        if (failure != null && topics.required()) {
                            failedForGood(failure);
                        } else if (Patience.find(AuthenticationException.class, failure) != null) {
                            renew(failure);
                        } else if (failure != null) {
                            // It is asked again anyway.
                            patience.failed(failure, secrets);
                        } else {
                            handler.accept(value, null);
                        }
                    },
                    initialDelayMillis,
                    periodMillis);
        }

        @Override
        public void assignSplits(SplitsAssignment<KafkaPartitionSplit> assignment) {
            // Two looks may find the same partition before the first is done with it.
            Map<Integer, List<KafkaPartitionSplit>> fresh = new HashMap<>();
            assignment
                    .assignment()
                    .forEach(
                            (subtask, splits) ->
                                    fresh.put(
                                            subtask,
                                            splits.stream()
                                                    .filter(split -> given.add(split.splitId()))
                                                    .toList()));
            context.assignSplits(new SplitsAssignment<>(fresh));
            told();
        }

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            return context.metricGroup();
        }

        @Override
        public void sendEventToSourceReader(int subtask, SourceEvent event) {
            context.sendEventToSourceReader(subtask, event);
        }

        @Override
        public int currentParallelism() {
            return context.currentParallelism();
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            return context.registeredReaders();
        }

        @Override
        public void signalNoMoreSplits(int subtask) {
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public void runInCoordinatorThread(Runnable runnable) {
            context.runInCoordinatorThread(runnable);
        }
    }
}
