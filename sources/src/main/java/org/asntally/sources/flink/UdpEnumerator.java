package org.asntally.sources.flink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Gives each reader its sockets when it comes, by its number: nothing of it is remembered, so what
 * a reader had in another life never takes part in this one.
 */
final class UdpEnumerator implements SplitEnumerator<UdpSplit, UdpEnumerator.Nothing> {

    /** There is no state. */
    static final class Nothing {
        static final Nothing ALL = new Nothing();

        private Nothing() {}
    }

    private final SplitEnumeratorContext<UdpSplit> context;
    private final int sockets;

    UdpEnumerator(SplitEnumeratorContext<UdpSplit> context, int sockets) {
        this.context = context;
        this.sockets = sockets;
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
        List<UdpSplit> splits = new ArrayList<>();
        for (int number = subtask; number < sockets; number += context.currentParallelism()) {
            splits.add(new UdpSplit(number));
        }
        if (!splits.isEmpty()) {
            context.assignSplits(new SplitsAssignment<>(Map.of(subtask, splits)));
        }
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        // Nobody asks: sockets are given.
    }

    @Override
    public void addSplitsBack(List<UdpSplit> splits, int subtask) {
        // They are given again to the reader that comes in its place.
    }

    @Override
    public Nothing snapshotState(long checkpointId) {
        return Nothing.ALL;
    }

    @Override
    public void close() {}

    /** No bytes. */
    static final class NothingSerializer implements SimpleVersionedSerializer<Nothing> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Nothing state) {
            return new byte[0];
        }

        @Override
        public Nothing deserialize(int version, byte[] bytes) throws IOException {
            return Nothing.ALL;
        }
    }
}
