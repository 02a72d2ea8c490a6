package org.asntally.sinks.blocklist;

import java.io.IOException;
import org.asntally.lookup.prefixes.PrefixList;

/**
 * One JSON object: what the other formats say in comments, and an array of prefixes.
 *
 * <pre>
 * {
 *   "list": "1 IPv4 and 0 IPv6 prefixes of AS64496",
 *   "made": "2026-05-27T16:00:00Z",
 *   "table": "routes, valid from ...",
 *   "command": "asntally prefixes ...",
 *   "prefixes": [
 *     "192.0.2.0/24"
 *   ]
 * }
 * </pre>
 */
final class JsonList implements BlockListWriter {

    @Override
    public String comment() {
        return "  \"";
    }

    @Override
    public void write(BlockList list, ListText text) throws IOException {
        text.line("{");
        for (ListHeader.Line line : list.headerLines()) {
            // The texts are printable ASCII without backslashes.
            String value = line.text().replace("\"", "\\\"");
            text.add("  \"").add(line.name()).add("\": \"").add(value).line("\",");
        }
        text.line("  \"prefixes\": [");
        PrefixList prefixes = list.prefixes();
        for (int i = 0; i < prefixes.size(); i++) {
            text.add("    \"").prefix(prefixes, i).line(i + 1 < prefixes.size() ? "\"," : "\"");
        }
        text.line("  ]").line("}");
    }
}
