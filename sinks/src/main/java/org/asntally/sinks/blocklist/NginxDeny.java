package org.asntally.sinks.blocklist;

import java.io.IOException;

/**
 * Lines of ngx_http_access_module, for {@code include} in a server or location: whoever is in the
 * list gets 403.
 *
 * <pre>
 * deny 192.0.2.0/24;
 * </pre>
 */
final class NginxDeny implements BlockListWriter {

    @Override
    public void write(BlockList list, ListText text) throws IOException {
        BlockListFormat.each(list, "deny ", ";\n", text.header(comment(), list));
    }
}
