package org.asntally.sinks.blocklist;

import java.io.IOException;

/**
 * A manifest that sets a variable to an array of prefixes.
 *
 * <pre>
 * $asntally = [
 *   '192.0.2.0/24',
 * ]
 * </pre>
 */
final class PuppetArray implements BlockListWriter {

    @Override
    public void write(BlockList list, ListText text) throws IOException {
        text.header(comment(), list).add("$").add(list.name().text()).line(" = [");
        BlockListFormat.each(list, "  '", "',\n", text);
        text.line("]");
    }
}
