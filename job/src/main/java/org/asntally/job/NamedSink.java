package org.asntally.job;

import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.connector.sink2.Sink;
import org.asntally.sinks.WindowTally;
import org.jspecify.annotations.Nullable;

/**
 * An output of the job.
 *
 * @param name its name in metrics and operator names
 * @param sink where rows go
 * @param takes which of the rows it is given at all; null: all
 * @param parallelism how many writers, 0 for the job's parallelism
 */
public record NamedSink(
        String name,
        Sink<WindowTally> sink,
        @Nullable FilterFunction<WindowTally> takes,
        int parallelism) {

    /** One that takes all rows. */
    public NamedSink(String name, Sink<WindowTally> sink, int parallelism) {
        this(name, sink, null, parallelism);
    }
}
