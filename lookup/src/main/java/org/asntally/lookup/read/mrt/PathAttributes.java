package org.asntally.lookup.read.mrt;

import static org.asntally.lookup.read.mrt.MrtRecords.i32;
import static org.asntally.lookup.read.mrt.MrtRecords.u16;
import static org.asntally.lookup.read.mrt.MrtRecords.u8;

/**
 * The origin in the path attributes of one entry (RFC 4271, RFC 5065, RFC 6793): the last AS of its
 * path, or all members where it ends in an AS_SET. Segments of confederations are no part of it.
 *
 * <pre>
 * flags (1)  type (1)  length (1, or 2 with the flag 0x10)  value         attribute
 * type (1)   count (1) AS numbers (2 or 4 bytes each)                     path segment
 * </pre>
 */
final class PathAttributes {

    private static final int EXTENDED_LENGTH = 0x10;
    private static final int AS_PATH = 2;
    private static final int AGGREGATOR = 7;
    private static final int AS4_PATH = 17;
    private static final int AS4_AGGREGATOR = 18;

    private static final int SET = 1;
    private static final int SEQUENCE = 2;
    private static final int CONFED_SEQUENCE = 3;
    private static final int CONFED_SET = 4;

    /** Stands where an AS number does not fit into 16 bits (RFC 6793). */
    private static final int AS_TRANS = 23456;

    private final OriginVotes votes;

    // The last segment that was read, outside of confederations, and the length of the path.
    private int segmentType;
    private int segmentFrom;
    private int segmentCount;
    private int pathLength;

    PathAttributes(OriginVotes votes) {
        this.votes = votes;
    }

    /**
     * Votes for the origin in {@code bytes[from, to)}.
     *
     * @param wide whether AS numbers of the path have 4 bytes
     * @param peer which peer this is
     * @param peerAsn where the path is empty, the route comes from the peer's own AS; 0: not known
     * @return false when the attributes cannot be read
     */
    boolean vote(byte[] bytes, int from, int to, boolean wide, int peer, int peerAsn) {
        int pathFrom = -1;
        int pathTo = 0;
        int path4From = -1;
        int path4To = 0;
        boolean aggregatorKnown = false;
        boolean aggregator4 = false;
        int at = from;
        while (at < to) {
            if (to - at < 3) {
                return false;
            }
            boolean extended = (bytes[at] & EXTENDED_LENGTH) != 0;
            int type = u8(bytes, at + 1);
            int value = extended ? at + 4 : at + 3;
            if (value > to) {
                return false;
            }
            int end = value + (extended ? u16(bytes, at + 2) : u8(bytes, at + 2));
            if (end > to) {
                return false;
            }
            if (type == AS_PATH) {
                pathFrom = value;
                pathTo = end;
                if (wide) {
                    break;
                }
            } else if (!wide && type == AS4_PATH) {
                path4From = value;
                path4To = end;
            } else if (!wide && type == AGGREGATOR && end - value >= 2) {
                aggregatorKnown = u16(bytes, value) != AS_TRANS;
            } else if (!wide && type == AS4_AGGREGATOR) {
                aggregator4 = true;
            }
            at = end;
        }
        if (pathFrom < 0) {
            return votePeer(peer, peerAsn);
        }
        if (!path(bytes, pathFrom, pathTo, wide)) {
            return false;
        }
        int length = pathLength;
        int type = segmentType;
        int first = segmentFrom;
        int count = segmentCount;
        boolean four = wide;
        // RFC 6793 section 4.2.3: an AS4_PATH that is longer is none, and so is one from before the
        // route was aggregated anew.
        if (path4From >= 0
                && !(aggregatorKnown && aggregator4)
                && path(bytes, path4From, path4To, true)
                && pathLength > 0
                && pathLength <= length) {
            type = segmentType;
            first = segmentFrom;
            count = segmentCount;
            four = true;
        }
        if (count == 0) {
            return votePeer(peer, peerAsn);
        }
        if (type == SET) {
            boolean any = false;
            for (int i = 0; i < count; i++) {
                any |= voteFor(four ? i32(bytes, first + 4 * i) : u16(bytes, first + 2 * i), peer);
            }
            return any;
        }
        int last = count - 1;
        int asn = four ? i32(bytes, first + 4 * last) : u16(bytes, first + 2 * last);
        if (asn == 0) {
            return false;
        }
        votes.add(asn, peer, false);
        return true;
    }

    private boolean voteFor(int member, int peer) {
        if (member != 0) {
            votes.add(member, peer, true);
        }
        return member != 0;
    }

    private boolean votePeer(int peer, int peerAsn) {
        if (peerAsn != 0) {
            votes.add(peerAsn, peer, false);
        }
        return true;
    }

    /** Goes through a path's segments; false when they do not fit. */
    private boolean path(byte[] bytes, int from, int to, boolean wide) {
        int width = wide ? 4 : 2;
        segmentCount = 0;
        pathLength = 0;
        int at = from;
        while (at < to) {
            if (to - at < 2) {
                return false;
            }
            int type = u8(bytes, at);
            int count = u8(bytes, at + 1);
            int asns = at + 2;
            at = asns + width * count;
            if (at > to || type < SET || type > CONFED_SET) {
                return false;
            }
            if (type < CONFED_SEQUENCE && count > 0) {
                segmentType = type;
                segmentFrom = asns;
                segmentCount = count;
                pathLength += type == SEQUENCE ? count : 1;
            }
        }
        return true;
    }
}
