package org.asntally.sinks.blocklist;

import java.io.IOException;
import org.asntally.lookup.prefixes.PrefixList;

/**
 * A prefix list of FRRouting for each family, which takes the place of an older one; {@code permit}
 * is FRR's word for "is in the list". What lies within a prefix is in it too ({@code le}).
 *
 * <pre>
 * no ip prefix-list asntally
 * ip prefix-list asntally seq 5 permit 192.0.2.0/24 le 32
 * </pre>
 */
final class FrrPrefixLists implements BlockListWriter {

    private static final int STEP = 5;

    @Override
    public String comment() {
        return "! ";
    }

    @Override
    public void write(BlockList list, ListText text) throws IOException {
        text.header(comment(), list);
        if (list.families().hasV4()) {
            prefixList(list, "ip prefix-list ", 0, list.prefixes().v4Size(), 32, text);
        }
        if (list.families().hasV6()) {
            prefixList(
                    list,
                    "ipv6 prefix-list ",
                    list.prefixes().v4Size(),
                    list.prefixes().size(),
                    128,
                    text);
        }
    }

    private static void prefixList(
            BlockList list, String kind, int from, int to, int bits, ListText text)
            throws IOException {
        PrefixList prefixes = list.prefixes();
        String start = kind + list.name().text();
        text.add("no ").line(start);
        for (int i = from; i < to; i++) {
            text.add(start).add(" seq ").add((long) STEP * (i - from + 1)).add(" permit ");
            text.prefix(prefixes, i);
            // FRR wants le to be greater than the length.
            text.line(prefixes.length(i) == bits ? "" : bits == 32 ? " le 32" : " le 128");
        }
    }
}
