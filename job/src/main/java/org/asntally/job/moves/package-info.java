/** Tells which prefixes move to another AS when a table takes the place of another. */
@NullMarked
package org.asntally.job.moves;

import org.jspecify.annotations.NullMarked;
