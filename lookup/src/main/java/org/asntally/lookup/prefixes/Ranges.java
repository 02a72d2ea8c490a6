package org.asntally.lookup.prefixes;

import java.util.Arrays;

/**
 * Ranges of one family, ascending, apart from each other: between any two lies an address that is
 * in neither. A builder takes them in any order; what it has taken is put in order when its room is
 * used up, so its size depends on what the ranges cover, not on how often they came.
 */
final class Ranges implements HeapSort.Rows {

    private static final int ROOM = 64;

    final boolean v6;
    private long[] firstHigh;
    private long[] firstLow = new long[ROOM];
    private long[] lastHigh;
    private long[] lastLow = new long[ROOM];
    private int count;
    private boolean inOrder = true;

    Ranges(boolean v6) {
        this.v6 = v6;
        // IPv4 addresses have no upper half.
        firstHigh = new long[v6 ? ROOM : 0];
        lastHigh = new long[v6 ? ROOM : 0];
    }

    int count() {
        return count;
    }

    long firstHigh(int range) {
        return v6 ? firstHigh[range] : 0;
    }

    long firstLow(int range) {
        return firstLow[range];
    }

    long lastHigh(int range) {
        return v6 ? lastHigh[range] : 0;
    }

    long lastLow(int range) {
        return lastLow[range];
    }

    /** Takes a range; its ends are in order. */
    void add(long fromHigh, long fromLow, long toHigh, long toLow) {
        if (count > 0 && inOrder && startsWithin(count - 1, fromHigh, fromLow)) {
            // The usual case of a sorted table: it goes on where the last one was.
            if (AddressRange.compare(toHigh, toLow, lastHigh(count - 1), lastLow[count - 1]) > 0) {
                setLast(count - 1, toHigh, toLow);
            }
            return;
        }
        if (count == firstLow.length) {
            makeRoom();
        }
        inOrder =
                count == 0
                        || (inOrder
                                && AddressRange.compare(
                                                fromHigh,
                                                fromLow,
                                                firstHigh(count - 1),
                                                firstLow[count - 1])
                                        >= 0);
        set(count++, fromHigh, fromLow, toHigh, toLow);
    }

    /** Whether an address lies in a range or right behind it. */
    private boolean startsWithin(int range, long high, long low) {
        if (AddressRange.compare(high, low, firstHigh(range), firstLow[range]) < 0) {
            return false;
        }
        if (AddressRange.compare(high, low, lastHigh(range), lastLow[range]) <= 0) {
            return true;
        }
        long nextLow = lastLow[range] + 1;
        long nextHigh = nextLow == 0 ? lastHigh(range) + 1 : lastHigh(range);
        return high == nextHigh && low == nextLow;
    }

    private void set(int at, long fromHigh, long fromLow, long toHigh, long toLow) {
        firstLow[at] = fromLow;
        if (v6) {
            firstHigh[at] = fromHigh;
        }
        setLast(at, toHigh, toLow);
    }

    private void setLast(int at, long toHigh, long toLow) {
        lastLow[at] = toLow;
        if (v6) {
            lastHigh[at] = toHigh;
        }
    }

    private void makeRoom() {
        close();
        if (count > firstLow.length / 2) {
            int room = Math.multiplyExact(firstLow.length, 2);
            firstLow = Arrays.copyOf(firstLow, room);
            lastLow = Arrays.copyOf(lastLow, room);
            if (v6) {
                firstHigh = Arrays.copyOf(firstHigh, room);
                lastHigh = Arrays.copyOf(lastHigh, room);
            }
        }
    }

    /** Puts them in order and joins what overlaps or touches. */
    Ranges close() {
        if (!inOrder) {
            sort();
            inOrder = true;
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept > 0 && startsWithin(kept - 1, firstHigh(i), firstLow[i])) {
                if (AddressRange.compare(
                                lastHigh(i), lastLow[i], lastHigh(kept - 1), lastLow[kept - 1])
                        > 0) {
                    setLast(kept - 1, lastHigh(i), lastLow[i]);
                }
            } else {
                set(kept++, firstHigh(i), firstLow[i], lastHigh(i), lastLow[i]);
            }
        }
        count = kept;
        return this;
    }

    private void sort() {
        if (!v6) {
            // Both ends in one number, whose order is that of the first ends.
            long[] both = new long[count];
            for (int i = 0; i < count; i++) {
                both[i] = (firstLow[i] << 32 | lastLow[i]) ^ Long.MIN_VALUE;
            }
            Arrays.sort(both);
            for (int i = 0; i < count; i++) {
                long range = both[i] ^ Long.MIN_VALUE;
                firstLow[i] = range >>> 32;
                lastLow[i] = range & AddressRange.LAST_V4;
            }
            return;
        }
        HeapSort.sort(count, this);
    }

    @Override
    public boolean before(int a, int b) {
        return AddressRange.compare(firstHigh(a), firstLow[a], firstHigh(b), firstLow[b]) < 0;
    }

    @Override
    public void swap(int a, int b) {
        long high = firstHigh(a);
        long low = firstLow[a];
        long toHigh = lastHigh(a);
        long toLow = lastLow[a];
        set(a, firstHigh(b), firstLow[b], lastHigh(b), lastLow[b]);
        set(b, high, low, toHigh, toLow);
    }

    /** The range that holds an address, else -(n + 1), n being the first one behind it. */
    int find(long high, long low) {
        int from = 0;
        int to = count;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (AddressRange.compare(high, low, firstHigh(middle), firstLow[middle]) < 0) {
                to = middle;
            } else if (AddressRange.compare(high, low, lastHigh(middle), lastLow[middle]) > 0) {
                from = middle + 1;
            } else {
                return middle;
            }
        }
        return -(from + 1);
    }

    /** What is in these and not in the others. */
    Ranges minus(Ranges others) {
        Ranges left = new Ranges(v6);
        int found = count == 0 ? 0 : others.find(firstHigh(0), firstLow[0]);
        int other = found < 0 ? -found - 1 : found;
        for (int i = 0; i < count; i++) {
            long high = firstHigh(i);
            long low = firstLow[i];
            boolean more = true;
            while (other < others.count
                    && AddressRange.compare(
                                    others.lastHigh(other), others.lastLow[other], high, low)
                            < 0) {
                other++;
            }
            int next = other;
            while (more
                    && next < others.count
                    && AddressRange.compare(
                                    others.firstHigh(next),
                                    others.firstLow[next],
                                    lastHigh(i),
                                    lastLow[i])
                            <= 0) {
                long otherHigh = others.firstHigh(next);
                long otherLow = others.firstLow[next];
                if (AddressRange.compare(otherHigh, otherLow, high, low) > 0) {
                    left.add(high, low, otherLow == 0 ? otherHigh - 1 : otherHigh, otherLow - 1);
                }
                // What follows the other one, unless that reaches beyond this range.
                more =
                        AddressRange.compare(
                                        others.lastHigh(next),
                                        others.lastLow[next],
                                        lastHigh(i),
                                        lastLow[i])
                                < 0;
                low = others.lastLow[next] + 1;
                high = low == 0 ? others.lastHigh(next) + 1 : others.lastHigh(next);
                next++;
            }
            if (more) {
                left.add(high, low, lastHigh(i), lastLow[i]);
            }
        }
        return left;
    }
}
