/**
 * Tables of routes: immutable, found by address, kept in files that are mapped and used as they
 * lie.
 *
 * <p>No network, no clock, no job.
 */
@NullMarked
package org.asntally.lookup.rib;

import org.jspecify.annotations.NullMarked;
