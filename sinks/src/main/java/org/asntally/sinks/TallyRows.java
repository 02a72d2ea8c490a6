package org.asntally.sinks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of counts, column by column; grows by {@link #append}. One thread.
 *
 * <p>The key of a row is {@code tag, rib, high, low, asn}:
 *
 * <ul>
 *   <li>{@link KeyKind#ASN}: {@code asn} is the origin AS (unsigned), 0 for unrouted traffic.
 *   <li>{@link KeyKind#PREFIX}: {@code high, low} is the first address (v4: high 0, low the
 *       unsigned address), {@code length} the prefix length of its own family, {@code asn} the
 *       origin AS. Unrouted: {@link #UNROUTED} as length; left out: {@link #REST}, {@link
 *       #REST_KEYS}.
 *   <li>{@link KeyKind#FIELDS}: the name is what {@link KeyFields} wrote and {@code high, low} its
 *       hash; {@code asn} is the {@link TableKey#id} of the table. {@link #OTHER} as length and no
 *       name: keys beyond the most that are kept.
 *   <li>{@link KeyKind#COUNTER}: {@code length} is the {@link CounterWord}'s ordinal, {@code asn} a
 *       code of the reason, {@code low} the number of the source; the name is {@code reason}, or
 *       {@code reason TAB source}.
 * </ul>
 *
 * A counter's number is its first value. In place of an input position it has the newest time of
 * what it counts, upside down so that the lowest of several is the newest of all. A value is {@code
 * sums[measure][row]}, plus {@code exact} where a value has a fraction.
 */
public final class TallyRows {

    /** The prefix length of a row that no route covers. */
    public static final int UNROUTED = 255;

    /** The prefix length of the row that stands for those which {@link TopCut} left out. */
    public static final int REST = 254;

    /** The prefix length of the row whose first value is how many those are. */
    public static final int REST_KEYS = 253;

    /** The length of the row that stands for all keys beyond the most that are kept. */
    public static final int OTHER = 252;

    private static final int V6 = 1 << 24;

    private static final int FIELDS = KeyKind.FIELDS.ordinal() << 16;
    private static final int KIND = 0xff0000;

    /** The bits of a tag that tell kind and side. */
    static final int KIND_AND_SIDE = 0xfff000;

    // TallyRowsFormat reads and fills the columns; nobody else does.
    final int measures;
    int size;
    int[] tags;
    long[] ribs;
    long[] highs;
    long[] lows;
    int[] asns;
    long[] firsts;
    final long[][] sums;
    final @Nullable ExactSum[] @Nullable [] exacts;
    byte @Nullable [] @Nullable [] names;

    /** No rows, room for some. */
    public TallyRows(int measures, int capacity) {
        this.measures = measures;
        int room = Math.max(4, capacity);
        tags = new int[room];
        ribs = new long[room];
        highs = new long[room];
        lows = new long[room];
        asns = new int[room];
        firsts = new long[room];
        sums = new long[measures][room];
        exacts = new ExactSum[measures][];
    }

    /** Kind, side, family and prefix length in one number. */
    public static int tag(KeyKind kind, Side side, boolean v6, int length) {
        return kind.ordinal() << 16 | side.ordinal() << 12 | length | (v6 ? V6 : 0);
    }

    /**
     * Adds a row with sums of 0.
     *
     * @param tag what {@link #tag} gave
     * @param rib the version of the table, 0 for counters
     * @param first the lowest input position of the key
     * @return the row's number
     */
    public int append(int tag, long rib, long high, long low, int asn, long first) {
        if (size == tags.length) {
            grow();
        }
        int row = size++;
        tags[row] = tag;
        ribs[row] = rib;
        highs[row] = high;
        lows[row] = low;
        asns[row] = asn;
        firsts[row] = first;
        return row;
    }

    private void grow() {
        int room = 2 * size;
        tags = Arrays.copyOf(tags, room);
        ribs = Arrays.copyOf(ribs, room);
        highs = Arrays.copyOf(highs, room);
        lows = Arrays.copyOf(lows, room);
        asns = Arrays.copyOf(asns, room);
        firsts = Arrays.copyOf(firsts, room);
        for (int m = 0; m < measures; m++) {
            sums[m] = Arrays.copyOf(sums[m], room);
            @Nullable ExactSum[] column = exacts[m];
            if (column != null) {
                exacts[m] = Arrays.copyOf(column, room);
            }
        }
        if (names != null) {
            names = Arrays.copyOf(names, room);
        }
    }

    /**
     * What stands in a counter in place of an input position.
     *
     * @param newest the newest time of what it counts, milliseconds; {@link Long#MIN_VALUE}: none
     */
    public static long firstOf(long newest) {
        return ~newest;
    }

    /** The newest time of what a counter counts, milliseconds; {@link Long#MIN_VALUE}: none. */
    public long newest(int row) {
        return ~firsts[row];
    }

    /** Tells a position of the row's key; the lowest one is kept. */
    public void lowerFirst(int row, long position) {
        firsts[row] = Math.min(firsts[row], position);
    }

    /** Adds a whole number to a value. */
    public void add(int row, int measure, long number) {
        long[] column = sums[measure];
        long old = column[row];
        long sum = old + number;
        if (((old ^ sum) & (number ^ sum)) < 0) {
            exactAt(row, measure).add(number);
        } else {
            column[row] = sum;
        }
    }

    /** Adds an exact sum to a value. */
    public void add(int row, int measure, ExactSum number) {
        exactAt(row, measure).add(number);
    }

    private ExactSum exactAt(int row, int measure) {
        @Nullable ExactSum[] column = exacts[measure];
        if (column == null) {
            column = new ExactSum[tags.length];
            exacts[measure] = column;
        }
        ExactSum sum = column[row];
        if (sum == null) {
            sum = new ExactSum();
            column[row] = sum;
        }
        return sum;
    }

    /**
     * Adds all values of a row of another object with as many measures; keeps the lower first
     * position.
     */
    public void merge(int row, TallyRows other, int otherRow) {
        for (int m = 0; m < measures; m++) {
            add(row, m, other.sums[m][otherRow]);
            ExactSum exact = other.exact(otherRow, m);
            if (exact != null) {
                add(row, m, exact);
            }
        }
        firsts[row] = Math.min(firsts[row], other.firsts[otherRow]);
        if (name(row) == null) {
            name(row, other.name(otherRow));
        }
    }

    /** Appends a row of another object, key, name and values. */
    public int appendFrom(TallyRows other, int otherRow) {
        int row =
                append(
                        other.tags[otherRow],
                        other.ribs[otherRow],
                        other.highs[otherRow],
                        other.lows[otherRow],
                        other.asns[otherRow],
                        other.firsts[otherRow]);
        merge(row, other, otherRow);
        return row;
    }

    /** Rows of its own; names, which nobody changes, are shared. */
    public TallyRows copy() {
        TallyRows copy = new TallyRows(measures, size);
        int room = copy.tags.length;
        copy.size = size;
        copy.tags = Arrays.copyOf(tags, room);
        copy.ribs = Arrays.copyOf(ribs, room);
        copy.highs = Arrays.copyOf(highs, room);
        copy.lows = Arrays.copyOf(lows, room);
        copy.asns = Arrays.copyOf(asns, room);
        copy.firsts = Arrays.copyOf(firsts, room);
        copy.names = names == null ? null : Arrays.copyOf(names, room);
        for (int m = 0; m < measures; m++) {
            copy.sums[m] = Arrays.copyOf(sums[m], room);
            @Nullable ExactSum[] column = exacts[m];
            if (column != null) {
                @Nullable ExactSum[] own = new ExactSum[room];
                for (int row = 0; row < size; row++) {
                    ExactSum sum = column[row];
                    own[row] = sum == null ? null : sum.copy();
                }
                copy.exacts[m] = own;
            }
        }
        return copy;
    }

    /** Whether two rows have one key. */
    public boolean sameKey(int row, TallyRows other, int otherRow) {
        return lows[row] == other.lows[otherRow]
                && highs[row] == other.highs[otherRow]
                && tags[row] == other.tags[otherRow]
                && asns[row] == other.asns[otherRow]
                && ribs[row] == other.ribs[otherRow]
                && ((tags[row] & KIND) != FIELDS || Arrays.equals(name(row), other.name(otherRow)));
    }

    /** A row's values under the key of {@link #OTHER}: it is one of more than are kept. */
    public TallyRows other(int row) {
        TallyRows other = new TallyRows(measures, 1);
        other.append(
                tag(KeyKind.FIELDS, side(row), false, OTHER),
                ribs[row],
                0,
                0,
                asns[row],
                firsts[row]);
        TallyRows values = new TallyRows(measures, 1);
        values.appendFrom(this, row);
        values.names = null;
        other.merge(0, values, 0);
        return other;
    }

    /** Whether rows with this tag have a part of their key in their name. */
    static boolean isNameOfKey(int tag) {
        return (tag & KIND) == FIELDS;
    }

    /** A hash of the row's key, the same on every machine and in every release. */
    public int hash(int row) {
        return hash(tags[row], ribs[row], highs[row], lows[row], asns[row]);
    }

    /** The hash of a key. */
    public static int hash(int tag, long rib, long high, long low, int asn) {
        long h = (low ^ rib) * 0x9E3779B97F4A7C15L;
        h = (h ^ (h >>> 32) ^ high ^ tag) * 0xC2B2AE3D27D4EB4FL;
        h = (h ^ (h >>> 29) ^ asn) * 0x165667B19E3779F9L;
        return (int) (h >>> 32);
    }

    /** Tells a row's name: of an AS, or of a counter; UTF-8. */
    public void name(int row, byte @Nullable [] name) {
        if (name == null) {
            return;
        }
        if (names == null) {
            names = new byte[tags.length][];
        }
        names[row] = name;
    }

    /** A row's name in UTF-8, if it has one. */
    public byte @Nullable [] name(int row) {
        return names == null ? null : names[row];
    }

    /** How many rows. */
    public int size() {
        return size;
    }

    /** How many measures each row has. */
    public int measures() {
        return measures;
    }

    /** A row's tag: what {@link #tag} gave. */
    public int tag(int row) {
        return tags[row];
    }

    /** What the row is counted by. */
    public KeyKind kind(int row) {
        return KINDS[tags[row] >>> 16 & 0xff];
    }

    /** Which address of the flow. */
    public Side side(int row) {
        return SIDES[tags[row] >>> 12 & 0xf];
    }

    /** Whether the prefix is of IPv6. */
    public boolean isV6(int row) {
        return (tags[row] & V6) != 0;
    }

    /** Prefix length, {@link #UNROUTED}, or a counter's word. */
    public int length(int row) {
        return tags[row] & 0xfff;
    }

    /** The word of a counter. */
    public CounterWord word(int row) {
        return WORDS[length(row) % WORDS.length];
    }

    /** Version of the table that attributed the row. */
    public long rib(int row) {
        return ribs[row];
    }

    /** Upper half of the prefix's address. */
    public long high(int row) {
        return highs[row];
    }

    /** Lower half of the prefix's address; of v4 the address itself, unsigned. */
    public long low(int row) {
        return lows[row];
    }

    /** Origin AS, unsigned; 0 where there is none. */
    public int asn(int row) {
        return asns[row];
    }

    /** The lowest input position of the key; of a counter see {@link #newest}. */
    public long first(int row) {
        return firsts[row];
    }

    /** The whole-number part of a value. */
    public long sum(int row, int measure) {
        return sums[measure][row];
    }

    /** What is to be added to {@link #sum}, where a value has a fraction or is beyond a long. */
    public @Nullable ExactSum exact(int row, int measure) {
        @Nullable ExactSum[] column = exacts[measure];
        return column == null ? null : column[row];
    }

    /** A value, correctly rounded. */
    public double value(int row, int measure) {
        return ExactSum.value(sum(row, measure), exact(row, measure));
    }

    private static final KeyKind[] KINDS = KeyKind.values();
    private static final Side[] SIDES = Side.values();
    private static final CounterWord[] WORDS = CounterWord.values();
}
