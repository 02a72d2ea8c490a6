package org.asntally.sinks.blocklist;

import java.io.IOException;

/**
 * A block of ngx_http_geo_module, for {@code include} in http: the variable is 1 for addresses in
 * the list. A lookup in it costs the same however long it is.
 *
 * <pre>
 * geo $asntally {
 *     default 0;
 *     192.0.2.0/24 1;
 * }
 * </pre>
 */
final class NginxGeo implements BlockListWriter {

    @Override
    public void write(BlockList list, ListText text) throws IOException {
        text.header(comment(), list).add("geo $").add(list.name().text()).line(" {");
        text.line("    default 0;");
        BlockListFormat.each(list, "    ", " 1;\n", text);
        text.line("}");
    }
}
