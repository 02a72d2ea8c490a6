/**
 * libpcap, for what only it can do: packets of an interface, and filters in its language. Bound
 * with JNA, which is loaded with the first of its classes, so nothing here costs anything until it
 * is used.
 */
@NullMarked
package org.asntally.sources.live;

import org.jspecify.annotations.NullMarked;
