/** What Prometheus scrapes. The text itself is made in {@code org.asntally.sinks.text}. */
@NullMarked
package org.asntally.sinks.prometheus;

import org.jspecify.annotations.NullMarked;
