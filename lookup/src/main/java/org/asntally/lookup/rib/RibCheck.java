package org.asntally.lookup.rib;

import java.nio.IntBuffer;
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
        if (damage == null) {
            damage = parts.table4().damage(n4);
        }
        return damage != null ? damage : parts.table6().damage(n6);
    }

    private static @Nullable String routes(RibParts parts, int n4, int n6) {
        long before = -1;
        for (int i = 0; i < n4; i++) {
            int address = parts.address4().get(i);
            int length = parts.lengths().get(i);
            long order = (address & 0xffffffffL) << 6 | length;
            if (length < 1
                    || length > 32
                    || (address & ~(-1 << (32 - length))) != 0
                    || order <= before) {
                return "its IPv4 routes are out of order";
            }
            before = order;
        }
        for (int i = 0; i < n6; i++) {
            int length = parts.lengths().get(n4 + i) & 0xff;
            long high = parts.high6().get(i);
            long low = parts.low6().get(i);
            if (length < 1 || length > 128) {
                return "its IPv6 routes are out of order";
            }
            long hostHigh = length >= 64 ? 0 : -1L >>> length;
            long hostLow = length <= 64 ? -1L : length == 128 ? 0 : -1L >>> (length - 64);
            if ((high & hostHigh) != 0 || (low & hostLow) != 0) {
                return "an IPv6 route has host bits";
            }
            if (i > 0) {
                int order = Long.compareUnsigned(parts.high6().get(i - 1), high);
                order = order != 0 ? order : Long.compareUnsigned(parts.low6().get(i - 1), low);
                order = order != 0 ? order : (parts.lengths().get(n4 + i - 1) & 0xff) - length;
                if (order >= 0) {
                    return "its IPv6 routes are out of order";
                }
            }
        }
        IntBuffer origins = parts.origins();
        for (int i = 0; i < n4 + n6; i++) {
            if (origins.get(i) == 0) {
                return "a route has the origin 0";
            }
        }
        return null;
    }

    /** Whether keys ascend (below a bound, when there is one) and their starts end at the end. */
    private static boolean starts(IntBuffer keys, IntBuffer starts, int end, int bound) {
        int n = keys.limit();
        if (starts.limit() != n + 1 || starts.get(0) != 0 || starts.get(n) != end) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (starts.get(i) > starts.get(i + 1)) {
                return false;
            }
            if (i > 0 && Integer.compareUnsigned(keys.get(i - 1), keys.get(i)) >= 0) {
                return false;
            }
        }
        return bound < 0 || n == 0 || Integer.compareUnsigned(keys.get(n - 1), bound) < 0;
    }
}
