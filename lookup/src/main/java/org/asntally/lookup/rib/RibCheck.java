package org.asntally.lookup.rib;

import java.nio.IntBuffer;
import org.asntally.lookup.Prefix;
import org.jspecify.annotations.Nullable;

/** Finds what in a table could make a lookup fail or lie, whoever wrote the file. */
final class RibCheck {

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

    /** On copies: a loop over an array is compiled sooner, and most files are opened once. */
    private static @Nullable String routes(RibParts parts, int n4, int n6) {
        byte[] lengths = new byte[n4 + n6];
        parts.lengths().get(0, lengths);
        int[] addresses = new int[n4];
        parts.address4().get(0, addresses);
        if (!ordered4(addresses, lengths)) {
            return "its IPv4 routes are out of order";
        }
        long[] high = new long[n6];
        parts.high6().get(0, high);
        long[] low = new long[n6];
        parts.low6().get(0, low);
        if (!ordered6(high, low, lengths, n4)) {
            return "its IPv6 routes are out of order";
        }
        int[] origins = new int[n4 + n6];
        parts.origins().get(0, origins);
        for (int origin : origins) {
            if (origin == 0) {
                return "a route has the origin 0";
            }
        }
        return null;
    }

    private static boolean ordered4(int[] addresses, byte[] lengths) {
        long before = -1;
        for (int i = 0; i < addresses.length; i++) {
            int address = addresses[i];
            int length = lengths[i];
            long order = (address & 0xffffffffL) << 6 | length;
            boolean right = length >= 1 && length <= 32 && order > before;
            if (!right || (address & ~Prefix.mask4(length)) != 0) {
                return false;
            }
            before = order;
        }
        return true;
    }

    private static boolean ordered6(long[] high, long[] low, byte[] lengths, int from) {
        for (int i = 0; i < high.length; i++) {
            int length = lengths[from + i] & 0xff;
            if (length < 1
                    || length > 128
                    || (high[i] & ~Prefix.maskHigh(length)) != 0
                    || (low[i] & ~Prefix.maskLow(length)) != 0) {
                return false;
            }
            if (i > 0) {
                int order = RangeList.compare(high[i - 1], low[i - 1], high[i], low[i]);
                if (order > 0 || (order == 0 && (lengths[from + i - 1] & 0xff) >= length)) {
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

    /** Whether keys ascend (below a bound, when there is one) and their starts end at the end. */
    private static boolean starts(IntBuffer keys, IntBuffer starts, int end, int bound) {
        int n = keys.limit();
        if (starts.limit() != n + 1) {
            return false;
        }
        int[] key = new int[n];
        keys.get(0, key);
        int[] start = new int[n + 1];
        starts.get(0, start);
        for (int i = 0; i < n; i++) {
            boolean ascends = i == 0 || Integer.compareUnsigned(key[i - 1], key[i]) < 0;
            if (!ascends || start[i] > start[i + 1]) {
                return false;
            }
        }
        boolean below = bound < 0 || n == 0 || Integer.compareUnsigned(key[n - 1], bound) < 0;
        return below && start[0] == 0 && start[n] == end;
    }
}
