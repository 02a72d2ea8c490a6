package org.asntally.sources.flink;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.InputStatus;
import org.asntally.sources.FlowBatch;
import org.jspecify.annotations.Nullable;

/**
 * A source with its enumerator and readers on one thread, without a cluster; readers take turns as
 * a seed says. Snapshots go through their serializers.
 */
final class SourceHarness {
    private final LineSource source;
    private final SplittableRandom random;
    private final List<SourceReader<FlowBatch, FileSplit>> readers = new ArrayList<>();
    private final List<Boolean> ended = new ArrayList<>();
    private final List<Runnable> mail = new ArrayList<>();
    private final SplitEnumerator<FileSplit, RangesLeft> enumerator;
    final List<FlowBatch> out = new ArrayList<>();

    /** What a checkpoint has. */
    record Snapshot(List<byte[]> left, List<byte[]> splits, int emitted) {}

    SourceHarness(LineSource source, int parallelism, SplittableRandom random) throws Exception {
        this(source, parallelism, random, null);
    }

    /** Goes on from a snapshot, at any parallelism. */
    SourceHarness(
            LineSource source,
            int parallelism,
            SplittableRandom random,
            @Nullable Snapshot snapshot)
            throws Exception {
        this.source = source;
        this.random = random;
        SplitEnumeratorContext<FileSplit> context = enumeratorContext(parallelism);
        enumerator =
                snapshot == null
                        ? source.createEnumerator(context)
                        : source.restoreEnumerator(
                                context,
                                source.getEnumeratorCheckpointSerializer()
                                        .deserialize(1, snapshot.left().get(0)));
        for (int i = 0; i < parallelism; i++) {
            readers.add(source.createReader(readerContext(i)));
            ended.add(false);
        }
        if (snapshot != null) {
            for (byte[] bytes : snapshot.splits()) {
                readers.get(random.nextInt(parallelism))
                        .addSplits(List.of(source.getSplitSerializer().deserialize(1, bytes)));
            }
        }
        readers.forEach(SourceReader::start);
    }

    /** Some turns; whether all readers have ended. */
    boolean run(int turns) throws Exception {
        for (int i = 0; i < turns; i++) {
            if (!ended.contains(false)) {
                return true;
            }
            if (!mail.isEmpty() && random.nextBoolean()) {
                mail.remove(0).run();
            }
            turn(random.nextInt(readers.size()));
        }
        return !ended.contains(false);
    }

    private void turn(int reader) throws Exception {
        if (ended.get(reader) || !readers.get(reader).isAvailable().isDone()) {
            if (Collections.frequency(ended, false) == 1 && mail.isEmpty()) {
                readers.get(ended.indexOf(false)).isAvailable().get(10, TimeUnit.SECONDS);
            }
            return;
        }
        InputStatus status = readers.get(reader).pollNext(output(out::add));
        ended.set(reader, status == InputStatus.END_OF_INPUT);
    }

    void runToEnd() throws Exception {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!run(100)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the readers do not end");
            }
        }
        close();
    }

    Snapshot snapshot() throws Exception {
        List<byte[]> splits = new ArrayList<>();
        for (SourceReader<FlowBatch, FileSplit> reader : readers) {
            for (FileSplit split : reader.snapshotState(1)) {
                splits.add(source.getSplitSerializer().serialize(split));
            }
        }
        byte[] left =
                source.getEnumeratorCheckpointSerializer().serialize(enumerator.snapshotState(1));
        return new Snapshot(List.of(left), splits, out.size());
    }

    void close() throws Exception {
        for (SourceReader<FlowBatch, FileSplit> reader : readers) {
            reader.close();
        }
    }

    @SuppressWarnings("unchecked")
    private SplitEnumeratorContext<FileSplit> enumeratorContext(int parallelism) {
        return (SplitEnumeratorContext<FileSplit>)
                Proxy.newProxyInstance(
                        SourceHarness.class.getClassLoader(),
                        new Class<?>[] {SplitEnumeratorContext.class},
                        (proxy, method, args) -> {
                            switch (method.getName()) {
                                case "currentParallelism" -> {
                                    return parallelism;
                                }
                                case "assignSplits" -> {
                                    ((SplitsAssignment<FileSplit>) args[0])
                                            .assignment()
                                            .forEach((r, s) -> readers.get(r).addSplits(s));
                                    return null;
                                }
                                case "signalNoMoreSplits" -> {
                                    readers.get((int) args[0]).notifyNoMoreSplits();
                                    return null;
                                }
                                default ->
                                        throw new UnsupportedOperationException(method.getName());
                            }
                        });
    }

    private SourceReaderContext readerContext(int subtask) {
        return (SourceReaderContext)
                Proxy.newProxyInstance(
                        SourceHarness.class.getClassLoader(),
                        new Class<?>[] {SourceReaderContext.class},
                        (proxy, method, args) -> {
                            if (method.getName().equals("sendSplitRequest")) {
                                mail.add(() -> enumerator.handleSplitRequest(subtask, null));
                                return null;
                            }
                            throw new UnsupportedOperationException(method.getName());
                        });
    }

    @SuppressWarnings("unchecked")
    static ReaderOutput<FlowBatch> output(Consumer<FlowBatch> sink) {
        return (ReaderOutput<FlowBatch>)
                Proxy.newProxyInstance(
                        SourceHarness.class.getClassLoader(),
                        new Class<?>[] {ReaderOutput.class},
                        (proxy, method, args) -> {
                            if (method.getName().equals("collect") && args.length == 1) {
                                sink.accept((FlowBatch) args[0]);
                                return null;
                            }
                            throw new UnsupportedOperationException(method.getName());
                        });
    }
}
