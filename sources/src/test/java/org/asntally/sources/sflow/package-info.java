/** Tests of sFlow. */
@NullMarked
package org.asntally.sources.sflow;

import org.jspecify.annotations.NullMarked;
