package org.asntally.lookup.rib;

import java.util.Arrays;

/**
 * Which of several origins of a prefix is shown: that in the last file; within a file of BGP peers
 * that of most peers, then the lowest AS number; else the last one.
 */
final class OriginRule {

    private OriginRule() {}

    /**
     * The origins of one prefix that BGP peers see, the one to be shown first; of the last file
     * alone.
     *
     * @param order indexes of {@code list}, from {@code from} to before {@code to} of one prefix
     * @return empty when peers say nothing of it
     */
    static int[] ranked(RouteList list, int[] order, int from, int to) {
        int file = lastFile(list, order, from, to);
        long[] seen = new long[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            int peers = list.peers(order[i]);
            if (peers > 0 && (list.files[order[i]] & 0xffff) == file) {
                seen[count++] = (list.origins[order[i]] & 0xffffffffL) << 31 | peers;
            }
        }
        Arrays.sort(seen, 0, count);
        // Equal origins stand together now: their peers are added up.
        int distinct = 0;
        long[] ranks = new long[count];
        for (int i = 0; i < count; ) {
            long origin = seen[i] >>> 31;
            long peers = 0;
            while (i < count && seen[i] >>> 31 == origin) {
                peers += seen[i++] & Integer.MAX_VALUE;
            }
            long fewer = Integer.MAX_VALUE - Math.min(peers, Integer.MAX_VALUE);
            ranks[distinct++] = fewer << 32 | origin;
        }
        Arrays.sort(ranks, 0, distinct);
        int[] origins = new int[distinct];
        for (int i = 0; i < distinct; i++) {
            origins[i] = (int) ranks[i];
        }
        return origins;
    }

    /**
     * The index to be shown: the first with this origin in the last file, or without one the last.
     */
    static int shown(RouteList list, int[] order, int from, int to, int[] ranked) {
        int file = lastFile(list, order, from, to);
        int shown = order[from];
        for (int i = from; i < to; i++) {
            if ((list.files[order[i]] & 0xffff) == file) {
                shown = order[i];
                if (ranked.length > 0 && list.origins[shown] == ranked[0]) {
                    return shown;
                }
            }
        }
        return shown;
    }

    private static int lastFile(RouteList list, int[] order, int from, int to) {
        int file = 0;
        for (int i = from; i < to; i++) {
            file = Math.max(file, list.files[order[i]] & 0xffff);
        }
        return file;
    }
}
