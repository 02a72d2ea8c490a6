/**
 * Datagrams as they come: sockets, the threads that empty them, and what is known of those that
 * were lost on this machine. No Flink.
 */
@NullMarked
package org.asntally.sources.udp;

import org.jspecify.annotations.NullMarked;
