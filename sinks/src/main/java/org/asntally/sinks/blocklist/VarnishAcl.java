package org.asntally.sinks.blocklist;

import java.io.IOException;
import org.asntally.lookup.prefixes.PrefixList;

/**
 * An acl of VCL, for {@code include}.
 *
 * <pre>
 * acl asntally {
 *     "192.0.2.0"/24;
 * }
 * </pre>
 */
final class VarnishAcl implements BlockListWriter {

    @Override
    public void write(BlockList list, ListText text) throws IOException {
        text.header(comment(), list).add("acl ").add(list.name().text()).line(" {");
        PrefixList prefixes = list.prefixes();
        for (int i = 0; i < prefixes.size(); i++) {
            text.add("    \"").address(prefixes, i).add("\"/").add(prefixes.length(i)).line(";");
        }
        text.line("}");
    }
}
