package org.asntally.lookup.prefixes;

import java.util.Arrays;
import org.asntally.lookup.Prefix;

/**
 * Prefixes as they stand in a list: IPv4 before IPv6, each by address and length, none twice,
 * nested ones beside those that cover them. Immutable; any number of threads.
 */
public final class PrefixList {

    /** IPv4: address and length in one number, whose order is theirs. */
    private final long[] v4;

    private final Rows6 v6;

    private PrefixList(long[] v4, Rows6 v6) {
        this.v4 = v4;
        this.v6 = v6;
    }

    /** Collects prefixes in any order. One thread. */
    public static final class Builder implements PrefixSink {

        private long[] v4 = new long[64];
        private int count4;
        private Rows6 v6 = new Rows6();

        /** Nothing yet. */
        public Builder() {}

        /** Takes a prefix; bits beyond its length do not matter. */
        @Override
        public void prefix(boolean family, long high, long low, int length) {
            if (family) {
                v6.add(high & Prefix.maskHigh(length), low & Prefix.maskLow(length), length);
                return;
            }
            if (count4 == v4.length) {
                v4 = Arrays.copyOf(v4, Math.multiplyExact(count4, 2));
            }
            long address = low & Prefix.mask4(length) & AddressRange.LAST_V4;
            v4[count4++] = address << 8 | length;
        }

        /** The list; the builder is empty after it. */
        public PrefixList build() {
            Arrays.sort(v4, 0, count4);
            int kept = 0;
            for (int i = 0; i < count4; i++) {
                if (i == 0 || v4[i] != v4[i - 1]) {
                    v4[kept++] = v4[i];
                }
            }
            PrefixList list = new PrefixList(Arrays.copyOf(v4, kept), v6.close());
            count4 = 0;
            v6 = new Rows6();
            return list;
        }
    }

    /** IPv6 prefixes. */
    private static final class Rows6 implements HeapSort.Rows {

        private long[] high = new long[16];
        private long[] low = new long[16];
        private byte[] lengths = new byte[16];
        private int count;

        void add(long prefixHigh, long prefixLow, int length) {
            if (count == high.length) {
                int room = Math.multiplyExact(count, 2);
                high = Arrays.copyOf(high, room);
                low = Arrays.copyOf(low, room);
                lengths = Arrays.copyOf(lengths, room);
            }
            high[count] = prefixHigh;
            low[count] = prefixLow;
            lengths[count++] = (byte) length;
        }

        private int compare(int a, int b) {
            int order = AddressRange.compare(high[a], low[a], high[b], low[b]);
            return order != 0 ? order : (lengths[a] & 0xff) - (lengths[b] & 0xff);
        }

        @Override
        public boolean before(int a, int b) {
            return compare(a, b) < 0;
        }

        @Override
        public void swap(int a, int b) {
            long otherHigh = high[a];
            long otherLow = low[a];
            byte length = lengths[a];
            copy(b, a);
            high[b] = otherHigh;
            low[b] = otherLow;
            lengths[b] = length;
        }

        private void copy(int from, int to) {
            high[to] = high[from];
            low[to] = low[from];
            lengths[to] = lengths[from];
        }

        /** Puts them in order, each once. */
        Rows6 close() {
            boolean inOrder = true;
            for (int i = 1; i < count && inOrder; i++) {
                inOrder = compare(i - 1, i) < 0;
            }
            if (inOrder) {
                return this;
            }
            HeapSort.sort(count, this);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (kept == 0 || compare(kept - 1, i) != 0) {
                    copy(i, kept++);
                }
            }
            count = kept;
            return this;
        }
    }

    /** The number of prefixes. */
    public int size() {
        return v4.length + v6.count;
    }

    /** The number of IPv4 prefixes, which is the index of the first IPv6 one. */
    public int v4Size() {
        return v4.length;
    }

    /** The family of a prefix. */
    public boolean isV6(int index) {
        return index >= v4.length;
    }

    /** The upper 64 bits of an IPv6 prefix's address; 0 of an IPv4 one. */
    public long high(int index) {
        return isV6(index) ? v6.high[index - v4.length] : 0;
    }

    /** The lower 64 bits of an IPv6 prefix's address; an IPv4 one's as an unsigned number. */
    public long low(int index) {
        return isV6(index) ? v6.low[index - v4.length] : v4[index] >>> 8;
    }

    /** The prefix length. */
    public int length(int index) {
        return isV6(index) ? v6.lengths[index - v4.length] & 0xff : (int) v4[index] & 0xff;
    }

    /** A prefix as text: {@code 192.0.2.0/24}. */
    public String text(int index) {
        return Prefix.text(isV6(index), high(index), low(index), length(index));
    }

    /** Gives all prefixes in order. */
    public void forEach(PrefixSink sink) {
        for (int i = 0; i < size(); i++) {
            sink.prefix(isV6(i), high(i), low(i), length(i));
        }
    }

    /** The addresses that any of them holds. */
    public PrefixSet toSet() {
        PrefixSet.Builder set = new PrefixSet.Builder();
        forEach(set);
        return set.build();
    }

    /** Those of one family. */
    public PrefixList only(boolean family) {
        return family ? new PrefixList(new long[0], v6) : new PrefixList(v4, new Rows6());
    }

    /** Is told what a list lost to {@link #minus}. */
    @FunctionalInterface
    public interface Loss {

        /**
         * A prefix is no longer in the list as it was.
         *
         * @param pieces the number of prefixes in its place; 0: nothing of it is left
         */
        void lost(boolean v6, long high, long low, int length, long pieces);
    }

    /**
     * The list without the addresses of a set: a prefix that has some of them gives way to the
     * fewest prefixes that make up the rest of it.
     */
    public PrefixList minus(PrefixSet set, Loss loss) {
        PrefixList.Builder left = new PrefixList.Builder();
        forEach(
                (family, high, low, length) -> {
                    if (!set.overlaps(family, high, low, length)) {
                        left.prefix(family, high, low, length);
                        return;
                    }
                    PrefixSet.Builder one = new PrefixSet.Builder();
                    one.prefix(family, high, low, length);
                    long pieces = one.build().minus(set).prefixes(left);
                    loss.lost(family, high, low, length, pieces);
                });
        return left.build();
    }
}
