/**
 * Flow messages of collectors, byte by byte: protobuf of goflow2, bwNetFlow and flowpipeline, JSON
 * of goflow2. Knows no Kafka and no Flink, throws nothing on bad input and does not log.
 */
@NullMarked
package org.asntally.sources.flowrecord;

import org.jspecify.annotations.NullMarked;
