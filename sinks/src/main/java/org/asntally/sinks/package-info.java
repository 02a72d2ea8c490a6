/**
 * What a sink must show: rows of finished windows, their numbers, and the counters of what was left
 * out. Formats and sinks of each kind live in the packages below.
 */
@NullMarked
package org.asntally.sinks;

import org.jspecify.annotations.NullMarked;
