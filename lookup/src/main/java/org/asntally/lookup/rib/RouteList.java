package org.asntally.lookup.rib;

import java.util.Arrays;

/**
 * Routes of one family while a table is built: in the order in which they come, then sorted by
 * address, length and order of coming. IPv4 addresses stand in the upper half of {@code high}.
 */
final class RouteList {

    final boolean v6;
    int count;
    long[] high = new long[64];
    long[] low;
    byte[] lengths = new byte[64];
    int[] origins = new int[64];
    int[] lines = new int[64];
    short[] files = new short[64];
    short[] countries = new short[64];

    /** Of tables of BGP peers: how many see this origin, and the highest bit for an AS_SET. */
    int[] peers = {};

    RouteList(boolean v6) {
        this.v6 = v6;
        low = v6 ? new long[64] : new long[0];
    }

    void add(long high, long low, int length, int origin, int line, int file, int country) {
        if (count == origins.length) {
            grow(Math.max(64, count + (count >> 1)));
        }
        this.high[count] = high;
        if (v6) {
            this.low[count] = low;
        }
        lengths[count] = (byte) length;
        origins[count] = origin;
        lines[count] = line;
        files[count] = (short) file;
        countries[count++] = (short) country;
    }

    /** What BGP peers say of the route that was added last. */
    void seen(int by, boolean inSet) {
        if (peers.length < count) {
            peers = Arrays.copyOf(peers, origins.length);
        }
        peers[count - 1] = Math.max(by, 0) | (inSet ? Integer.MIN_VALUE : 0);
    }

    /** How many BGP peers see it; 0 in other tables. */
    int peers(int index) {
        return index < peers.length ? peers[index] & Integer.MAX_VALUE : 0;
    }

    /** Whether its origin is one of an AS_SET. */
    boolean inSet(int index) {
        return index < peers.length && peers[index] < 0;
    }

    private void grow(int capacity) {
        high = Arrays.copyOf(high, capacity);
        if (v6) {
            low = Arrays.copyOf(low, capacity);
        }
        lengths = Arrays.copyOf(lengths, capacity);
        origins = Arrays.copyOf(origins, capacity);
        lines = Arrays.copyOf(lines, capacity);
        files = Arrays.copyOf(files, capacity);
        countries = Arrays.copyOf(countries, capacity);
    }

    /** Whether any route has a country. */
    boolean anyCountry() {
        for (int i = 0; i < count; i++) {
            if (countries[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether two stand for the same prefix. */
    boolean same(int a, int b) {
        return lengths[a] == lengths[b] && high[a] == high[b] && (!v6 || low[a] == low[b]);
    }

    /** The order of two by address and length: negative, 0 or positive. */
    private int compare(int a, int b) {
        int order = Long.compareUnsigned(high[a], high[b]);
        if (order == 0 && v6) {
            order = Long.compareUnsigned(low[a], low[b]);
        }
        return order != 0 ? order : (lengths[a] & 0xff) - (lengths[b] & 0xff);
    }

    /** The indexes in order; equal prefixes keep the order in which they came. */
    int[] sorted() {
        return IndexSort.sorted(count, this::compare);
    }
}
