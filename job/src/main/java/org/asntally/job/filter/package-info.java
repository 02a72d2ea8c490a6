/**
 * The language of filters: text to tree and back, and the tree compiled so that it looks at a whole
 * batch of flows at a time. Plain Java; nothing here knows a file, a configuration or the engine.
 */
@NullMarked
package org.asntally.job.filter;

import org.jspecify.annotations.NullMarked;
