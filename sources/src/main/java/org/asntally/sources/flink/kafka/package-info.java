/**
 * Flows of Kafka topics: Flink's own source, made patient, and behind it the operator that gathers
 * records into batches. The only package that knows Kafka's client; records are read by {@code
 * sources.flowrecord}.
 */
@NullMarked
package org.asntally.sources.flink.kafka;

import org.jspecify.annotations.NullMarked;
