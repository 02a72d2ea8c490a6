package org.asntally.lookup.read.mrt;

import java.util.Arrays;

/** Which origins of one prefix are seen by how many peers; a peer counts once for an origin. */
final class OriginVotes {

    /** Origins of one prefix that are kept; no real one has as many. */
    static final int MOST = 256;

    private int[] asns = new int[8];
    private int[] votes = new int[8];
    private boolean[] sets = new boolean[8];
    private long[][] seen = new long[8][1];
    private int count;
    private int last;

    /** Another prefix. */
    void clear() {
        for (int i = 0; i < count; i++) {
            Arrays.fill(seen[i], 0);
        }
        count = 0;
        last = 0;
    }

    /**
     * A peer sees an origin.
     *
     * @param peer 0 to 65535
     * @param inSet whether it is one of an AS_SET
     */
    void add(int asn, int peer, boolean inSet) {
        int at = last;
        if (at >= count || asns[at] != asn) {
            at = find(asn);
            if (at < 0) {
                return;
            }
            last = at;
        }
        sets[at] |= inSet;
        int word = peer >> 6;
        if (word >= seen[at].length) {
            seen[at] = Arrays.copyOf(seen[at], Math.max(2 * seen[at].length, word + 1));
        }
        long bit = 1L << peer;
        if ((seen[at][word] & bit) == 0) {
            seen[at][word] |= bit;
            votes[at]++;
        }
    }

    private int find(int asn) {
        for (int i = 0; i < count; i++) {
            if (asns[i] == asn) {
                return i;
            }
        }
        if (count == MOST) {
            return -1;
        }
        if (count == asns.length) {
            asns = Arrays.copyOf(asns, 2 * count);
            votes = Arrays.copyOf(votes, 2 * count);
            sets = Arrays.copyOf(sets, 2 * count);
            seen = Arrays.copyOf(seen, 2 * count);
            for (int i = count; i < seen.length; i++) {
                seen[i] = new long[1];
            }
        }
        asns[count] = asn;
        votes[count] = 0;
        sets[count] = false;
        return count++;
    }

    int count() {
        return count;
    }

    int asn(int at) {
        return asns[at];
    }

    int votes(int at) {
        return votes[at];
    }

    boolean inSet(int at) {
        return sets[at];
    }
}
