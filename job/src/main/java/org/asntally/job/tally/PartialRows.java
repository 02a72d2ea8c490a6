package org.asntally.job.tally;

import java.util.Arrays;
import java.util.Set;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.ExactSum;
import org.asntally.sinks.KeyFields;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.asntally.sinks.TallyRows;
import org.jspecify.annotations.Nullable;

/**
 * Turns the sums of a table into rows, by key group. Rows by AS are added up from the rows by
 * prefix, which are never cut: nothing is looked up or counted twice.
 */
final class PartialRows {

    /** Rows of one batch at most: it stays far below what a network buffer pool holds. */
    private static final int MOST = 4096;

    /** Where finished pieces go. */
    interface Target {
        /** Takes rows of one key group; they are not changed any more. */
        void send(int group, TallyRows rows);
    }

    private final Set<KeyKind> kinds;
    private final int measures;
    private final boolean named;
    private final Target target;
    private final @Nullable TallyRows[] open = new TallyRows[KeyGroups.COUNT];
    private int[] asnSlots = new int[1024];
    private int room = 16;

    /**
     * Rows of these kinds.
     *
     * @param named whether rows of prefixes and other keys carry the AS's name, for results that
     *     come row by row
     */
    PartialRows(Set<KeyKind> kinds, int measures, boolean named, Target target) {
        this.kinds = kinds;
        this.named = named;
        this.measures = measures;
        this.target = target;
    }

    /** All rows of a table. */
    void add(RouteTally tally, Side side, Rib rib, long version) {
        // Groups fill evenly: columns that are large enough at once need no copying.
        room = Math.min(MOST, 16 + tally.size() / KeyGroups.COUNT * 5 / 4);
        TallyRows asns = new TallyRows(measures, 256);
        int asnTag = TallyRows.tag(KeyKind.ASN, side, false, 0);
        Arrays.fill(asnSlots, 0);
        boolean byPrefix = kinds.contains(KeyKind.PREFIX);
        boolean byAsn = kinds.contains(KeyKind.ASN);
        for (int slot = 0; slot < tally.size(); slot++) {
            int route = tally.route(slot);
            int origin = route == Rib.UNROUTED ? 0 : rib.origin(route);
            if (byPrefix) {
                prefix(tally, slot, route, origin, side, rib, version);
            }
            if (byAsn) {
                int row = asnRow(asns, asnTag, version, origin, tally.first(slot));
                addTo(asns, row, tally, slot);
            }
        }
        for (int row = 0; row < asns.size(); row++) {
            TallyRows rows = rows(KeyGroups.group(asns.hash(row)));
            int at = rows.appendFrom(asns, row);
            rows.name(at, rib.nameUtf8(asns.asn(row)));
            sendIfLarge(KeyGroups.group(asns.hash(row)));
        }
    }

    private void prefix(
            RouteTally tally, int slot, int route, int origin, Side side, Rib rib, long version) {
        boolean routed = route != Rib.UNROUTED;
        boolean v6 = routed && rib.isV6(route);
        int length = routed ? rib.length(route) : TallyRows.UNROUTED;
        int tag = TallyRows.tag(KeyKind.PREFIX, side, v6, length);
        long high = routed ? rib.high(route) : 0;
        long low = routed ? rib.low(route) : 0;
        int group = KeyGroups.group(TallyRows.hash(tag, version, high, low, origin));
        TallyRows rows = rows(group);
        int row = rows.append(tag, version, high, low, origin, tally.first(slot));
        if (named && routed) {
            rows.name(row, rib.nameUtf8(origin));
        }
        addTo(rows, row, tally, slot);
        sendIfLarge(group);
    }

    /** All rows of a table of another key. */
    void add(KeyTally tally, TableKey key, Side side, Rib rib, long version) {
        RouteTally sums = tally.sums();
        room = Math.min(MOST, 16 + sums.size() / KeyGroups.COUNT * 5 / 4);
        int tag = TallyRows.tag(KeyKind.FIELDS, side, false, 0);
        int table = key.id();
        for (int slot = 0; slot < sums.size(); slot++) {
            byte[] fields = tally.key(sums.route(slot));
            int asn = named ? KeyFields.shownAs(key, fields) : 0;
            if (asn != 0) {
                fields = KeyFields.withName(fields, rib.nameUtf8(asn));
            }
            long high = KeyTally.hash(1, fields, 0, fields.length);
            long low = KeyTally.hash(2, fields, 0, fields.length);
            int group = KeyGroups.group(TallyRows.hash(tag, version, high, low, table));
            TallyRows rows = rows(group);
            int row = rows.append(tag, version, high, low, table, sums.first(slot));
            rows.name(row, fields);
            addTo(rows, row, sums, slot);
            sendIfLarge(group);
        }
    }

    /**
     * One row of another kind: a counter.
     *
     * @param newest the newest time of what it counts, milliseconds; {@link Long#MIN_VALUE}: none
     */
    void counter(int tag, int source, int code, long count, long newest, byte[] name) {
        int group = KeyGroups.group(TallyRows.hash(tag, 0, 0, source, code));
        TallyRows rows = rows(group);
        int row = rows.append(tag, 0, 0, source, code, TallyRows.firstOf(newest));
        rows.name(row, name);
        rows.add(row, 0, count);
    }

    private int asnRow(TallyRows asns, int tag, long version, int origin, long first) {
        int mask = asnSlots.length - 1;
        int at = ((origin * 0x9E3779B9) >>> 9) & mask;
        while (asnSlots[at] != 0) {
            int row = asnSlots[at] - 1;
            if (asns.asn(row) == origin) {
                asns.lowerFirst(row, first);
                return row;
            }
            at = (at + 1) & mask;
        }
        int row = asns.append(tag, version, 0, 0, origin, first);
        asnSlots[at] = row + 1;
        if (2 * asns.size() > mask) {
            asnSlots = new int[2 * asnSlots.length];
            for (int old = 0; old < asns.size(); old++) {
                int again = ((asns.asn(old) * 0x9E3779B9) >>> 9) & (asnSlots.length - 1);
                while (asnSlots[again] != 0) {
                    again = (again + 1) & (asnSlots.length - 1);
                }
                asnSlots[again] = old + 1;
            }
        }
        return row;
    }

    private void addTo(TallyRows rows, int row, RouteTally tally, int slot) {
        for (int m = 0; m < measures; m++) {
            rows.add(row, m, tally.sum(slot, m));
            ExactSum exact = tally.exact(slot, m);
            if (exact != null) {
                rows.add(row, m, exact);
            }
        }
    }

    private TallyRows rows(int group) {
        TallyRows rows = open[group];
        if (rows == null) {
            rows = new TallyRows(measures, room);
            open[group] = rows;
        }
        return rows;
    }

    private void sendIfLarge(int group) {
        TallyRows rows = open[group];
        if (rows != null && rows.size() >= MOST) {
            open[group] = null;
            target.send(group, rows);
        }
    }

    /** Sends what is left. */
    void finish() {
        for (int group = 0; group < open.length; group++) {
            TallyRows rows = open[group];
            if (rows != null) {
                open[group] = null;
                target.send(group, rows);
            }
        }
    }
}
