/** Tests of the sources and serializers that Flink sees. */
@NullMarked
package org.asntally.sources.flink;

import org.jspecify.annotations.NullMarked;
