/**
 * The command line: one class per command, plain text in, text and an exit status out. Only {@code
 * job.local} is asked to count; nothing here names a Flink class, so that quick commands are quick.
 */
@NullMarked
package org.asntally.job.cli;

import org.jspecify.annotations.NullMarked;
