/**
 * Keeps tables fresh: gets one from elsewhere, checks it against the one in use, puts it in its
 * place. What the commands {@code rib update}, {@code asn-update} and {@code asncounter --refresh}
 * share. Loads no Flink class.
 */
@NullMarked
package org.asntally.job.update;

import org.jspecify.annotations.NullMarked;
