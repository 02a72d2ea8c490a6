/**
 * Rows in, the same rows out with the network of an address in each: text, CSV, JSON lines. Bytes
 * in and bytes out; knows no Flink. Formats of logs and addresses are read by {@code sources.text}.
 */
@NullMarked
package org.asntally.job.enrich;

import org.jspecify.annotations.NullMarked;
