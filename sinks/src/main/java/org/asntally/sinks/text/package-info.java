/**
 * Reports as text: tsv, table, csv, JSON, Prometheus exposition. Names of ASes are hostile text and
 * are made safe here, each for its medium. Knows no lookup, no source and no Flink.
 */
@NullMarked
package org.asntally.sinks.text;

import org.jspecify.annotations.NullMarked;
