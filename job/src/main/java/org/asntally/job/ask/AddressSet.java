package org.asntally.job.ask;

import java.util.Arrays;
import org.asntally.lookup.Address;

/** Addresses in numeric order, IPv4 before IPv6, each once. */
final class AddressSet {

    /** Takes the addresses. */
    interface Taker {
        void v4(int address);

        void v6(long high, long low);
    }

    private int[] v4 = new int[16];
    private int count4;
    private long[][] v6 = new long[16][];
    private int count6;

    void add4(int address) {
        if (count4 == v4.length) {
            v4 = Arrays.copyOf(v4, 2 * count4);
        }
        // The highest bit turned, so that signed order is right.
        v4[count4++] = address ^ Integer.MIN_VALUE;
    }

    void add6(long high, long low) {
        if (count6 == v6.length) {
            v6 = Arrays.copyOf(v6, 2 * count6);
        }
        v6[count6++] = new long[] {high, low};
    }

    /** Adds what a text says; false when it is no address. */
    boolean add(Address parser, byte[] text, boolean mapV4) {
        int family = parser.parse(text, 0, text.length);
        if (family == 4 || (family == 6 && mapV4 && parser.isMapped())) {
            add4(parser.v4());
        } else if (family == 6) {
            add6(parser.high(), parser.low());
        }
        return family != 0;
    }

    void inOrder(Taker taker) {
        Arrays.sort(v4, 0, count4);
        for (int i = 0; i < count4; i++) {
            if (i == 0 || v4[i] != v4[i - 1]) {
                taker.v4(v4[i] ^ Integer.MIN_VALUE);
            }
        }
        Arrays.sort(v6, 0, count6, AddressSet::compare);
        for (int i = 0; i < count6; i++) {
            if (i == 0 || compare(v6[i - 1], v6[i]) != 0) {
                taker.v6(v6[i][0], v6[i][1]);
            }
        }
    }

    private static int compare(long[] a, long[] b) {
        int order = Long.compareUnsigned(a[0], b[0]);
        return order != 0 ? order : Long.compareUnsigned(a[1], b[1]);
    }
}
