/** What Flink must know of results: their types and serializers. */
@NullMarked
package org.asntally.sinks.flink;

import org.jspecify.annotations.NullMarked;
