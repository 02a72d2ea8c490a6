package org.asntally.sources.flink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.asntally.sources.files.InputFile;
import org.jspecify.annotations.Nullable;

/**
 * Cuts inputs into parts and hands them out in order, on request: a reader that is slow gets fewer.
 *
 * <p>Parts are cut when they are asked for, so a list of many large files takes no memory, and what
 * is left is told by one offset. Small inputs go out several at a time.
 */
final class RangeEnumerator implements SplitEnumerator<FileSplit, RangesLeft> {
    /** One answer should give some milliseconds of work. */
    static final long WORTH_ASKING = 1L << 20;

    static final int MOST_AT_ONCE = 64;

    private final SplitEnumeratorContext<FileSplit> context;
    private final List<InputFile> inputs;
    private final Deque<FileSplit> returned;
    private int ordinal;
    private long offset;

    RangeEnumerator(
            SplitEnumeratorContext<FileSplit> context, List<InputFile> inputs, RangesLeft left) {
        this.context = context;
        this.inputs = inputs;
        this.ordinal = left.ordinal();
        this.offset = left.offset();
        this.returned = new ArrayDeque<>(left.returned());
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {}

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        List<FileSplit> splits = new ArrayList<>();
        long bytes = 0;
        while (bytes < WORTH_ASKING && splits.size() < MOST_AT_ONCE) {
            FileSplit split = next();
            if (split == null) {
                break;
            }
            splits.add(split);
            InputFile input = inputs.get(split.ordinal());
            // Nobody knows what is in a stream, nor how large a packed file really is.
            bytes +=
                    input.isDivisible() || input.kind() == InputFile.Kind.TEXT
                            ? split.lastStart() - split.position()
                            : Math.max(input.size(), WORTH_ASKING / 16);
            if (input.isStream()) {
                break;
            }
        }
        if (splits.isEmpty()) {
            context.signalNoMoreSplits(subtask);
        } else {
            context.assignSplits(new SplitsAssignment<>(Map.of(subtask, splits)));
        }
    }

    @Override
    public void addSplitsBack(List<FileSplit> splits, int subtask) {
        returned.addAll(splits);
    }

    @Override
    public RangesLeft snapshotState(long checkpointId) {
        return new RangesLeft(ordinal, offset, List.copyOf(returned));
    }

    @Override
    public void close() {}

    private @Nullable FileSplit next() {
        if (!returned.isEmpty()) {
            return returned.removeFirst();
        }
        if (ordinal >= inputs.size()) {
            return null;
        }
        InputFile input = inputs.get(ordinal);
        InputPart part = InputPart.at(input, offset, context.currentParallelism());
        if (part.isLast()) {
            ordinal++;
            offset = 0;
        } else {
            offset = part.next();
        }
        return new FileSplit(
                input.ordinal(), input.name(), part.start(), part.inLine(), part.lastStart());
    }
}
