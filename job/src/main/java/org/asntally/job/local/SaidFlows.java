package org.asntally.job.local;

import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowBatch;

/**
 * A source whose every address is printed with its route as it is read: {@code asncounter --debug}.
 * All else is the source within.
 */
final class SaidFlows<S extends SourceSplit, E> implements Source<FlowBatch, S, E> {

    private static final long serialVersionUID = 1;

    private final Source<FlowBatch, S, E> source;
    private final List<Side> sides;

    SaidFlows(Source<FlowBatch, S, E> source, List<Side> sides) {
        this.source = source;
        this.sides = List.copyOf(sides);
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SplitEnumerator<S, E> createEnumerator(SplitEnumeratorContext<S> context)
            throws Exception {
        return source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<S, E> restoreEnumerator(SplitEnumeratorContext<S> context, E state)
            throws Exception {
        return source.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<S> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<E> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    @Override
    public SourceReader<FlowBatch, S> createReader(SourceReaderContext context) throws Exception {
        return new SaidFlowsReader<>(source.createReader(context), new FlowLines(sides));
    }
}
