package org.asntally.sources.flink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads parts of inputs, one after the other, on the task's thread: a call of {@link #pollNext}
 * reads one block or makes one batch. Asks for the next part shortly before the end of the one
 * before.
 */
final class LineSourceReader implements SourceReader<FlowBatch, FileSplit> {
    private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

    private final SourceReaderContext context;
    private final LineInputs inputs;
    private final FlowBatchBuilder flows;
    private final Deque<FileSplit> splits = new ArrayDeque<>();
    private final Runnable endOfInput = this::wakeUp;
    private volatile @Nullable OpenPart open;
    private volatile CompletableFuture<Void> assigned = new CompletableFuture<>();
    private boolean asked;
    private boolean noMoreSplits;

    LineSourceReader(SourceReaderContext context, LineInputs inputs) {
        this.context = context;
        this.inputs = inputs;
        this.flows = new FlowBatchBuilder(inputs.columns());
    }

    @Override
    public void start() {
        EndOfInput.listen(endOfInput);
        askForSplits();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<FlowBatch> out) {
        OpenPart now = open;
        if (EndOfInput.requested() && !endNow(now, out)) {
            return InputStatus.END_OF_INPUT;
        }
        if (now == null) {
            FileSplit next = splits.poll();
            askForSplits();
            if (next == null) {
                return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            }
            now = OpenPart.of(next, inputs, flows);
            open = now;
        }
        switch (now.step(out)) {
            case MORE -> {
                if (now.isNearlyDone()) {
                    askForSplits();
                }
                return InputStatus.MORE_AVAILABLE;
            }
            case WAIT -> {
                return InputStatus.NOTHING_AVAILABLE;
            }
            case DONE, FAILED -> {
                open = null;
                now.close();
                return InputStatus.MORE_AVAILABLE;
            }
        }
        throw new IllegalStateException();
    }

    /** Leaves what is left; whether a stream has still something that was read before. */
    private boolean endNow(@Nullable OpenPart now, ReaderOutput<FlowBatch> out) {
        splits.clear();
        if (now == null) {
            return false;
        }
        if (now.isStream()) {
            now.stop();
            return true;
        }
        now.flush(out);
        now.close();
        open = null;
        return false;
    }

    private void askForSplits() {
        if (!asked && !noMoreSplits && splits.isEmpty()) {
            asked = true;
            context.sendSplitRequest();
        }
    }

    /** Another thread wishes the end. */
    private void wakeUp() {
        OpenPart now = open;
        if (now != null) {
            now.stop();
        }
        assigned.complete(null);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        OpenPart now = open;
        if (now != null) {
            return now.available();
        }
        if (!splits.isEmpty() || noMoreSplits) {
            return NOW;
        }
        if (assigned.isDone()) {
            assigned = new CompletableFuture<>();
        }
        CompletableFuture<Void> wait = assigned;
        if (EndOfInput.requested()) {
            wait.complete(null);
        }
        return wait;
    }

    @Override
    public void addSplits(List<FileSplit> more) {
        splits.addAll(more);
        asked = false;
        assigned.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        assigned.complete(null);
    }

    @Override
    public List<FileSplit> snapshotState(long checkpointId) {
        List<FileSplit> left = new ArrayList<>();
        OpenPart now = open;
        if (now != null) {
            left.add(now.left());
        }
        left.addAll(splits);
        return left;
    }

    @Override
    public void close() {
        EndOfInput.forget(endOfInput);
        OpenPart now = open;
        if (now != null) {
            now.close();
        }
    }
}
