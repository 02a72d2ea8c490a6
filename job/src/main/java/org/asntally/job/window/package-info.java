/** Merges partial rows in keyed state and hands out each window when it is over. */
@NullMarked
package org.asntally.job.window;

import org.jspecify.annotations.NullMarked;
