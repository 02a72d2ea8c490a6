package org.asntally.job;

import org.apache.flink.api.connector.sink2.Sink;
import org.asntally.sinks.WindowTally;

/**
 * An output of the job.
 *
 * @param name its name in metrics and operator names
 * @param sink where rows go
 * @param parallelism how many writers, 0 for the job's parallelism
 */
public record NamedSink(String name, Sink<WindowTally> sink, int parallelism) {}
