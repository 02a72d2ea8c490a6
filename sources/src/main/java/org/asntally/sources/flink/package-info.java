/**
 * The FLIP-27 sources that hand flow batches to the job, and the serializer of these batches.
 * Parsers and decoders stay outside.
 */
@NullMarked
package org.asntally.sources.flink;

import org.jspecify.annotations.NullMarked;
