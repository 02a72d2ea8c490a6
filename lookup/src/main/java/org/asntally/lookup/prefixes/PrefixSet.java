package org.asntally.lookup.prefixes;

import org.asntally.lookup.Prefix;

/**
 * A set of addresses of both families, kept as ranges that do not touch; it is shown as the fewest
 * prefixes that make it up. Immutable; any number of threads.
 *
 * <p>16 bytes for an IPv4 range, 32 for an IPv6 one. Taking n prefixes costs n log n, and n when
 * they come in order.
 */
public final class PrefixSet {

    /** The set without an address. */
    public static final PrefixSet EMPTY = new Builder().build();

    private final Ranges v4;
    private final Ranges v6;

    private PrefixSet(Ranges v4, Ranges v6) {
        this.v4 = v4;
        this.v6 = v6;
    }

    /** Collects prefixes and ranges in any order, as often as they come. One thread. */
    public static final class Builder implements PrefixSink {

        private Ranges v4 = new Ranges(false);
        private Ranges v6 = new Ranges(true);

        /** Nothing yet. */
        public Builder() {}

        /** Takes a prefix; bits beyond its length do not matter. */
        @Override
        public void prefix(boolean family, long high, long low, int length) {
            long firstHigh = family ? high & Prefix.maskHigh(length) : 0;
            long firstLow =
                    family
                            ? low & Prefix.maskLow(length)
                            : low & Prefix.mask4(length) & AddressRange.LAST_V4;
            range(
                    family,
                    firstHigh,
                    firstLow,
                    AddressRange.lastHigh(family, firstHigh, length),
                    AddressRange.lastLow(family, firstLow, length));
        }

        /** Takes a range, both ends included. */
        public void range(
                boolean family, long firstHigh, long firstLow, long lastHigh, long lastLow) {
            if (AddressRange.compare(firstHigh, firstLow, lastHigh, lastLow) > 0) {
                throw new IllegalArgumentException("a range that ends before it begins");
            }
            (family ? v6 : v4).add(firstHigh, firstLow, lastHigh, lastLow);
        }

        /** The set; the builder is empty after it. */
        public PrefixSet build() {
            PrefixSet set = new PrefixSet(v4.close(), v6.close());
            v4 = new Ranges(false);
            v6 = new Ranges(true);
            return set;
        }
    }

    private Ranges ranges(boolean family) {
        return family ? v6 : v4;
    }

    /** Whether there is no address in it. */
    public boolean isEmpty() {
        return v4.count() == 0 && v6.count() == 0;
    }

    /** Whether every address of a family is in it: what a default route means. */
    public boolean holdsAll(boolean family) {
        Ranges ranges = ranges(family);
        return ranges.count() == 1
                && ranges.firstHigh(0) == 0
                && ranges.firstLow(0) == 0
                && ranges.lastHigh(0) == (family ? -1 : 0)
                && ranges.lastLow(0) == (family ? -1 : AddressRange.LAST_V4);
    }

    /** Whether an address is in it. */
    public boolean contains(boolean family, long high, long low) {
        return ranges(family).find(high, low) >= 0;
    }

    /** Whether it has an address in common with a prefix. */
    public boolean overlaps(boolean family, long high, long low, int length) {
        Ranges ranges = ranges(family);
        int at = ranges.find(high, low);
        if (at >= 0) {
            return true;
        }
        int next = -at - 1;
        return next < ranges.count()
                && AddressRange.compare(
                                ranges.firstHigh(next),
                                ranges.firstLow(next),
                                AddressRange.lastHigh(family, high, length),
                                AddressRange.lastLow(family, low, length))
                        <= 0;
    }

    /** The addresses that are in this set and not in the other. */
    public PrefixSet minus(PrefixSet other) {
        return new PrefixSet(v4.minus(other.v4), v6.minus(other.v6));
    }

    /** The addresses of one family. */
    public PrefixSet only(boolean family) {
        return family ? new PrefixSet(EMPTY.v4, v6) : new PrefixSet(v4, EMPTY.v6);
    }

    /**
     * Gives the fewest prefixes that make it up, IPv4 first, each family by address.
     *
     * @return their number
     */
    public long prefixes(PrefixSink sink) {
        return prefixes(v4, sink) + prefixes(v6, sink);
    }

    private static long prefixes(Ranges ranges, PrefixSink sink) {
        long count = 0;
        for (int i = 0; i < ranges.count(); i++) {
            count +=
                    AddressRange.prefixes(
                            ranges.v6,
                            ranges.firstHigh(i),
                            ranges.firstLow(i),
                            ranges.lastHigh(i),
                            ranges.lastLow(i),
                            sink);
        }
        return count;
    }

    /** The fewest prefixes as a list. */
    public PrefixList toList() {
        PrefixList.Builder list = new PrefixList.Builder();
        prefixes(list);
        return list.build();
    }
}
