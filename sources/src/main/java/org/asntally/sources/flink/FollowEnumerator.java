package org.asntally.sources.flink;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the one split of files that are followed to the reader that asks first. All else is known
 * to that reader alone, so that what is read and what is known of files are in one state.
 */
final class FollowEnumerator implements SplitEnumerator<FollowState, FollowState> {
    private final SplitEnumeratorContext<FollowState> context;
    private @Nullable FollowState split;

    /** The split that no reader has, null when one has it. */
    FollowEnumerator(SplitEnumeratorContext<FollowState> context, @Nullable FollowState split) {
        this.context = context;
        this.split = split;
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        FollowState free = split;
        if (free != null) {
            split = null;
            context.assignSplit(free, subtask);
        }
    }

    @Override
    public void addSplitsBack(List<FollowState> splits, int subtask) {
        for (FollowState back : splits) {
            split = back;
        }
    }

    @Override
    public void addReader(int subtask) {}

    @Override
    public @Nullable FollowState snapshotState(long checkpointId) {
        return split;
    }

    @Override
    public void close() {}

    /** Of the split, or of none. */
    static final class StateSerializer implements SimpleVersionedSerializer<FollowState> {
        private final FollowStateSerializer states = new FollowStateSerializer();

        @Override
        public int getVersion() {
            return states.getVersion();
        }

        @Override
        public byte[] serialize(@Nullable FollowState state) throws IOException {
            return state == null ? new byte[0] : states.serialize(state);
        }

        @Override
        public @Nullable FollowState deserialize(int version, byte[] bytes) throws IOException {
            return bytes.length == 0 ? null : states.deserialize(version, bytes);
        }
    }
}
