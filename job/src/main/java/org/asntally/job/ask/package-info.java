/**
 * Questions about networks and their answers, one row each: what {@code lookup}, {@code asn-lookup}
 * and {@code explain} do. No Flink: these must answer at once.
 */
@NullMarked
package org.asntally.job.ask;

import org.jspecify.annotations.NullMarked;
