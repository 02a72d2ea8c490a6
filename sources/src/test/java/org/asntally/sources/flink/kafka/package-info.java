@NullMarked
package org.asntally.sources.flink.kafka;

import org.jspecify.annotations.NullMarked;
