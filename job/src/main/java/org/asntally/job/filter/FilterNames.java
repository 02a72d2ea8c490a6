package org.asntally.job.filter;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.asntally.lookup.prefixes.PrefixSet;
import org.jspecify.annotations.Nullable;

/** What the names in an expression stand for; the caller's configuration and files. */
public interface FilterNames {

    /**
     * Networks that a flow's address is looked for in.
     *
     * @param networks by address
     * @param asns by origin AS of the address's route, unsigned
     */
    record NetworkList(PrefixSet networks, Set<Integer> asns) {
        /** Unmodifiable. */
        public NetworkList {
            asns = Set.copyOf(asns);
        }
    }

    /** The networks of a name, null when there are none of it. */
    @Nullable NetworkList list(String name);

    /** All names of networks. */
    Set<String> lists();

    /**
     * The networks of a file.
     *
     * @throws IOException whose message says, for people, why it cannot be used
     */
    NetworkList file(String path) throws IOException;

    /** The interfaces of a name ({@code Interface} or {@code Numbers}), null for none of it. */
    @Nullable List<FilterValue> interfaces(String name);

    /** All names of interfaces. */
    Set<String> interfaces();
}
