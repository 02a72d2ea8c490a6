package org.asntally.lookup.rib;

import org.jspecify.annotations.Nullable;

/**
 * What a table lacks that the one before it had, so much that it is taken for broken: with less
 * than 90 % of its routes, in all or in a family of a thousand and more, or without a family.
 * Tables of another kind are only compared by family: ranges and routes differ in number by nature.
 *
 * @param family {@code IPv4}, {@code IPv6}; empty: both together
 * @param routes what it has of them
 * @param before what the one before it had
 */
public record RibShrinkage(String family, long routes, long before) {

    private static final int LARGE = 1_000;

    /** Compares two tables; null when nothing is missing. */
    public static @Nullable RibShrinkage of(RibInfo before, RibInfo now) {
        if (before.v4Routes() > 0 && now.v4Routes() == 0) {
            return new RibShrinkage("IPv4", 0, before.v4Routes());
        }
        if (before.v6Routes() > 0 && now.v6Routes() == 0) {
            return new RibShrinkage("IPv6", 0, before.v6Routes());
        }
        if (before.kind() != now.kind()) {
            return null;
        }
        RibShrinkage all = new RibShrinkage("", routes(now), routes(before));
        RibShrinkage v4 = new RibShrinkage("IPv4", now.v4Routes(), before.v4Routes());
        RibShrinkage v6 = new RibShrinkage("IPv6", now.v6Routes(), before.v6Routes());
        if (all.isMuch()) {
            return all;
        }
        if (v4.before >= LARGE && v4.isMuch()) {
            return v4;
        }
        return v6.before >= LARGE && v6.isMuch() ? v6 : null;
    }

    /** Whether it lacks a whole family. */
    public boolean isFamilyLost() {
        return routes == 0 && !family.isEmpty();
    }

    private boolean isMuch() {
        return 10 * routes < 9 * before;
    }

    private static long routes(RibInfo info) {
        return (long) info.v4Routes() + info.v6Routes();
    }
}
