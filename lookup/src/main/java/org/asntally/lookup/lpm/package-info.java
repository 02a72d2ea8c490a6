/**
 * Longest-prefix match on primitives: from sorted routes to tables, and from addresses to route
 * indexes.
 *
 * <p>Knows no names, no files and no formats.
 */
@NullMarked
package org.asntally.lookup.lpm;

import org.jspecify.annotations.NullMarked;
