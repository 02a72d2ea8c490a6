package org.asntally.sources.flowrecord;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** An address of a record, as its bytes. Reused. */
final class AddressField {

    /** There is none. */
    static final int NONE = 0;

    /** There is something that is no address. */
    static final int BAD = -1;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** {@link #NONE}, {@link #BAD}, 4 or 6. */
    int family;

    long high;

    /** Of v4 all of it, in the low half. */
    long low;

    void clear() {
        family = NONE;
    }

    /** Takes an address as collectors write it: 4 or 16 bytes, or none. */
    void set(byte[] bytes, int from, int length) {
        switch (length) {
            case 0 -> family = NONE;
            case 4 -> {
                family = 4;
                high = 0;
                low = (int) INT.get(bytes, from) & 0xffffffffL;
            }
            case 16 -> set6((long) LONG.get(bytes, from), (long) LONG.get(bytes, from + 8));
            default -> family = BAD;
        }
    }

    /** Takes a v6 address; one that carries a v4 address is that. */
    void set6(long highHalf, long lowHalf) {
        if (highHalf == 0 && lowHalf >>> 32 == 0xffffL) {
            family = 4;
            high = 0;
            low = lowHalf & 0xffffffffL;
        } else {
            family = 6;
            high = highHalf;
            low = lowHalf;
        }
    }
}
