package org.asntally.sources.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order. */
public final class Bytes {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    /** Two bytes, unsigned. */
    public static int int16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xffff;
    }

    /** Four bytes. */
    public static int int32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    /** Four bytes of a writer whose byte order may be the other one. */
    static int int32(byte[] bytes, int at, boolean swapped) {
        int value = (int) INT.get(bytes, at);
        return swapped ? Integer.reverseBytes(value) : value;
    }

    /** Eight bytes. */
    public static long int64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }
}
