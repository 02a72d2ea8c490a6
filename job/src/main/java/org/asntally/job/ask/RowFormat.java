package org.asntally.job.ask;

/** What rows look like. */
public enum RowFormat {
    TABLE,
    TSV,
    CSV,
    JSON,
    PUPPET
}
