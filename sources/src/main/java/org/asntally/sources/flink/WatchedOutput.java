package org.asntally.sources.flink;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.asntally.sources.FlowBatch;
import org.jspecify.annotations.Nullable;

/** Hands batches on and has somebody look at each. */
final class WatchedOutput implements ReaderOutput<FlowBatch> {

    /** Looks at a batch that has just left. */
    interface Watcher {
        /** Called on the reader's thread. */
        void left(FlowBatch batch);
    }

    private final Watcher watcher;
    private @Nullable ReaderOutput<FlowBatch> to;

    WatchedOutput(Watcher watcher) {
        this.watcher = watcher;
    }

    WatchedOutput to(ReaderOutput<FlowBatch> output) {
        to = output;
        return this;
    }

    private ReaderOutput<FlowBatch> output() {
        ReaderOutput<FlowBatch> output = to;
        if (output == null) {
            throw new IllegalStateException("no output yet");
        }
        return output;
    }

    @Override
    public void collect(FlowBatch batch) {
        output().collect(batch);
        watcher.left(batch);
    }

    @Override
    public void collect(FlowBatch batch, long timestamp) {
        collect(batch);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        output().emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
        output().markIdle();
    }

    @Override
    public void markActive() {
        output().markActive();
    }

    @Override
    public SourceOutput<FlowBatch> createOutputForSplit(String splitId) {
        return output().createOutputForSplit(splitId);
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        output().releaseOutputForSplit(splitId);
    }
}
