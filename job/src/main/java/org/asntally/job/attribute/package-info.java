/**
 * Joins flows with the RIB version of their own time. Here live the timeline, its messages and the
 * tables in memory.
 */
@NullMarked
package org.asntally.job.attribute;

import org.jspecify.annotations.NullMarked;
