package org.asntally.job.local;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.asntally.sources.FlowBatch;

/** The reader of {@link SaidFlows}: hands on what the reader within gives, and says it. */
@SuppressWarnings("try") // of SourceReader.close, which may be interrupted
final class SaidFlowsReader<S extends SourceSplit> implements SourceReader<FlowBatch, S> {

    private final SourceReader<FlowBatch, S> reader;
    private final FlowLines lines;

    SaidFlowsReader(SourceReader<FlowBatch, S> reader, FlowLines lines) {
        this.reader = reader;
        this.lines = lines;
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<FlowBatch> output) throws Exception {
        return reader.pollNext(new Saying(output, lines));
    }

    @Override
    public List<S> snapshotState(long checkpointId) {
        return reader.snapshotState(checkpointId);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return reader.isAvailable();
    }

    @Override
    public void addSplits(List<S> splits) {
        reader.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        reader.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        reader.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }

    private record Saying(ReaderOutput<FlowBatch> output, FlowLines lines)
            implements ReaderOutput<FlowBatch> {

        @Override
        public void collect(FlowBatch batch) {
            lines.say(batch);
            output.collect(batch);
        }

        @Override
        public void collect(FlowBatch batch, long timestamp) {
            lines.say(batch);
            output.collect(batch, timestamp);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            output.emitWatermark(watermark);
        }

        @Override
        public void markIdle() {
            output.markIdle();
        }

        @Override
        public void markActive() {
            output.markActive();
        }

        @Override
        public SourceOutput<FlowBatch> createOutputForSplit(String splitId) {
            return output.createOutputForSplit(splitId);
        }

        @Override
        public void releaseOutputForSplit(String splitId) {
            output.releaseOutputForSplit(splitId);
        }
    }
}
