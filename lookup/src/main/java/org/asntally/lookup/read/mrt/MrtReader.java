package org.asntally.lookup.read.mrt;

import static org.asntally.lookup.read.mrt.MrtRecords.i32;
import static org.asntally.lookup.read.mrt.MrtRecords.u16;
import static org.asntally.lookup.read.mrt.MrtRecords.u8;

import java.io.IOException;
import java.io.InputStream;
import org.asntally.lookup.read.LineFault;
import org.asntally.lookup.read.RouteSink;
import org.asntally.lookup.read.TableFaults;
import org.asntally.lookup.unpack.DamagedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the routes of an MRT table dump: TABLE_DUMP and TABLE_DUMP_V2 of RFC 6396, the latter also
 * with several paths of a peer (RFC 8050). Unicast, both families; other tables and other records
 * are passed over.
 *
 * <pre>
 * TABLE_DUMP            view (2) sequence (2) prefix (4, 16) length (1) status (1) time (4)
 *                       peer (4, 16) peer's AS (2) attributes' length (2) attributes
 * PEER_INDEX_TABLE      collector (4) name's length (2) name  count (2)  peers:
 *                       type (1) id (4) address (4, 16) AS (2, 4)
 * RIB_IPV4_UNICAST ...  sequence (4) length (1) prefix  count (2)  entries:
 *                       peer (2) time (4) [path (4)] attributes' length (2) attributes
 * RIB_GENERIC           sequence (4) AFI (2) SAFI (1), then as above
 * </pre>
 *
 * <p>A record or entry that cannot be read costs itself and is told by the number of the record and
 * its offset; where the file ends within a record, what came before counts. After bytes that are no
 * record nothing more is read.
 */
public final class MrtReader {

    private static final int TABLE_DUMP = 12;
    private static final int TABLE_DUMP_V2 = 13;
    private static final int PEER_INDEX_TABLE = 1;
    private static final int RIB_GENERIC = 6;
    private static final int RIB_GENERIC_ADD_PATH = 12;
    private static final int UNICAST = 1;

    private final RouteSink sink;
    private final OriginVotes votes = new OriginVotes();
    private final PathAttributes attributes = new PathAttributes(votes);
    private final DumpPeers dumpPeers = new DumpPeers();
    private int[] peerAsns = {};
    private boolean peersKnown;

    // The prefix that the votes are for, and the record in which it came first.
    private boolean v6;
    private long high;
    private long low;
    private int length = -1;
    private int record;
    private int routes;
    private boolean othersTold;

    /** Gives what it reads to {@code sink}. */
    public MrtReader(RouteSink sink) {
        this.sink = sink;
    }

    /**
     * Whether a file begins as an MRT file does.
     *
     * @param head its first bytes
     */
    public static boolean begins(byte[] head) {
        if (head.length < 12) {
            return false;
        }
        int type = u16(head, 4);
        int subtype = u16(head, 6);
        int length = i32(head, 8);
        return MrtRecords.isMrtType(type)
                && subtype <= 12
                && length >= 4
                && length <= MrtRecords.LONGEST;
    }

    /**
     * Reads to the end; does not close.
     *
     * @return the number of prefixes
     */
    public int read(InputStream in, String name, TableFaults faults) throws IOException {
        MrtRecords records = new MrtRecords(in);
        while (true) {
            switch (records.next()) {
                case RECORD -> {
                    LineFault fault = record(records, name, faults);
                    if (fault != null) {
                        faults.skipped(name, records.number(), fault, place(records.offset()));
                    }
                }
                case END -> {
                    flush();
                    return routes;
                }
                case CUT_OFF -> {
                    flush();
                    DamagedException damage = records.damage();
                    faults.skipped(
                            name,
                            records.number() + 1,
                            LineFault.CUT_OFF,
                            place(records.end())
                                    + (damage == null ? "" : ", " + damage.getMessage()));
                    return routes;
                }
                case NO_RECORD -> {
                    flush();
                    faults.skipped(
                            name,
                            records.number() + 1,
                            LineFault.NO_RECORD,
                            place(records.offset()));
                    return routes;
                }
            }
        }
    }

    private static String place(long offset) {
        return "byte " + offset;
    }

    private @Nullable LineFault record(MrtRecords records, String name, TableFaults faults) {
        byte[] bytes = records.bytes();
        int from = records.from();
        int to = records.to();
        int subtype = records.subtype();
        if (records.type() == TABLE_DUMP && subtype >= 1 && subtype <= 4) {
            return tableDump(bytes, from, to, subtype, records.number());
        }
        if (records.type() == TABLE_DUMP_V2) {
            return switch (subtype) {
                case PEER_INDEX_TABLE -> peers(bytes, from, to) ? null : LineFault.BAD_RECORD;
                case 2, 4 -> rib(bytes, from + 4, to, subtype == 4, false, records.number());
                case 8, 10 -> rib(bytes, from + 4, to, subtype == 10, true, records.number());
                case RIB_GENERIC, RIB_GENERIC_ADD_PATH ->
                        generic(bytes, from, to, subtype, records.number());
                // Multicast, and where peers stand on the globe.
                default -> null;
            };
        }
        if (!othersTold) {
            othersTold = true;
            faults.skipped(
                    name,
                    records.number(),
                    LineFault.NO_TABLE_RECORD,
                    "type " + records.type() + "/" + subtype + ", " + place(records.offset()));
        }
        return null;
    }

