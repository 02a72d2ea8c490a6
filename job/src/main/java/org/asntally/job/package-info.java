/**
 * The pipeline: sources in, rows of windows out. {@link Stage} has the whole graph in one screen.
 */
@NullMarked
package org.asntally.job;

import org.jspecify.annotations.NullMarked;
