/** Block lists: which networks belong on one, and where it is written. Loads no Flink class. */
@NullMarked
package org.asntally.job.lists;

import org.jspecify.annotations.NullMarked;
