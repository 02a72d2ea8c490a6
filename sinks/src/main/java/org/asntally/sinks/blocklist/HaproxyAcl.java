package org.asntally.sinks.blocklist;

import java.io.IOException;

/**
 * A pattern file of HAProxy (configuration manual, section 7.1): a prefix a line, and lines that
 * begin with {@code #} are comments.
 *
 * <pre>
 * http-request deny if { src -f FILE }
 * </pre>
 */
final class HaproxyAcl implements BlockListWriter {

    @Override
    public void write(BlockList list, ListText text) throws IOException {
        BlockListFormat.each(list, "", "\n", text.header(comment(), list));
    }
}
