package org.asntally.sinks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@link TallyRows} as bytes, column by column, in the network and in state. One thread.
 *
 * <pre>
 * version 1 | measures 1 | rows 4 | tags | ribs | highs | lows | asns | firsts
 * | per measure: sums | exact sums 4 { row 4 | parts 1 | part 8 ... } ...
 * | names 4 { row 4 | length 4 | UTF-8 } ...
 *
 * column: base 8 | width 1 | rows x width        value = base + unsigned number of that width
 * </pre>
 *
 * A column whose values are all equal has width 0: it costs nine bytes. All lengths are bounded, so
 * broken bytes give an {@link IOException} and never much memory.
 */
public final class TallyRowsFormat {

    /** More rows than this are refused. */
    public static final int MAX_ROWS = 1 << 20;

    /** Longer names are cut. */
    public static final int MAX_NAME = 1 << 12;

    private static final int VERSION = 1;
    private static final int MAX_MEASURES = 16;
    // The exponents of doubles up to ExactSum.LIMIT span 37 parts that do not overlap.
    private static final int MAX_PARTS = 64;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[4096];
    private long[] numbers = new long[512];

    /** Writes rows; {@link #read} gives equal ones. */
    public void write(TallyRows rows, DataOutput out) throws IOException {
        int size = rows.size;
        if (size > MAX_ROWS) {
            throw new IOException(size + " rows in one piece; at most " + MAX_ROWS);
        }
        out.writeByte(VERSION);
        out.writeByte(rows.measures);
        out.writeInt(size);
        writeInts(rows.tags, size, out);
        writeLongs(rows.ribs, size, out);
        writeLongs(rows.highs, size, out);
        writeLongs(rows.lows, size, out);
        writeInts(rows.asns, size, out);
        writeLongs(rows.firsts, size, out);
        for (int m = 0; m < rows.measures; m++) {
            writeLongs(rows.sums[m], size, out);
            writeExacts(rows.exacts[m], size, out);
        }
        writeNames(rows.names, size, out);
    }

