package org.asntally.lookup.read.mrt;

import java.util.Arrays;

/** Numbers the peers of one prefix in a TABLE_DUMP, which tells them by their addresses. */
final class DumpPeers {

    /** Peers of a prefix that are told apart. */
    static final int MOST = 1 << 12;

    private byte[] addresses = new byte[64 * 16];
    private int count;

    /** Another prefix. */
    void clear() {
        count = 0;
    }

    /** The number of the peer with this address of 4 or 16 bytes. */
    int index(byte[] bytes, int from, int width) {
        for (int i = 0; i < count; i++) {
            int at = 16 * i;
            if (Arrays.equals(addresses, at, at + width, bytes, from, from + width)) {
                return i;
            }
        }
        if (count == MOST) {
            return MOST;
        }
        if (16 * count == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * addresses.length);
        }
        System.arraycopy(bytes, from, addresses, 16 * count, width);
        return count++;
    }
}
