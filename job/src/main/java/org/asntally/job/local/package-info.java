/**
 * Counting on this machine: what a count is asked to do, the MiniCluster that does it in this
 * process, signals, temporary files, the console. {@link org.asntally.job.local.LocalRun} is the
 * door; until it is called no Flink class is loaded.
 */
@NullMarked
package org.asntally.job.local;

import org.jspecify.annotations.NullMarked;
