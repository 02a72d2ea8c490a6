/** Result rows as lines of files: what they hold, and how they are written. Without Flink. */
@NullMarked
package org.asntally.sinks.files;

import org.jspecify.annotations.NullMarked;
