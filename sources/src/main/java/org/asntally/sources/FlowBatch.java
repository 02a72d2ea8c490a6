package org.asntally.sources;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Up to some thousand flows, column by column, in the very bytes that travel between tasks. Never
 * changed once built.
 *
 * <pre>
 * offset  bytes  little-endian
 *      0      2  layout version, 1
 *      2      2  number of columns c
 *      4      4  rows n
 *      8      8  position of the first row in the input
 *     16      4  number of skip entries s
 *     20   12*s  skip entries: reason code (4), how many (8)
 *          12*c  columns: id (2), encoding (2), offset (4), length (4)
 *                data
 * </pre>
 *
 * Encodings: 1 constant (8 bytes), 2 longs (8n), 3 ints (4n, signed), 4 doubles (8n), 5 addresses,
 * 6 texts. A column of addresses has a family byte (4 = all v4, 6 = all v6, 0 = mixed), when mixed
 * the family bits (one 64-bit word for 64 rows, a set bit is v6), then all v4 addresses (4 bytes
 * each), then all v6 addresses (16 bytes: high, low). A column of texts has their number d, d ends
 * (4 bytes each, counted from the first text), the texts, then the number of each row's text: no
 * bytes when d is 0 or 1, one up to 256, else two.
 *
 * <p>Row {@code i} stands at position {@link #firstPosition} {@code + i}: positions grow within an
 * input and never overlap, since a flow takes at least one byte of it.
 */
public final class FlowBatch {

    /** The bits of a position that tell the offset; those above tell the file. */
    public static final int OFFSET_BITS = 44;

    static final int VERSION = 1;
    static final int HEADER = 20;
    static final int ENTRY = 12;

    static final short CONSTANT = 1;
    static final short LONGS = 2;
    static final short INTS = 3;
    static final short DOUBLES = 4;
    static final short ADDRESSES = 5;
    static final short TEXTS = 6;

    static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int rows;
    private final int directory;
    private final int columns;

    /** Each operator asks for the greatest time; the least long until one has. */
    private long latest = Long.MIN_VALUE;

    private FlowBatch(byte[] bytes) {
        this.bytes = bytes;
        this.rows = (int) INT.get(bytes, 4);
        this.directory = HEADER + ENTRY * (int) INT.get(bytes, 16);
        this.columns = (short) SHORT.get(bytes, 2) & 0xffff;
    }

    /**
     * The batch that these bytes hold; they are kept, not copied.
     *
     * @throws IllegalArgumentException when they are not a whole batch of this layout version
     */
    public static FlowBatch of(byte[] bytes) {
        if (bytes.length < HEADER) {
            throw new IllegalArgumentException("a flow batch of " + bytes.length + " bytes");
        }
        int version = (short) SHORT.get(bytes, 0);
        int skips = (int) INT.get(bytes, 16);
        int rows = (int) INT.get(bytes, 4);
        int columns = (short) SHORT.get(bytes, 2) & 0xffff;
        if (version != VERSION
                || skips < 0
                || rows < 0
                || HEADER + (long) ENTRY * ((long) skips + columns) > bytes.length) {
            throw new IllegalArgumentException(
                    "not a flow batch of version " + VERSION + ": version " + version);
        }
        return new FlowBatch(bytes);
    }

    /** The bytes of this batch; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many flows. May be 0, when only skips are told. */
    public int rows() {
        return rows;
    }

    /**
     * Where the first row stands in the input: the file's place in the list of inputs (high 20
     * bits), offset.
     */
    public long firstPosition() {
        return (long) LONG.get(bytes, 8);
    }

    /** A position of the file at this place (0 to 2^19 - 1) in the list of inputs. */
    public static long position(int file, long offset) {
        return (long) file << OFFSET_BITS | offset;
    }

    /** How many reasons are told by {@link #skipReason} and {@link #skipCount}. */
    public int skips() {
        return (int) INT.get(bytes, 16);
    }

    /** The reason of a skip entry. */
    public SkipReason skipReason(int entry) {
        return SkipReason.ofCode((int) INT.get(bytes, HEADER + ENTRY * entry));
    }

    /** How often since the batch before. */
    public long skipCount(int entry) {
        return (long) LONG.get(bytes, HEADER + ENTRY * entry + 4);
    }

    /** Whether this batch has the column. */
    public boolean has(FlowColumn column) {
        return find(column) >= 0;
    }

    /** Whether all rows have the same value. Not for addresses. */
    public boolean isConstant(FlowColumn column) {
        return encoding(entry(column)) == CONSTANT;
    }

    /** The value of all rows of a constant column of whole numbers. */
    public long constant(FlowColumn column) {
        return (long) LONG.get(bytes, offset(entry(column)));
    }

    /** Whether the column holds doubles; else whole numbers. */
    public boolean isFractional(FlowColumn column) {
        return encoding(entry(column)) == DOUBLES;
    }

    /** Copies a column of whole numbers into {@code into[0, rows)}. */
    public void longs(FlowColumn column, long[] into) {
        int entry = entry(column);
        int at = offset(entry);
        switch (encoding(entry)) {
            case CONSTANT -> Arrays.fill(into, 0, rows, (long) LONG.get(bytes, at));
            case LONGS -> buffer(at).asLongBuffer().get(into, 0, rows);
            case INTS -> {
                for (int i = 0; i < rows; i++) {
                    into[i] = (int) INT.get(bytes, at + 4 * i);
                }
            }
            default -> throw new IllegalStateException(column + " holds no whole numbers");
        }
    }

    /**
     * Copies {@link FlowColumn#PACKETS} or {@link FlowColumn#BYTES} into {@code into[0, rows)},
     * each as often as the flow was sampled; a product beyond a long is the greatest long.
     *
     * @param rates room for as many numbers
     */
    public void scaled(FlowColumn column, long[] into, long[] rates) {
        longs(column, into);
        if (!has(FlowColumn.SAMPLING_RATE)) {
            return;
        }
        longs(FlowColumn.SAMPLING_RATE, rates);
        for (int i = 0; i < rows; i++) {
            // 0: a flow of another source, which samples nothing.
            long rate = Math.max(1, rates[i]);
            long product = into[i] * rate;
            boolean fits = Math.multiplyHigh(into[i], rate) == product >> 63;
            into[i] = fits ? product : Long.MAX_VALUE;
        }
    }

    /**
     * The greatest value of a column of whole numbers; {@link Long#MIN_VALUE} when there are no
     * rows.
     */
    public long greatest(FlowColumn column) {
        if (column != FlowColumn.TIME) {
            return greatestOf(column);
        }
        if (latest == Long.MIN_VALUE) {
            latest = greatestOf(column);
        }
        return latest;
    }

    private long greatestOf(FlowColumn column) {
        int entry = entry(column);
        int at = offset(entry);
        short encoding = encoding(entry);
        if (encoding == CONSTANT) {
            return rows == 0 ? Long.MIN_VALUE : (long) LONG.get(bytes, at);
        }
        if (encoding != LONGS && encoding != INTS) {
            throw new IllegalStateException(column + " holds no whole numbers");
        }
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < rows; i++) {
            long value =
                    encoding == LONGS
                            ? (long) LONG.get(bytes, at + 8 * i)
                            : (int) INT.get(bytes, at + 4 * i);
            greatest = Math.max(greatest, value);
        }
        return greatest;
    }

    /** Copies a column of doubles into {@code into[0, rows)}. */
    public void doubles(FlowColumn column, double[] into) {
        int entry = entry(column);
        if (encoding(entry) != DOUBLES) {
            throw new IllegalStateException(column + " holds no doubles");
        }
        buffer(offset(entry)).asDoubleBuffer().get(into, 0, rows);
    }

    /** How many addresses of the column are v4. */
    public int v4Count(FlowColumn column) {
        int entry = entry(column);
        int at = offset(entry);
        return switch (bytes[at]) {
            case 4 -> rows;
            case 6 -> 0;
            default -> {
                int v6 = 0;
                for (int w = 0; w < words(); w++) {
                    v6 += Long.bitCount((long) LONG.get(bytes, at + 1 + 8 * w));
                }
                yield rows - v6;
            }
        };
    }

    /**
     * Copies the family bits (a set bit is v6) of all rows into {@code into[0, (rows + 63) / 64)}.
     */
    public void families(FlowColumn column, long[] into) {
        int at = offset(entry(column));
        if (bytes[at] == 0) {
            buffer(at + 1).asLongBuffer().get(into, 0, words());
        } else {
            Arrays.fill(into, 0, words(), bytes[at] == 6 ? -1L : 0L);
        }
    }

    /** Copies all v4 addresses, in the order of their rows. */
    public void v4(FlowColumn column, int[] into, int count) {
        buffer(addresses(column)).asIntBuffer().get(into, 0, count);
    }

    /**
     * Copies all v6 addresses, in the order of their rows; {@code v4Count} tells where they begin.
     */
    public void v6(FlowColumn column, int v4Count, long[] high, long[] low) {
        int at = addresses(column) + 4 * v4Count;
        int count = rows - v4Count;
        for (int i = 0; i < count; i++, at += 16) {
            high[i] = (long) LONG.get(bytes, at);
            low[i] = (long) LONG.get(bytes, at + 8);
        }
    }

    /** How many different texts a column of texts has. */
    public int texts(FlowColumn column) {
        return (int) INT.get(bytes, textColumn(column));
    }

    /** Where a text begins in {@link #bytes}. */
    public int textStart(FlowColumn column, int text) {
        int at = textColumn(column);
        int count = (int) INT.get(bytes, at);
        return at + 4 + 4 * count + (text == 0 ? 0 : (int) INT.get(bytes, at + 4 * text));
    }

    /** Where a text ends in {@link #bytes}. */
    public int textEnd(FlowColumn column, int text) {
        int at = textColumn(column);
        return at + 4 + 4 * (int) INT.get(bytes, at) + (int) INT.get(bytes, at + 4 + 4 * text);
    }

    /** Which of the column's texts each row has, into {@code into[0, rows)}. */
    public void textOfRows(FlowColumn column, int[] into) {
        int count = texts(column);
        int at = count == 0 ? 0 : textEnd(column, count - 1);
        switch (Texts.codeBytes(count)) {
            case 0 -> Arrays.fill(into, 0, rows, 0);
            case 1 -> {
                for (int i = 0; i < rows; i++) {
                    into[i] = bytes[at + i] & 0xff;
                }
            }
            default -> {
                for (int i = 0; i < rows; i++) {
                    into[i] = (short) SHORT.get(bytes, at + 2 * i);
                }
            }
        }
    }

    private int textColumn(FlowColumn column) {
        int entry = entry(column);
        if (encoding(entry) != TEXTS) {
            throw new IllegalStateException(column + " holds no texts");
        }
        return offset(entry);
    }

    private int addresses(FlowColumn column) {
        int entry = entry(column);
        if (encoding(entry) != ADDRESSES) {
            throw new IllegalStateException(column + " holds no addresses");
        }
        int at = offset(entry);
        return at + 1 + (bytes[at] == 0 ? 8 * words() : 0);
    }

    private int words() {
        return (rows + 63) >>> 6;
    }

    private ByteBuffer buffer(int at) {
        return buffer(bytes, at);
    }

    /** What begins there, for copies of whole columns. */
    static ByteBuffer buffer(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes, at, bytes.length - at).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private int find(FlowColumn column) {
        for (int c = 0, at = directory; c < columns; c++, at += ENTRY) {
            if ((short) SHORT.get(bytes, at) == column.id()) {
                return at;
            }
        }
        return -1;
    }

    private int entry(FlowColumn column) {
        int entry = find(column);
        if (entry < 0) {
            throw new IllegalStateException("this batch has no " + column);
        }
        return entry;
    }

    private short encoding(int entry) {
        return (short) SHORT.get(bytes, entry + 2);
    }

    private int offset(int entry) {
        return (int) INT.get(bytes, entry + 4);
    }
}
