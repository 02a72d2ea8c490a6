/**
 * Values as people write them, in options and in the job file: durations, sizes, times. A text that
 * is none gives null; who asked says what is wrong.
 */
@NullMarked
package org.asntally.job.value;

import org.jspecify.annotations.NullMarked;
