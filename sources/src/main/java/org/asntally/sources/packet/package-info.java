/**
 * Packets of captures: pcap and pcapng files, link layers, IP headers, in plain Java over bytes.
 *
 * <p>Nothing here throws on hostile bytes or allocates per packet.
 */
@NullMarked
package org.asntally.sources.packet;

import org.jspecify.annotations.NullMarked;
