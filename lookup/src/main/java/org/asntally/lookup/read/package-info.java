/**
 * Readers of tables and name files, on bytes, streaming and bounded: a bad line is reported and
 * counted, the rest is read.
 *
 * <p>They push what they read into a {@link org.asntally.lookup.read.RouteSink}; what becomes of it
 * is decided in {@code rib}. Why a file cannot be read or written they have words for.
 */
@NullMarked
package org.asntally.lookup.read;

import org.jspecify.annotations.NullMarked;
