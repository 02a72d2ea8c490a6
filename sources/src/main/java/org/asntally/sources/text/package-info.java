/**
 * Readers of lines, on bytes: addresses, tuples, access logs, tcpdump's text; and how a format is
 * told from the head of a file. Plain Java: no Flink, no logging, no exception for bad input.
 */
@NullMarked
package org.asntally.sources.text;

import org.jspecify.annotations.NullMarked;
