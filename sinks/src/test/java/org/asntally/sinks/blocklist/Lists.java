package org.asntally.sinks.blocklist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.asntally.lookup.prefixes.NetworkLines;
import org.asntally.lookup.prefixes.PrefixList;
import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.sinks.RibFacts;

/** Lists for tests, of documentation addresses, which no list of a user can hold. */
final class Lists {

    static final RibFacts TABLE =
            new RibFacts(
                    "routes",
                    "rib.20260527.1600.bz2",
                    "2026-05-27T16:00:00Z",
                    null,
                    "0123456789abcdef0123456789abcdef");

    static final Instant NOON = Instant.parse("2026-05-27T12:00:00.123Z");

    private Lists() {}

    static PrefixList prefixes(String... networks) {
        PrefixList.Builder list = new PrefixList.Builder();
        for (String network : networks) {
            PrefixSet.Builder one = new PrefixSet.Builder();
            new NetworkLines(
                            one,
                            (line, fault, excerpt) -> {
                                throw new AssertionError(excerpt + ": " + fault);
                            })
                    .readWords(network);
            one.build().prefixes(list);
        }
        return list.build();
    }

    static ListHeader header(String... command) {
        return new ListHeader("AS64496 (Sample)", NOON, TABLE, List.of(command));
    }

    static BlockList list(Families families, String... networks) {
        return BlockList.unchecked(
                ListName.DEFAULT,
                families,
                prefixes(networks),
                header("asntally", "prefixes", "AS64496"));
    }

    static String text(BlockList list, BlockListFormat format) throws IOException {
        return new String(ListFile.bytes(list, format), StandardCharsets.UTF_8);
    }
}
