package org.asntally.sinks.blocklist;

import java.io.IOException;

/**
 * Lines of mod_authz_core, for {@code Include} in a directory or location. Refusals alone would
 * grant nothing, so one line grants all first.
 */
final class ApacheRequire implements BlockListWriter {

    @Override
    public void write(BlockList list, ListText text) throws IOException {
        text.header(comment(), list).line("<RequireAll>").line("    Require all granted");
        BlockListFormat.each(list, "    Require not ip ", "\n", text);
        text.line("</RequireAll>");
    }
}
