package org.asntally.sinks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Result rows as a test writes them down. */
public final class Tallies {

    private final TallyRows rows;
    private final long rib;

    /** Rows with one value. */
    public Tallies() {
        this(1, 1);
    }

    /** Rows with so many values, attributed by a table. */
    public Tallies(int measures, long rib) {
        this.rows = new TallyRows(measures, 4);
        this.rib = rib;
    }

    /** A row of a source AS. */
    public Tallies asn(long asn, @Nullable String name, long first, double... values) {
        return asn(Side.SOURCE, asn, name, first, values);
    }

    /** A row of an AS. */
    public Tallies asn(Side side, long asn, @Nullable String name, long first, double... values) {
        int tag = TallyRows.tag(KeyKind.ASN, side, false, 0);
        int row = rows.append(tag, rib, 0, 0, (int) asn, first);
        if (name != null) {
            rows.name(row, name.getBytes(StandardCharsets.UTF_8));
        }
        return values(row, values);
    }

    /** A row of a source prefix. */
    public Tallies prefix(String prefix, long asn, long first, double... values) {
        return prefix(Side.SOURCE, prefix, asn, first, values);
    }

    /** A row of a prefix. */
    public Tallies prefix(Side side, String prefix, long asn, long first, double... values) {
        int slash = prefix.indexOf('/');
        byte[] bytes;
        try {
            bytes = InetAddress.getByName(prefix.substring(0, slash)).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
        boolean v6 = bytes.length == 16;
        ByteBuffer address = ByteBuffer.wrap(bytes);
        long high = v6 ? address.getLong() : 0;
        long low = v6 ? address.getLong() : Integer.toUnsignedLong(address.getInt());
        int length = Integer.parseInt(prefix.substring(slash + 1));
        int tag = TallyRows.tag(KeyKind.PREFIX, side, v6, length);
        return values(rows.append(tag, rib, high, low, (int) asn, first), values);
    }

    /** The row of source addresses that no route covers. */
    public Tallies unrouted(long first, double... values) {
        int tag = TallyRows.tag(KeyKind.PREFIX, Side.SOURCE, false, TallyRows.UNROUTED);
        return values(rows.append(tag, rib, 0, 0, 0, first), values);
    }

    /** A row of a source table of another key: its fields as {@link KeyFields} has them. */
    public Tallies fields(TableKey key, byte[] fields, long first, double... values) {
        int tag = TallyRows.tag(KeyKind.FIELDS, Side.SOURCE, false, 0);
        long hash = java.util.Arrays.hashCode(fields);
        int row = rows.append(tag, rib, hash, 0, key.id(), first);
        rows.name(row, fields);
        return values(row, values);
    }

    /** The row of all keys of a table beyond the most that are kept. */
    public Tallies other(TableKey key, long first, double... values) {
        int tag = TallyRows.tag(KeyKind.FIELDS, Side.SOURCE, false, TallyRows.OTHER);
        return values(rows.append(tag, rib, 0, 0, key.id(), first), values);
    }

    /** A counter. */
    public Tallies counter(CounterWord word, String name, int reason, int source, long count) {
        int tag = TallyRows.tag(KeyKind.COUNTER, Side.SOURCE, false, word.ordinal());
        int row = rows.append(tag, 0, 0, source, reason, TallyRows.firstOf(Long.MIN_VALUE));
        rows.name(row, name.getBytes(StandardCharsets.UTF_8));
        rows.add(row, 0, count);
        return this;
    }

    /** The newest time of what the counter before counts. */
    public Tallies newest(String time) {
        rows.lowerFirst(rows.size() - 1, TallyRows.firstOf(Instant.parse(time).toEpochMilli()));
        return this;
    }

    private Tallies values(int row, double... values) {
        for (int m = 0; m < values.length; m++) {
            if (values[m] == Math.rint(values[m])) {
                rows.add(row, m, (long) values[m]);
            } else {
                ExactSum sum = new ExactSum();
                sum.add(values[m]);
                rows.add(row, m, sum);
            }
        }
        return this;
    }

    /** The rows. */
    public TallyRows rows() {
        return rows;
    }

    /** The rows as those of the one window. */
    public WindowTally whole() {
        return snapshot(0);
    }

    /** The rows as a look at the one window. */
    public WindowTally snapshot(long snapshot) {
        return new WindowTally(
                WindowTally.WHOLE_START, WindowTally.WHOLE_END, snapshot, false, rows);
    }

    /** The rows as those of a window. */
    public WindowTally window(long start, long end) {
        return new WindowTally(start, end, 0, false, rows);
    }

    /** The report of these rows in one window. */
    public Report report() {
        return report(List.of(whole()), rows.measures());
    }

    /** The report of these results. */
    public static Report report(List<WindowTally> tallies, int measures) {
        ReportBuilder builder = new ReportBuilder(measures);
        tallies.forEach(builder::add);
        return builder.build();
    }
}
