package org.asntally.sources.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.asntally.sources.FlowBatch;

/** What {@link BlockFileSource} and {@link StdinSource} share. */
abstract sealed class LineSource
        implements Source<FlowBatch, FileSplit, RangesLeft>, ResultTypeQueryable<FlowBatch>
        permits BlockFileSource, StdinSource {

    private static final long serialVersionUID = 1;

    private final LineInputs inputs;

    LineSource(LineInputs inputs) {
        this.inputs = inputs;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<FileSplit, RangesLeft> createEnumerator(
            SplitEnumeratorContext<FileSplit> context) {
        return restoreEnumerator(context, RangesLeft.ALL);
    }

    @Override
    public SplitEnumerator<FileSplit, RangesLeft> restoreEnumerator(
            SplitEnumeratorContext<FileSplit> context, RangesLeft left) {
        return new RangeEnumerator(context, inputs.inputs(), left);
    }

    @Override
    public SourceReader<FlowBatch, FileSplit> createReader(SourceReaderContext context) {
        return new LineSourceReader(context, inputs);
    }

    @Override
    public SimpleVersionedSerializer<FileSplit> getSplitSerializer() {
        return new FileSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<RangesLeft> getEnumeratorCheckpointSerializer() {
        return new RangesLeftSerializer();
    }

    @Override
    public TypeInformation<FlowBatch> getProducedType() {
        return FlowBatchTypeInfo.INSTANCE;
    }
}
