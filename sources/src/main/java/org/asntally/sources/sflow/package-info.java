/**
 * sFlow version 5: datagrams of samples, from the network or out of captures, in plain Java over
 * bytes.
 *
 * <p>Nothing here throws on hostile bytes or allocates per datagram; what is kept of exporters is
 * bounded.
 */
@NullMarked
package org.asntally.sources.sflow;

import org.jspecify.annotations.NullMarked;
