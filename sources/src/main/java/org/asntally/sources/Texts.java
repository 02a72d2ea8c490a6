package org.asntally.sources;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A column of texts while it grows: each different text once, and its number for each row. Texts
 * may be hostile, so the hash is seeded and what a batch holds is bounded.
 */
final class Texts {

    /** Bytes of different texts after which the batch has to leave. */
    private static final int ENOUGH = 1 << 20;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int SLOTS = 1 << 13;
    private static final int SEED = (int) System.nanoTime() | 1;

    private final short[] codes = new short[FlowBatchBuilder.CAPACITY];
    private final short[] slots = new short[SLOTS];
    private final int[] hashes = new int[FlowBatchBuilder.CAPACITY + 1];
    private final int[] ends = new int[FlowBatchBuilder.CAPACITY + 2];
    private byte[] bytes = new byte[1 << 12];
    private int size;
    private byte[] pending = new byte[0];
    private int from;
    private int to;

    /** The text of the row to come; it is read when the row ends. */
    void set(byte[] text, int begin, int end) {
        pending = text;
        from = begin;
        to = end;
    }

    void end(int row) {
        codes[row] = (short) code();
        to = from;
    }

    boolean isFull() {
        return ends[size] > ENOUGH;
    }

    private int code() {
        int hash = hash(pending, from, to);
        int at = (hash * 0x85EBCA6B) >>> 19;
        while (slots[at] != 0) {
            int code = slots[at] - 1;
            if (hashes[code] == hash
                    && Arrays.equals(bytes, ends[code], ends[code + 1], pending, from, to)) {
                return code;
            }
            at = (at + 1) & (SLOTS - 1);
        }
        int begin = ends[size];
        int end = begin + to - from;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        System.arraycopy(pending, from, bytes, begin, to - from);
        hashes[size] = hash;
        ends[size + 1] = end;
        slots[at] = (short) ++size;
        return size - 1;
    }

    /** Eight bytes at a time; each step keeps apart what came before. */
    private static int hash(byte[] text, int from, int to) {
        long hash = SEED;
        int at = from;
        for (; at <= to - 8; at += 8) {
            hash = (hash ^ (long) LONG.get(text, at)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        for (; at < to; at++) {
            hash = (hash ^ text[at]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    int length(int rows) {
        return 4 + 4 * size + ends[size] + codeBytes(size) * rows;
    }

    /** Bytes of one row's number where a batch has so many different texts. */
    static int codeBytes(int texts) {
        return texts <= 1 ? 0 : texts <= 256 ? 1 : 2;
    }

    void write(byte[] out, int at, int rows) {
        FlowBatch.INT.set(out, at, size);
        int next = at + 4;
        for (int code = 1; code <= size; code++, next += 4) {
            FlowBatch.INT.set(out, next, ends[code]);
        }
        System.arraycopy(bytes, 0, out, next, ends[size]);
        next += ends[size];
        int width = codeBytes(size);
        for (int row = 0; width > 0 && row < rows; row++, next += width) {
            out[next] = (byte) codes[row];
            if (width == 2) {
                out[next + 1] = (byte) (codes[row] >>> 8);
            }
        }
    }

    void reset() {
        if (size > 0) {
            Arrays.fill(slots, (short) 0);
            size = 0;
        }
        if (bytes.length > 4 * ENOUGH) {
            bytes = new byte[1 << 12];
        }
        // What was set for a row that is to come stays, but its text is the caller's.
    }
}
