/**
 * Inputs as the user names them, and their bytes as blocks of whole lines: what to read in which
 * order, compression told by content, slow streams, lines of any length.
 *
 * <p>Plain Java: no Flink, no parsing, nothing printed.
 */
@NullMarked
package org.asntally.sources.files;

import org.jspecify.annotations.NullMarked;
