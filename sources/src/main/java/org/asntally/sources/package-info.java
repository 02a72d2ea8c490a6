/**
 * What a source promises: flows in columnar batches, and a reason for everything that is not a
 * flow.
 *
 * <p>Types here are plain Java; only {@code sources.flink} knows Flink. No lookups, no counting.
 */
@NullMarked
package org.asntally.sources;

import org.jspecify.annotations.NullMarked;
