/**
 * Reader of MRT table dumps (RFC 6396, RFC 8050), on bytes, record by record. What the peers of one
 * prefix say becomes votes for its origins; who wins is decided in {@code rib}.
 */
@NullMarked
package org.asntally.lookup.read.mrt;

import org.jspecify.annotations.NullMarked;
