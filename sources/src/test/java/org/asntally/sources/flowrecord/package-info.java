@NullMarked
package org.asntally.sources.flowrecord;

import org.jspecify.annotations.NullMarked;
