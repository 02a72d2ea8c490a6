package org.asntally.sources.text;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.asntally.lookup.prefixes.NetworkLines;
import org.asntally.lookup.prefixes.PrefixSet;

/**
 * The proxies whose word on their clients is taken.
 *
 * @param list prefixes and addresses between commas; {@code private} stands for what is reached on
 *     this machine and its own networks only, {@code any} for all addresses
 */
public record TrustedProxies(String list) implements Serializable {

    private static final long serialVersionUID = 1;

    /** Loopback, private use (RFC 1918, RFC 4193), link-local. */
    private static final String PRIVATE =
            "127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,"
                    + "::1/128,fc00::/7,fe80::/10";

    /** Those of the own networks. */
    public static final TrustedProxies OWN = new TrustedProxies("private");

    /**
     * The proxies of a list.
     *
     * @throws LogFormatException when a word of it is neither a network nor one of the two names
     */
    public TrustedProxies {
        setOf(list);
    }

    /** All of their addresses. */
    PrefixSet set() {
        return setOf(list);
    }

    private static PrefixSet setOf(String list) {
        PrefixSet.Builder set = new PrefixSet.Builder();
        List<String> bad = new ArrayList<>();
        NetworkLines words =
                new NetworkLines(
                        set,
                        (line, fault, excerpt) -> {
                            if (fault.isFatal()) {
                                bad.add("'" + excerpt + "' is " + fault.label());
                            }
                        });
        for (String word : list.split(",", -1)) {
            switch (word.strip().toLowerCase(Locale.ROOT)) {
                case "private" -> words.readWords(PRIVATE);
                case "any" -> {
                    set.range(false, 0, 0, 0, 0xffffffffL);
                    set.range(true, 0, 0, -1, -1);
                }
                default -> words.readWords(word.strip());
            }
        }
        if (!bad.isEmpty()) {
            throw new LogFormatException(bad.get(0));
        }
        return set.build();
    }
}
