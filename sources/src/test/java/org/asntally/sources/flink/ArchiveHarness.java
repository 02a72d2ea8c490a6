package org.asntally.sources.flink;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/**
 * Archives with their enumerator and readers on one thread; who has a turn, and when what was sent
 * arrives, is as a seed says. Notes the flows that would be late. Snapshots go through their
 * serializers.
 */
final class ArchiveHarness {
    private static final FollowStateSerializer SPLITS = new FollowStateSerializer();
    private static final FollowEnumerator.StateSerializer LEFT =
            new FollowEnumerator.StateSerializer();

    private final SplittableRandom random;
    private final ArchiveEnumerator enumerator;
    private final List<Reader> readers = new ArrayList<>();
    private final Deque<Runnable> toEnumerator = new ArrayDeque<>();
    private final Map<Integer, ReaderInfo> registered = new TreeMap<>();
    final List<FlowBatch> out = new ArrayList<>();
    int late;

    /** The time that had been told when the last reader was not at its end. */
    long time = Long.MIN_VALUE;

    private long clock;

    /** What a checkpoint has. */
    record Snapshot(List<byte[]> left, List<byte[]> splits, int emitted) {}

    private static final class Reader {
        final Deque<Runnable> mail = new ArrayDeque<>();
        @Nullable FollowReader reader;
        long time = Long.MIN_VALUE;
        boolean ended;
        int batches;
    }

    ArchiveHarness(
            LogFiles files,
            int parallelism,
            long clock,
            SplittableRandom random,
            @Nullable Snapshot snapshot)
            throws Exception {
        this.random = random;
        this.clock = clock;
        FollowState left =
                snapshot == null
                        ? FollowState.NEW
                        : LEFT.deserialize(FollowStateSerializer.VERSION, snapshot.left().get(0));
        enumerator = new ArchiveEnumerator(enumeratorContext(parallelism), files, left);
        for (int i = 0; i < parallelism; i++) {
            Reader reader = new Reader();
            readers.add(reader);
            reader.reader = new FollowReader(readerContext(i), files, () -> this.clock);
        }
        for (byte[] bytes : snapshot == null ? List.<byte[]>of() : snapshot.splits()) {
            reader(readers.get(random.nextInt(parallelism)))
                    .addSplits(List.of(SPLITS.deserialize(FollowStateSerializer.VERSION, bytes)));
        }
        enumerator.start();
        for (int i = 0; i < parallelism; i++) {
            int subtask = i;
            toEnumerator.add(
                    () -> {
                        registered.put(subtask, new ReaderInfo(subtask, "here"));
                        enumerator.addReader(subtask);
                    });
            reader(readers.get(i)).start();
        }
    }

    /** Some turns, each a millisecond; whether all readers have ended. */
    boolean run(int turns) throws Exception {
        for (int i = 0; i < turns; i++) {
            clock++;
            if (readers.stream().allMatch(reader -> reader.ended)) {
                return true;
            }
            int who = random.nextInt(readers.size() + 1);
            if (who == readers.size()) {
                deliver(toEnumerator);
            } else {
                turn(readers.get(who));
            }
        }
        return false;
    }

    private static void deliver(Deque<Runnable> mail) {
        Runnable next = mail.poll();
        if (next != null) {
            next.run();
        }
    }

    private void turn(Reader reader) throws Exception {
        if (reader.ended) {
            reader.mail.clear();
        } else if (random.nextInt(3) == 0) {
            deliver(reader.mail);
        } else {
            InputStatus status = reader(reader).pollNext(output(reader));
            if (status == InputStatus.END_OF_INPUT) {
                reader.ended = true;
                reader.time = Long.MAX_VALUE;
            } else if (reader(reader).waitsForBytes()) {
                reader(reader).isAvailable().get(10, TimeUnit.SECONDS);
            }
        }
    }

    Snapshot snapshot() throws Exception {
        List<byte[]> splits = new ArrayList<>();
        // What is on its way to a reader is in no state, so a checkpoint waits for it.
        readers.forEach(reader -> drain(reader.mail));
        for (Reader reader : readers) {
            for (FollowState split : reader(reader).snapshotState(1)) {
                splits.add(SPLITS.serialize(split));
            }
        }
        byte[] left = LEFT.serialize(enumerator.snapshotState(1));
        return new Snapshot(List.of(left), splits, out.size());
    }

