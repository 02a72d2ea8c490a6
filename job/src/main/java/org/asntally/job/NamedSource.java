package org.asntally.job;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.asntally.sources.FlowBatch;

/**
 * An input of the job.
 *
 * @param name its name in metrics, tables and operator names
 * @param flows where its flows come from
 * @param meaning what gives the source's state its meaning: another meaning is another uid
 * @param parallelism how many readers, 0 for the job's parallelism
 * @param required whether the job ends when it fails for good
 */
public record NamedSource(
        String name, FlowStream flows, String meaning, int parallelism, boolean required) {

    /** A source that the job can do without. */
    public NamedSource(String name, FlowStream flows, String meaning, int parallelism) {
        this(name, flows, meaning, parallelism, false);
    }

    /** A source that gives flows. */
    public NamedSource(
            String name,
            Source<FlowBatch, ?, ?> source,
            String meaning,
            WatermarkStrategy<FlowBatch> watermarks,
            int parallelism) {
        this(name, new FlowStream.Direct(source, watermarks), meaning, parallelism);
    }

    /** The same, with a job that ends when it fails for good, or goes on. */
    public NamedSource required(boolean isRequired) {
        return new NamedSource(name, flows, meaning, parallelism, isRequired);
    }

    /** A bounded source that tells no time before its end. */
    public static NamedSource bounded(
            String name, Source<FlowBatch, ?, ?> source, String meaning, int parallelism) {
        return new NamedSource(
                name, source, meaning, WatermarkStrategy.noWatermarks(), parallelism);
    }
}
