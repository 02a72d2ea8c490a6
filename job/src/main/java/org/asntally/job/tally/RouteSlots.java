package org.asntally.job.tally;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the routes that were seen, in the order of their first sight: 0, 1, 2, ... Slots of busy
 * routes come early and so lie close together, which keeps their counters in the processor's
 * caches.
 *
 * <p>Starts as a hash table with linear probing and becomes a plain array by route once a good part
 * of all routes has been seen. One thread.
 */
final class RouteSlots {

    private final int routes;
    private final int generosity;
    private int[] keys = new int[64];
    private int[] slots = new int[64];
    private int mask = 63;
    private int @Nullable [] dense;
    private int size;

    /**
     * For a table with so many routes.
     *
     * @param generosity the array takes over when it is at most this many times as large as the
     *     hash table would be: more where there is one of these, 1 where there is one for every
     *     window
     */
    RouteSlots(int routes, int generosity) {
        this.routes = routes;
        this.generosity = generosity;
    }

    /** How many routes were seen. */
    int size() {
        return size;
    }

    /** The slot of a route (-1 for unrouted is one too); {@code ~slot} when it is new. */
    int slot(int route) {
        int key = route + 1;
        int[] array = dense;
        if (array != null) {
            int slot = array[key];
            if (slot != 0) {
                return slot - 1;
            }
            array[key] = ++size;
            return -size;
        }
        int at = ((key * 0x9E3779B9) >>> 7) & mask;
        while (slots[at] != 0) {
            if (keys[at] == key) {
                return slots[at] - 1;
            }
            at = (at + 1) & mask;
        }
        keys[at] = key;
        slots[at] = ++size;
        if (2 * size > mask) {
            grow();
        }
        return -size;
    }

    private void grow() {
        if (4L * generosity * keys.length > routes) {
            int[] array = new int[routes + 1];
            for (int at = 0; at < keys.length; at++) {
                if (slots[at] != 0) {
                    array[keys[at]] = slots[at];
                }
            }
            dense = array;
            keys = new int[0];
            slots = new int[0];
            return;
        }
        int[] oldKeys = keys;
        int[] oldSlots = slots;
        keys = new int[2 * oldKeys.length];
        slots = new int[2 * oldKeys.length];
        mask = keys.length - 1;
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldSlots[old] != 0) {
                int at = ((oldKeys[old] * 0x9E3779B9) >>> 7) & mask;
                while (slots[at] != 0) {
                    at = (at + 1) & mask;
                }
                keys[at] = oldKeys[old];
                slots[at] = oldSlots[old];
            }
        }
    }

    /** Forgets all routes, keeps its memory. */
    void clear() {
        int[] array = dense;
        if (array != null) {
            Arrays.fill(array, 0);
        } else {
            Arrays.fill(slots, 0);
        }
        size = 0;
    }
}
