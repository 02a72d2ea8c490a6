package org.asntally.job.attribute;

import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.asntally.sinks.Side;

/** Makes {@link AttributeOperator}s: one input per source, the RIB's last. */
public final class AttributeOperatorFactory extends AbstractStreamOperatorFactory<AttributedBatch> {

    private static final long serialVersionUID = 1;

    private final int sources;
    private final List<Side> sides;
    private final RibTimeline bootstrap;
    private final long maxAheadMillis;
    private final long keepMillis;
    private final FailedInputs failed;

    /**
     * For a job with so many sources.
     *
     * @param bootstrap what is known of versions at submission; may be empty
     * @param maxAheadMillis how far ahead of the clock a flow may be and be believed
     * @param keepMillis how long, in the time of flows, a table that another has followed stays
     *     open
     * @param failed what is done when one of them fails
     */
    public AttributeOperatorFactory(
            int sources,
            List<Side> sides,
            RibTimeline bootstrap,
            long maxAheadMillis,
            long keepMillis,
            FailedInputs failed) {
        this.sources = sources;
        this.sides = List.copyOf(sides);
        this.bootstrap = bootstrap;
        this.maxAheadMillis = maxAheadMillis;
        this.keepMillis = keepMillis;
        this.failed = failed;
        // Its inputs come from the network; what follows is chained to it.
        setChainingStrategy(ChainingStrategy.HEAD);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
    public <T extends StreamOperator<AttributedBatch>> T createStreamOperator(
            StreamOperatorParameters<AttributedBatch> parameters) {
        return (T)
                new AttributeOperator(
                        parameters, sources, sides, bootstrap, maxAheadMillis, keepMillis, failed);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return AttributeOperator.class;
    }
}
