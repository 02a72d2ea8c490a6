/** Writes tables and names in the formats of other programs. */
@NullMarked
package org.asntally.lookup.write;

import org.jspecify.annotations.NullMarked;