    private boolean peers(byte[] bytes, int from, int to) {
        if (to - from < 8) {
            return false;
        }
        int at = from + 6 + u16(bytes, from + 4);
        if (at + 2 > to) {
            return false;
        }
        int count = u16(bytes, at);
        at += 2;
        int[] asns = new int[Math.min(count, (to - at) / 11)];
        if (asns.length < count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (at + 1 > to) {
                return false;
            }
            boolean wide = (bytes[at] & 2) != 0;
            int asnAt = at + 5 + ((bytes[at] & 1) != 0 ? 16 : 4);
            at = asnAt + (wide ? 4 : 2);
            if (at > to) {
                return false;
            }
            asns[i] = wide ? i32(bytes, asnAt) : u16(bytes, asnAt);
        }
        peerAsns = asns;
        peersKnown = true;
        return true;
    }

    private @Nullable LineFault generic(byte[] bytes, int from, int to, int subtype, int number) {
        if (to - from < 7) {
            return LineFault.BAD_RECORD;
        }
        int afi = u16(bytes, from + 4);
        if (u8(bytes, from + 6) != UNICAST || (afi != 1 && afi != 2)) {
            return null;
        }
        boolean paths = subtype == RIB_GENERIC_ADD_PATH;
        return rib(bytes, from + 7, to, afi == 2, paths, number);
    }

    /** Reads a prefix and its entries. */
    private @Nullable LineFault rib(
            byte[] bytes, int from, int to, boolean isV6, boolean paths, int number) {
        flush();
        if (from >= to) {
            return LineFault.BAD_RECORD;
        }
        int bits = u8(bytes, from);
        int at = from + 1 + (bits + 7) / 8;
        if (bits > (isV6 ? 128 : 32)) {
            return LineFault.BAD_LENGTH;
        }
        if (at + 2 > to) {
            return LineFault.BAD_RECORD;
        }
        if (bits == 0) {
            return LineFault.DEFAULT_ROUTE;
        }
        prefix(bytes, from + 1, (bits + 7) / 8, isV6);
        int count = u16(bytes, at);
        at += 2;
        int head = paths ? 12 : 8;
        LineFault fault = null;
        for (int i = 0; i < count; i++) {
            if (at + head > to) {
                fault = LineFault.BAD_RECORD;
                break;
            }
            int peer = u16(bytes, at);
            int attributesFrom = at + head;
            at = attributesFrom + u16(bytes, attributesFrom - 2);
            if (at > to) {
                fault = LineFault.BAD_RECORD;
                break;
            }
            boolean known = peer < peerAsns.length;
            if (!known && peersKnown) {
                fault = LineFault.BAD_PEER;
                continue;
            }
            int peerAsn = known ? peerAsns[peer] : 0;
            if (!attributes.vote(bytes, attributesFrom, at, true, peer, peerAsn)) {
                fault = LineFault.BAD_PATH;
            }
        }
        if (fault == null && at != to) {
            fault = LineFault.BAD_RECORD;
        }
        if (votes.count() == 0) {
            return fault == null ? LineFault.NO_ORIGIN : fault;
        }
        length = bits;
        v6 = isV6;
        record = number;
        return fault;
    }

    /** Reads an address of which {@code count} bytes are there. */
    private void prefix(byte[] bytes, int from, int count, boolean isV6) {
        high = 0;
        low = 0;
        for (int i = 0; i < count; i++) {
            long octet = u8(bytes, from + i);
            if (!isV6) {
                low |= octet << (24 - 8 * i);
            } else if (i < 8) {
                high |= octet << (56 - 8 * i);
            } else {
                low |= octet << (120 - 8 * i);
            }
        }
    }

    private @Nullable LineFault tableDump(byte[] bytes, int from, int to, int subtype, int number) {
        boolean isV6 = subtype == 2 || subtype == 4;
        // Not of the RFC, but written by routing programs of that time.
        boolean wide = subtype > 2;
        int width = isV6 ? 16 : 4;
        int lengthAt = from + 4 + width;
        int peerAt = lengthAt + 6;
        int asnAt = peerAt + width;
        int attributesFrom = asnAt + (wide ? 4 : 2) + 2;
        if (attributesFrom > to) {
            return LineFault.BAD_RECORD;
        }
        int bits = u8(bytes, lengthAt);
        if (bits > 8 * width) {
            return LineFault.BAD_LENGTH;
        }
        if (bits == 0) {
            return LineFault.DEFAULT_ROUTE;
        }
        int end = attributesFrom + u16(bytes, attributesFrom - 2);
        if (end > to) {
            return LineFault.BAD_RECORD;
        }
        long highBefore = high;
        long lowBefore = low;
        prefix(bytes, from + 4, width, isV6);
        boolean same = length == bits && v6 == isV6 && high == highBefore && low == lowBefore;
        if (!same) {
            long newHigh = high;
            long newLow = low;
            high = highBefore;
            low = lowBefore;
            flush();
            high = newHigh;
            low = newLow;
            dumpPeers.clear();
        }
        int peer = dumpPeers.index(bytes, peerAt, width);
        int peerAsn = wide ? i32(bytes, asnAt) : u16(bytes, asnAt);
        if (!attributes.vote(bytes, attributesFrom, end, wide, peer, peerAsn)) {
            return LineFault.BAD_PATH;
        }
        if (votes.count() == 0) {
            return LineFault.NO_ORIGIN;
        }
        if (!same) {
            record = number;
        }
        length = bits;
        v6 = isV6;
        return null;
    }

    /** Gives out the prefix that is complete, if there is one. */
    private void flush() {
        if (length > 0) {
            for (int i = 0; i < votes.count(); i++) {
                sink.seen(
                        v6,
                        high,
                        low,
                        length,
                        votes.asn(i),
                        votes.votes(i),
                        votes.inSet(i),
                        record);
            }
            routes++;
        }
        length = -1;
        votes.clear();
    }
}
