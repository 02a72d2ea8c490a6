package org.asntally.sinks.blocklist;

import java.util.List;
import org.asntally.lookup.prefixes.PrefixList;
import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.lookup.special.SpecialBlock;
import org.asntally.lookup.special.SpecialPurpose;

/**
 * A list of networks with its name and what it says about itself. Immutable.
 *
 * <p>{@link #safe} makes one that a firewall may load: no address of it is special-purpose (which
 * keeps default routes out too, since they hold such addresses), or on the caller's own list of
 * exceptions.
 */
public final class BlockList {

    private final ListName name;
    private final Families families;
    private final PrefixList prefixes;
    private final ListHeader header;
    private final boolean safe;

    private BlockList(
            ListName name,
            Families families,
            PrefixList prefixes,
            ListHeader header,
            boolean safe) {
        this.name = name;
        this.families = families;
        this.prefixes =
                families == Families.BOTH ? prefixes : prefixes.only(families == Families.V6);
        this.header = header;
        this.safe = safe;
    }

    /** What is never on a list that something is refused by. */
    public static PrefixSet neverListed() {
        PrefixSet.Builder set = new PrefixSet.Builder();
        for (SpecialBlock block : SpecialPurpose.blocks()) {
            set.prefix(block.v6(), block.high(), block.low(), block.length());
        }
        return set.build();
    }

    /**
     * A list that any format may be made of.
     *
     * @param except networks that must not be on it
     * @param loss is told of each prefix that could not stay as it is
     */
    public static BlockList safe(
            ListName name,
            Families families,
            PrefixList prefixes,
            PrefixSet except,
            ListHeader header,
            PrefixList.Loss loss) {
        PrefixList kept = prefixes.minus(neverListed(), loss).minus(except, loss);
        return new BlockList(name, families, kept, header, true);
    }

    /**
     * A list with all that it was given, for formats that are read by people and scripts only; the
     * others refuse it.
     */
    public static BlockList exact(
            ListName name, Families families, PrefixList prefixes, ListHeader header) {
        return new BlockList(name, families, prefixes, header, false);
    }

    /** As if nothing were special: tests load documentation addresses. */
    static BlockList unchecked(
            ListName name, Families families, PrefixList prefixes, ListHeader header) {
        return new BlockList(name, families, prefixes, header, true);
    }

    /** The same with the fewest prefixes: nested ones swallowed, neighbours joined. */
    public BlockList aggregated() {
        return new BlockList(name, families, prefixes.toSet().toList(), header, safe);
    }

    /** Its name. */
    public ListName name() {
        return name;
    }

    /** Of which families it is; there need not be a prefix of each. */
    public Families families() {
        return families;
    }

    /** Its prefixes. */
    public PrefixList prefixes() {
        return prefixes;
    }

    /** Whether nothing on it is special-purpose. */
    public boolean isSafe() {
        return safe;
    }

    /** How many prefixes, in words. */
    public String count() {
        int v4 = prefixes.v4Size();
        int v6 = prefixes.size() - v4;
        return switch (families) {
            case BOTH -> v4 + " IPv4 and " + v6 + " IPv6 prefixes";
            case V4 -> v4 + " IPv4 prefixes";
            case V6 -> v6 + " IPv6 prefixes";
        };
    }

    List<ListHeader.Line> headerLines() {
        return header.lines(count());
    }
}
