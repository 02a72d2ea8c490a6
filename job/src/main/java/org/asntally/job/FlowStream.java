package org.asntally.job;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.asntally.sources.FlowBatch;

/** How the flows of an input come into the graph. */
public sealed interface FlowStream {

    /**
     * A source that gives flows.
     *
     * @param watermarks who tells its time; none where the source does, and for {@code count},
     *     where nothing is late
     */
    record Direct(Source<FlowBatch, ?, ?> source, WatermarkStrategy<FlowBatch> watermarks)
            implements FlowStream {}

    /**
     * A source that gives something else, and what makes flows of it, in the same task.
     *
     * @param source tells its time itself
     * @param records the type of what it gives, with a serializer of its own
     * @param decoder makes flows of that; chained behind the source
     */
    record Decoded<T>(
            Source<T, ?, ?> source,
            TypeInformation<T> records,
            OneInputStreamOperator<T, FlowBatch> decoder)
            implements FlowStream {}
}
