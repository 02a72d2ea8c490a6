/**
 * Adds up attributed flows before they travel: tables by route index, flushed as rows per key
 * group.
 */
@NullMarked
package org.asntally.job.tally;

import org.jspecify.annotations.NullMarked;