    private static void drain(Deque<Runnable> mail) {
        while (!mail.isEmpty()) {
            deliver(mail);
        }
    }

    /** How many readers have read something. */
    long busy() {
        return readers.stream().filter(reader -> reader.batches > 0).count();
    }

    long clock() {
        return clock;
    }

    void close() {
        readers.forEach(reader -> reader(reader).close());
    }

    private static FollowReader reader(Reader of) {
        FollowReader reader = of.reader;
        if (reader == null) {
            throw new IllegalStateException();
        }
        return reader;
    }

    private void emitted(Reader reader, FlowBatch batch) {
        out.add(batch);
        reader.batches++;
        long told = readers.stream().mapToLong(r -> r.time).min().orElseThrow();
        if (told != Long.MAX_VALUE) {
            time = Math.max(time, told);
        }
        long[] times = new long[batch.rows()];
        batch.longs(FlowColumn.TIME, times);
        for (long of : times) {
            late += of <= told ? 1 : 0;
        }
    }

    @SuppressWarnings("unchecked")
    private SplitEnumeratorContext<FollowState> enumeratorContext(int parallelism) {
        return (SplitEnumeratorContext<FollowState>)
                Proxy.newProxyInstance(
                        ArchiveHarness.class.getClassLoader(),
                        new Class<?>[] {SplitEnumeratorContext.class},
                        (proxy, method, args) -> {
                            switch (method.getName()) {
                                case "currentParallelism" -> {
                                    return parallelism;
                                }
                                case "registeredReaders" -> {
                                    return registered;
                                }
                                case "callAsync" -> toEnumerator.add(() -> call(args));
                                case "assignSplits" ->
                                        ((SplitsAssignment<FollowState>) args[0])
                                                .assignment()
                                                .forEach(this::assign);
                                case "sendEventToSourceReader" ->
                                        send((int) args[0], (SourceEvent) args[1]);
                                case "signalNoMoreSplits" -> {
                                    Reader reader = readers.get((int) args[0]);
                                    reader.mail.add(reader(reader)::notifyNoMoreSplits);
                                }
                                default ->
                                        throw new UnsupportedOperationException(method.getName());
                            }
                            return null;
                        });
    }

    private void assign(int subtask, List<FollowState> splits) {
        Reader reader = readers.get(subtask);
        reader.mail.add(() -> reader(reader).addSplits(splits));
    }

    private void send(int subtask, SourceEvent event) {
        Reader reader = readers.get(subtask);
        reader.mail.add(() -> reader(reader).handleSourceEvents(event));
    }

    @SuppressWarnings("unchecked")
    private static void call(Object[] args) {
        Object result = null;
        Throwable failure = null;
        try {
            result = ((Callable<Object>) args[0]).call();
        } catch (Exception e) {
            failure = e;
        }
        ((BiConsumer<Object, Throwable>) args[1]).accept(result, failure);
    }

    private SourceReaderContext readerContext(int subtask) {
        return (SourceReaderContext)
                Proxy.newProxyInstance(
                        ArchiveHarness.class.getClassLoader(),
                        new Class<?>[] {SourceReaderContext.class},
                        (proxy, method, args) -> {
                            switch (method.getName()) {
                                case "metricGroup" -> {
                                    return UnregisteredMetricsGroup.createSourceReaderMetricGroup();
                                }
                                case "sendSplitRequest" ->
                                        toEnumerator.add(
                                                () -> enumerator.handleSplitRequest(subtask, null));
                                default ->
                                        throw new UnsupportedOperationException(method.getName());
                            }
                            return null;
                        });
    }

    @SuppressWarnings("unchecked")
    private ReaderOutput<FlowBatch> output(Reader reader) {
        return (ReaderOutput<FlowBatch>)
                Proxy.newProxyInstance(
                        ArchiveHarness.class.getClassLoader(),
                        new Class<?>[] {ReaderOutput.class},
                        (proxy, method, args) -> {
                            switch (method.getName()) {
                                case "collect" -> emitted(reader, (FlowBatch) args[0]);
                                case "emitWatermark" ->
                                        reader.time =
                                                Math.max(
                                                        reader.time,
                                                        ((Watermark) args[0]).getTimestamp());
                                case "releaseOutputForSplit", "markActive" -> {}
                                default ->
                                        throw new UnsupportedOperationException(method.getName());
                            }
                            return null;
                        });
    }
}
