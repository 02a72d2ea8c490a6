@NullMarked
package org.asntally.sources.udp;

import org.jspecify.annotations.NullMarked;
