package org.asntally.sinks.blocklist;

import java.io.IOException;

/**
 * A prefix a line.
 *
 * <pre>
 * 192.0.2.0/24
 * 2001:db8::/32
 * </pre>
 */
final class PlainList implements BlockListWriter {

    @Override
    public void write(BlockList list, ListText text) throws IOException {
        BlockListFormat.each(list, "", "\n", text.header(comment(), list));
    }
}
