@NullMarked
package org.asntally.sources.packet;

import org.jspecify.annotations.NullMarked;
