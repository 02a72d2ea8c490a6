package org.asntally.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A source that does what a test wrote down, split by split, and goes on after a failure where the
 * checkpoint was. Scripts live in this JVM only.
 */
public final class ScriptedSource<T>
        implements Source<T, ScriptedSource.Split, List<ScriptedSource.Split>> {

    private static final long serialVersionUID = 1;

    private static final Map<Long, List<? extends List<? extends Step<?>>>> SCRIPTS =
            new ConcurrentHashMap<>();
    private static final AtomicLong LAST = new AtomicLong();

    /** One thing that a split does. */
    public sealed interface Step<T> {}

    /** Gives a record. */
    public record Emit<T>(T value) implements Step<T> {}

    /** Tells the time. */
    public record Mark<T>(long time) implements Step<T> {}

    /** Says that it has nothing to say. */
    public record Idle<T>() implements Step<T> {}

    /** Says that it goes on. */
    public record Active<T>() implements Step<T> {}

    /** Does nothing until the gate is open. */
    public record Await<T>(Gate gate) implements Step<T> {}

    /** Opens a gate. */
    public record Open<T>(Gate gate) implements Step<T> {}

    /** Does nothing until so many more checkpoints have been completed. */
    public record Checkpoints<T>(int count) implements Step<T> {}

    /** Fails the task, the first time that any split comes here. */
    public record Fail<T>(AtomicBoolean done) implements Step<T> {}

    /** Something that is waited for. */
    public static final class Gate {
        private final CompletableFuture<@Nullable Void> future = new CompletableFuture<>();

        /** For good. */
        public void open() {
            future.complete(null);
        }

        /** Completed when it is open. */
        public CompletableFuture<@Nullable Void> future() {
            return future;
        }
    }

    private final long id;
    private final Boundedness boundedness;

    /** Splits, each a script; each ends behind its last step. */
    public ScriptedSource(Boundedness boundedness, List<List<Step<T>>> splits) {
        this.id = LAST.incrementAndGet();
        this.boundedness = boundedness;
        SCRIPTS.put(id, List.copyOf(splits));
    }

    @Override
    public Boundedness getBoundedness() {
        return boundedness;
    }

    @Override
    public SplitEnumerator<Split, List<Split>> createEnumerator(
            SplitEnumeratorContext<Split> context) {
        List<Split> splits = new ArrayList<>();
        List<? extends List<? extends Step<?>>> scripts = SCRIPTS.get(id);
        for (int index = 0; scripts != null && index < scripts.size(); index++) {
            splits.add(new Split(id, index, 0));
        }
        return new Enumerator(context, splits);
    }

    @Override
    public SplitEnumerator<Split, List<Split>> restoreEnumerator(
            SplitEnumeratorContext<Split> context, List<Split> left) {
        return new Enumerator(context, new ArrayList<>(left));
    }

    @Override
    public SimpleVersionedSerializer<Split> getSplitSerializer() {
        return new SplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<List<Split>> getEnumeratorCheckpointSerializer() {
        return new SplitsSerializer();
    }

    @Override
    public SourceReader<T, Split> createReader(SourceReaderContext context) {
        return new Reader<>();
    }

    /** A script and the next step in it. */
    public static final class Split implements SourceSplit {
        private final long script;
        private final int index;
        private int next;
        private int checkpoints;
        private boolean ended;

        Split(long script, int index, int next) {
            this.script = script;
            this.index = index;
            this.next = next;
        }

        @Override
        public String splitId() {
            return script + "-" + index;
        }

        @SuppressWarnings("unchecked") // one type per script
        <T> @Nullable Step<T> step() {
            List<? extends List<? extends Step<?>>> scripts = SCRIPTS.get(script);
            if (scripts == null || next >= scripts.get(index).size()) {
                return null;
            }
            return (Step<T>) scripts.get(index).get(next);
        }
    }

    private static final class Enumerator implements SplitEnumerator<Split, List<Split>> {
        private final SplitEnumeratorContext<Split> context;
        private final List<Split> left;

        Enumerator(SplitEnumeratorContext<Split> context, List<Split> left) {
            this.context = context;
            this.left = left;
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<Split> splits, int subtask) {
            left.addAll(splits);
        }

        @Override
        public void addReader(int subtask) {
            for (Split split : List.copyOf(left)) {
                if (split.index % context.currentParallelism() == subtask) {
                    left.remove(split);
                    context.assignSplit(split, subtask);
                }
            }
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public List<Split> snapshotState(long checkpoint) {
            return List.copyOf(left);
        }

        @Override
        public void close() {}
    }

    private static final class Reader<T> implements SourceReader<T, Split> {
        private final List<Split> splits = new ArrayList<>();
        private volatile CompletableFuture<@Nullable Void> wake = new CompletableFuture<>();
        private boolean noMore;
        private int turn;

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) {
            wake = new CompletableFuture<>();
            if (!noMore) {
                // A split that came later would find the time of those before it.
                return InputStatus.NOTHING_AVAILABLE;
            }
            for (int tried = 0; tried < splits.size(); tried++) {
                turn = (turn + 1) % splits.size();
                if (step(splits.get(turn), output)) {
                    return InputStatus.MORE_AVAILABLE;
                }
            }
            for (Split split : splits) {
                if (!split.ended) {
                    return InputStatus.NOTHING_AVAILABLE;
                }
            }
            return InputStatus.END_OF_INPUT;
        }

        private boolean step(Split split, ReaderOutput<T> output) {
            if (split.ended) {
                return false;
            }
            Step<T> step = split.step();
            SourceOutput<T> out = output.createOutputForSplit(split.splitId());
            if (step == null) {
                split.ended = true;
                output.releaseOutputForSplit(split.splitId());
                return true;
            }
            if (step instanceof Await<T> await && !await.gate().future().isDone()) {
                CompletableFuture<@Nullable Void> waker = wake;
                var unused = await.gate().future().thenRun(() -> waker.complete(null));
                return false;
            }
            if (step instanceof Checkpoints<T> wait && split.checkpoints < wait.count()) {
                return false;
            }
            split.next++;
            split.checkpoints = 0;
            if (step instanceof Emit<T> emit) {
                out.collect(emit.value());
            } else if (step instanceof Mark<T> mark) {
                out.emitWatermark(new Watermark(mark.time()));
            } else if (step instanceof Idle<T>) {
                out.markIdle();
            } else if (step instanceof Active<T>) {
                out.markActive();
            } else if (step instanceof Open<T> open) {
                open.gate().open();
            } else if (step instanceof Fail<T> fail && fail.done().compareAndSet(false, true)) {
                throw new IllegalStateException("a failure that the script wants");
            }
            return true;
        }

        @Override
        public List<Split> snapshotState(long checkpoint) {
            List<Split> state = new ArrayList<>();
            for (Split split : splits) {
                state.add(new Split(split.script, split.index, split.next));
            }
            return state;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            @SuppressWarnings("NullAway") // Flink's own signature knows no null
            CompletableFuture<Void> future = wake;
            return future;
        }

        @Override
        public void addSplits(List<Split> more) {
            splits.addAll(more);
            wake.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {
            noMore = true;
            wake.complete(null);
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            for (Split split : splits) {
                split.checkpoints++;
            }
            wake.complete(null);
        }

        @Override
        public void close() {}
    }

    private static final class SplitSerializer implements SimpleVersionedSerializer<Split> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Split split) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(16);
            out.writeLong(split.script);
            out.writeInt(split.index);
            out.writeInt(split.next);
            return out.getCopyOfBuffer();
        }

        @Override
        public Split deserialize(int version, byte[] bytes) throws IOException {
            DataInputDeserializer in = new DataInputDeserializer(bytes);
            return new Split(in.readLong(), in.readInt(), in.readInt());
        }
    }

    private static final class SplitsSerializer implements SimpleVersionedSerializer<List<Split>> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(List<Split> splits) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(64);
            for (Split split : (Collection<Split>) splits) {
                out.write(new SplitSerializer().serialize(split));
            }
            return out.getCopyOfBuffer();
        }

        @Override
        public List<Split> deserialize(int version, byte[] bytes) throws IOException {
            List<Split> splits = new ArrayList<>();
            for (int at = 0; at < bytes.length; at += 16) {
                byte[] one = java.util.Arrays.copyOfRange(bytes, at, at + 16);
                splits.add(new SplitSerializer().deserialize(version, one));
            }
            return splits;
        }
    }
}
