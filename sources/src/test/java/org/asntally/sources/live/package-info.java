@NullMarked
package org.asntally.sources.live;

import org.jspecify.annotations.NullMarked;
