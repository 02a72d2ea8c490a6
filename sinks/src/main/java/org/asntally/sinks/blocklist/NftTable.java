package org.asntally.sinks.blocklist;

import java.io.IOException;

/**
 * A table of its own for nftables, with a set for each family, that refuses what comes from their
 * networks before anything else sees it. A file is one transaction: the old table is gone at the
 * moment in which the new one is there. The first line makes sure that there is a table to delete.
 *
 * <p>Nested prefixes need {@code auto-merge}: intervals of a set may not overlap.
 */
final class NftTable implements BlockListWriter {

    @Override
    public void write(BlockList list, ListText text) throws IOException {
        String table = "table inet " + list.name().text();
        text.header(comment(), list).line(table).add("delete ").line(table);
        text.add(table).line(" {");
        if (list.families().hasV4()) {
            set(list, false, text);
        }
        if (list.families().hasV6()) {
            set(list, true, text);
        }
        text.line("    chain refuse {");
        text.line("        type filter hook prerouting priority raw; policy accept;");
        if (list.families().hasV4()) {
            text.line("        ip saddr @blocked4 counter drop");
        }
        if (list.families().hasV6()) {
            text.line("        ip6 saddr @blocked6 counter drop");
        }
        text.line("    }").line("}");
    }

    private static void set(BlockList list, boolean v6, ListText text) throws IOException {
        int v4Size = list.prefixes().v4Size();
        boolean empty = v6 ? list.prefixes().size() == v4Size : v4Size == 0;
        text.line(v6 ? "    set blocked6 {" : "    set blocked4 {");
        text.line(v6 ? "        type ipv6_addr" : "        type ipv4_addr");
        text.line("        flags interval").line("        auto-merge");
        if (!empty) {
            text.line("        elements = {");
            BlockListFormat.each(list, v6, "            ", ",\n", text);
            text.line("        }");
        }
        text.line("    }").line("");
    }
}
