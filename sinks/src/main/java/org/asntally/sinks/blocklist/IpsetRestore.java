package org.asntally.sinks.blocklist;

import java.io.IOException;

/**
 * A set for each family, filled beside the one in use and swapped with it: rules that name it never
 * see it half full. The options are the same each time, since an existing set is only taken for the
 * same one when they are.
 */
final class IpsetRestore implements BlockListWriter {

    private static final String CREATE = " maxelem 2097152 -exist\n";

    @Override
    public void write(BlockList list, ListText text) throws IOException {
        text.header(comment(), list);
        if (list.families().hasV4()) {
            set(list, false, text);
        }
        if (list.families().hasV6()) {
            set(list, true, text);
        }
    }

    private static void set(BlockList list, boolean v6, ListText text) throws IOException {
        String name = list.name().text() + (v6 ? "6" : "4");
        String beside = name + "_new";
        String type = v6 ? " hash:net family inet6" : " hash:net family inet";
        text.add("create ").add(name).add(type).add(CREATE);
        // One may be left from a run that was broken off.
        text.add("create ").add(beside).add(type).add(CREATE);
        text.add("flush ").line(beside);
        BlockListFormat.each(list, v6, "add " + beside + " ", "\n", text);
        text.add("swap ").add(beside).add(" ").line(name);
        text.add("destroy ").line(beside);
    }
}
