/**
 * A job file as a job that goes on: its graph, the cluster in this process that it runs on, and how
 * it continues after a stop, a SIGKILL or a changed file. {@link org.asntally.job.run.JobRun} is
 * the door; until it is called no Flink class is loaded.
 */
@NullMarked
package org.asntally.job.run;

import org.jspecify.annotations.NullMarked;
