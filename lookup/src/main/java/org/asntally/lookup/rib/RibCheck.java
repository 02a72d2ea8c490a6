package org.asntally.lookup.rib;

import java.nio.IntBuffer;
import org.asntally.lookup.Prefix;
import org.jspecify.annotations.Nullable;

/** Finds what in a table could make a lookup fail or lie, whoever wrote the file. */
final class RibCheck {

    private static final int PIECE = 1 << 12;

    private RibCheck() {}

    /** What is wrong, in words, or null. */
    static @Nullable String damage(RibParts parts) {
        int n4 = parts.v4Routes();
        int n6 = parts.high6().limit();
        int n = parts.routes();
        if ((long) n4 + n6 != n
                || parts.low6().limit() != n6
                || parts.lengths().limit() != n
                || parts.lines().limit() != n) {
            return "its columns are of different lengths";
        }
        if ((parts.files().limit() != 0 && parts.files().limit() != n)
                || (parts.countries().limit() != 0 && parts.countries().limit() != n)) {
            return "its optional columns are of different lengths";
        }
        String damage = routes(parts, n4, n6);
        if (damage == null
                && !starts(
                        parts.manyRoutes(), parts.manyStarts(), parts.manyOrigins().limit(), n)) {
            damage = "its further origins are out of order";
        }
        if (damage == null
                && !starts(parts.namedAsns(), parts.nameStarts(), parts.nameText().limit(), -1)) {
            damage = "its AS names are out of order";
        }
        if (damage == null && !ascending(parts.asSets(), n)) {
            damage = "its routes with an AS_SET are out of order";
        }
        if (damage == null) {
            damage = parts.table4().damage(n4);
        }
        return damage != null ? damage : parts.table6().damage(n6);
    }

    /**
     * On copies, a piece at a time: a loop over an array is compiled sooner than one over a buffer,
     * most files are opened once, and whole copies would take as much memory as the table.
     */
    private static @Nullable String routes(RibParts parts, int n4, int n6) {
        byte[] lengths = new byte[PIECE];
        int[] origins = new int[PIECE];
        int[] addresses = new int[PIECE];
        long before = -1;
        for (int at = 0; at < n4; at += PIECE) {
            int count = Math.min(PIECE, n4 - at);
            parts.address4().get(at, addresses, 0, count);
            parts.lengths().get(at, lengths, 0, count);
            parts.origins().get(at, origins, 0, count);
            before = ordered4(addresses, lengths, origins, count, before);
            if (before < 0) {
                return "its IPv4 routes are out of order";
            }
        }
        long[] high = new long[PIECE + 1];
        long[] low = new long[PIECE + 1];
        int lastLength = -1;
        for (int at = 0; at < n6; at += PIECE) {
            int count = Math.min(PIECE, n6 - at);
            // The first places hold the last route of the piece before.
            high[0] = high[PIECE];
            low[0] = low[PIECE];
            parts.high6().get(at, high, 1, count);
            parts.low6().get(at, low, 1, count);
            parts.lengths().get(n4 + at, lengths, 0, count);
            parts.origins().get(n4 + at, origins, 0, count);
            lastLength = ordered6(high, low, lengths, origins, count, lastLength);
            if (lastLength < 0) {
                return "its IPv6 routes are out of order";
            }
        }
        return null;
    }

    /** The order of the last route, or -1 when these do not ascend from {@code before} on. */
    private static long ordered4(
            int[] addresses, byte[] lengths, int[] origins, int count, long before) {
        long last = before;
        for (int i = 0; i < count; i++) {
            int address = addresses[i];
            int length = lengths[i];
            long order = (address & 0xffffffffL) << 6 | length;
            boolean right = length >= 1 && length <= 32 && order > last && origins[i] != 0;
            if (!right || (address & ~Prefix.mask4(length)) != 0) {
                return -1;
            }
            last = order;
        }
        return last;
    }

    /** The length of the last route, or -1 when these do not ascend from the first place on. */
    private static int ordered6(
            long[] high, long[] low, byte[] lengths, int[] origins, int count, int before) {
        int last = before;
        for (int i = 0; i < count; i++) {
            int length = lengths[i] & 0xff;
            if (length < 1
                    || length > 128
                    || origins[i] == 0
                    || (high[i + 1] & ~Prefix.maskHigh(length)) != 0
                    || (low[i + 1] & ~Prefix.maskLow(length)) != 0) {
                return -1;
            }
            if (last >= 0) {
                int order = RangeList.compare(high[i], low[i], high[i + 1], low[i + 1]);
                if (order > 0 || (order == 0 && last >= length)) {
                    return -1;
                }
            }
            last = length;
        }
        return last;
    }

    /** Whether keys ascend (below a bound, when there is one) and their starts end at the end. */
    private static boolean starts(IntBuffer keys, IntBuffer starts, int end, int bound) {
        int n = keys.limit();
        if (starts.limit() != n + 1 || starts.get(0) != 0 || starts.get(n) != end) {
            return false;
        }
        if (bound >= 0 && n > 0 && Integer.compareUnsigned(keys.get(n - 1), bound) >= 0) {
            return false;
        }
        int[] key = new int[PIECE + 1];
        int[] start = new int[PIECE + 1];
        for (int at = 0; at < n; at += PIECE) {
            int count = Math.min(PIECE, n - at);
            key[0] = key[PIECE];
            keys.get(at, key, 1, count);
            starts.get(at, start, 0, count + 1);
            for (int i = 0; i < count; i++) {
                boolean ascends = at + i == 0 || Integer.compareUnsigned(key[i], key[i + 1]) < 0;
                if (!ascends || start[i] > start[i + 1]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean ascending(IntBuffer routes, int bound) {
        int before = -1;
        for (int i = 0; i < routes.limit(); i++) {
            int route = routes.get(i);
            if (route <= before || route >= bound) {
                return false;
            }
            before = route;
        }
        return true;
    }
}