    /** Reads rows that {@link #write} wrote, of this version or an older one. */
    public TallyRows read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("rows of format " + version + "; this version reads " + VERSION);
        }
        int measures = bounded(in.readUnsignedByte(), MAX_MEASURES, "measures");
        int size = bounded(in.readInt(), MAX_ROWS, "rows");
        TallyRows rows = new TallyRows(measures, size);
        readInts(rows.tags, size, in);
        readLongs(rows.ribs, size, in);
        readLongs(rows.highs, size, in);
        readLongs(rows.lows, size, in);
        readInts(rows.asns, size, in);
        readLongs(rows.firsts, size, in);
        for (int m = 0; m < measures; m++) {
            readLongs(rows.sums[m], size, in);
            rows.exacts[m] = readExacts(rows.tags.length, size, in);
        }
        rows.names = readNames(rows.tags.length, size, in);
        rows.size = size;
        return rows;
    }

    private void writeInts(int[] column, int size, DataOutput out) throws IOException {
        long[] wide = room(size);
        for (int i = 0; i < size; i++) {
            wide[i] = column[i];
        }
        writeLongs(wide, size, out);
    }

    private void readInts(int[] column, int size, DataInput in) throws IOException {
        long[] wide = room(size);
        readLongs(wide, size, in);
        for (int i = 0; i < size; i++) {
            column[i] = (int) wide[i];
        }
    }

    private long[] room(int size) {
        if (numbers.length < size) {
            numbers = new long[size];
        }
        return numbers;
    }

    private byte[] roomForBytes(int size) {
        if (bytes.length < size) {
            bytes = new byte[size];
        }
        return bytes;
    }

    private void writeLongs(long[] column, int size, DataOutput out) throws IOException {
        long min = size == 0 ? 0 : column[0];
        long max = min;
        for (int i = 1; i < size; i++) {
            min = Math.min(min, column[i]);
            max = Math.max(max, column[i]);
        }
        int width = width(max - min);
        out.writeLong(min);
        out.writeByte(width);
        byte[] to = roomForBytes(size * width);
        switch (width) {
            case 1 -> {
                for (int i = 0; i < size; i++) {
                    to[i] = (byte) (column[i] - min);
                }
            }
            case 2 -> {
                for (int i = 0; i < size; i++) {
                    SHORTS.set(to, 2 * i, (short) (column[i] - min));
                }
            }
            case 4 -> {
                for (int i = 0; i < size; i++) {
                    INTS.set(to, 4 * i, (int) (column[i] - min));
                }
            }
            case 8 -> {
                for (int i = 0; i < size; i++) {
                    LONGS.set(to, 8 * i, column[i] - min);
                }
            }
            default -> {
                return;
            }
        }
        out.write(to, 0, size * width);
    }

    /** Bytes for an unsigned number: a range beyond a long wraps to a negative one. */
    private static int width(long range) {
        if (range >>> 32 != 0) {
            return 8;
        }
        return range == 0 ? 0 : range < 1 << 8 ? 1 : range < 1 << 16 ? 2 : 4;
    }

    private void readLongs(long[] column, int size, DataInput in) throws IOException {
        long min = in.readLong();
        int width = in.readUnsignedByte();
        if (width > 8 || Integer.bitCount(width) > 1) {
            throw new IOException("numbers of " + width + " bytes");
        }
        if (width == 0) {
            Arrays.fill(column, 0, size, min);
            return;
        }
        byte[] from = roomForBytes(size * width);
        in.readFully(from, 0, size * width);
        for (int i = 0; i < size; i++) {
            column[i] =
                    min
                            + switch (width) {
                                case 1 -> from[i] & 0xffL;
                                case 2 -> (short) SHORTS.get(from, 2 * i) & 0xffffL;
                                case 4 -> (int) INTS.get(from, 4 * i) & 0xffffffffL;
                                default -> (long) LONGS.get(from, 8 * i);
                            };
        }
    }

    private static void writeExacts(
            @Nullable ExactSum @Nullable [] column, int size, DataOutput out) throws IOException {
        int present = 0;
        for (int i = 0; column != null && i < size; i++) {
            present += column[i] == null ? 0 : 1;
        }
        out.writeInt(present);
        for (int i = 0; column != null && i < size; i++) {
            ExactSum sum = column[i];
            if (sum != null) {
                double[] parts = sum.parts();
                out.writeInt(i);
                out.writeByte(parts.length);
                for (double part : parts) {
                    out.writeDouble(part);
                }
            }
        }
    }

    private static @Nullable ExactSum @Nullable [] readExacts(int room, int size, DataInput in)
            throws IOException {
        int present = bounded(in.readInt(), size, "exact sums");
        if (present == 0) {
            return null;
        }
        @Nullable ExactSum[] column = new ExactSum[room];
        for (int i = 0; i < present; i++) {
            int row = bounded(in.readInt(), size - 1, "row");
            double[] parts = new double[bounded(in.readUnsignedByte(), MAX_PARTS, "parts")];
            for (int p = 0; p < parts.length; p++) {
                parts[p] = in.readDouble();
                if (!Double.isFinite(parts[p])) {
                    throw new IOException("a sum of " + parts[p]);
                }
            }
            column[row] = ExactSum.of(parts);
        }
        return column;
    }

    private static void writeNames(byte @Nullable [] @Nullable [] names, int size, DataOutput out)
            throws IOException {
        int present = 0;
        for (int i = 0; names != null && i < size; i++) {
            present += names[i] == null ? 0 : 1;
        }
        out.writeInt(present);
        for (int i = 0; names != null && i < size; i++) {
            byte[] name = names[i];
            if (name != null) {
                int length = cut(name);
                out.writeInt(i);
                out.writeInt(length);
                out.write(name, 0, length);
            }
        }
    }

    /** The length that fits, not in the middle of a character. */
    private static int cut(byte[] name) {
        if (name.length <= MAX_NAME) {
            return name.length;
        }
        int length = MAX_NAME;
        while (length > MAX_NAME - 4 && (name[length] & 0xc0) == 0x80) {
            length--;
        }
        return length;
    }

    private static byte @Nullable [] @Nullable [] readNames(int room, int size, DataInput in)
            throws IOException {
        int present = bounded(in.readInt(), size, "names");
        if (present == 0) {
            return null;
        }
        byte @Nullable [][] names = new byte[room][];
        for (int i = 0; i < present; i++) {
            int row = bounded(in.readInt(), size - 1, "row");
            byte[] name = new byte[bounded(in.readInt(), MAX_NAME, "bytes of a name")];
            in.readFully(name);
            names[row] = name;
        }
        return names;
    }

    private static int bounded(int number, int most, String what) throws IOException {
        if (number < 0 || number > most) {
            throw new IOException(number + " " + what + ", at most " + most);
        }
        return number;
    }
}
