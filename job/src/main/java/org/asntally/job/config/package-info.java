/**
 * The job file: what it may say ({@link org.asntally.job.config.JobKeys}, the one place), what it
 * says ({@link org.asntally.job.config.JobFile}), and all that is wrong with it, by place. No
 * Flink.
 */
@NullMarked
package org.asntally.job.config;

import org.jspecify.annotations.NullMarked;
