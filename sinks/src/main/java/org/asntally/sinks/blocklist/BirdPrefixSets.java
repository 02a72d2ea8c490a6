package org.asntally.sinks.blocklist;

import java.io.IOException;
import org.asntally.lookup.prefixes.PrefixList;

/**
 * A prefix set of BIRD 2 for each family. The plus takes in what lies within a prefix: that is what
 * a list of networks means, and after aggregation few routes would be equal to one.
 *
 * <pre>
 * define asntally4 = [
 *     192.0.2.0/24+
 * ];
 * </pre>
 */
final class BirdPrefixSets implements BlockListWriter {

    @Override
    public void write(BlockList list, ListText text) throws IOException {
        text.header(comment(), list);
        if (list.families().hasV4()) {
            set(list, "4", 0, list.prefixes().v4Size(), text);
        }
        if (list.families().hasV6()) {
            set(list, "6", list.prefixes().v4Size(), list.prefixes().size(), text);
        }
    }

    private static void set(BlockList list, String suffix, int from, int to, ListText text)
            throws IOException {
        PrefixList prefixes = list.prefixes();
        text.add("define ").add(list.name().text()).add(suffix).line(" = [");
        for (int i = from; i < to; i++) {
            text.add("    ").prefix(prefixes, i).line(i + 1 < to ? "+," : "+");
        }
        text.line("];");
    }
}
