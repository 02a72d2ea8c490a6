package org.asntally.job;

/**
 * One flow as a test thinks of it.
 *
 * @param source which source of the job
 * @param position its place in the input
 * @param low of v4 the address, unsigned
 */
public record TestFlow(
        int source,
        long position,
        long time,
        boolean v6,
        long high,
        long low,
        long toHigh,
        long toLow,
        long packets,
        long bytes,
        double weight) {}
