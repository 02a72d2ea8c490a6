package org.asntally.sinks.blocklist;

import java.io.IOException;

/**
 * The whole filter table of one family: a chain with a rule for each prefix, through which goes
 * what is for this machine and what it forwards. The restoring program replaces a table in one
 * step.
 */
final class IptablesRules implements BlockListWriter {

    @Override
    public void write(BlockList list, ListText text) throws IOException {
        String chain = list.name().text();
        text.header(comment(), list)
                .line("*filter")
                .line(":INPUT ACCEPT [0:0]")
                .line(":FORWARD ACCEPT [0:0]")
                .line(":OUTPUT ACCEPT [0:0]");
        text.add(":").add(chain).line(" - [0:0]");
        text.add("-A INPUT -j ").line(chain);
        text.add("-A FORWARD -j ").line(chain);
        BlockListFormat.each(list, "-A " + chain + " -s ", " -j DROP\n", text);
        text.line("COMMIT");
    }
}
