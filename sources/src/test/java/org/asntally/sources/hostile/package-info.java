/**
 * Hostile inputs beside good ones of the same size: what is bad is counted by its reason, what is
 * good beside it counts, and it costs no more than twice as much.
 */
@NullMarked
package org.asntally.sources.hostile;

import org.jspecify.annotations.NullMarked;
