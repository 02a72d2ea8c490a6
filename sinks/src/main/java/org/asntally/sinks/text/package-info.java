/** Reports as text: tsv, table, csv, JSON, Prometheus exposition. Knows no lookup and no source. */
@NullMarked
package org.asntally.sinks.text;

import org.jspecify.annotations.NullMarked;
