/**
 * Files as the bytes that are in them: gzip and bzip2 told by content, streaming. Knows nothing of
 * tables.
 */
@NullMarked
package org.asntally.lookup.unpack;

import org.jspecify.annotations.NullMarked;
