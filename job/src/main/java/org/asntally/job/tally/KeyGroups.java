package org.asntally.job.tally;

import java.util.Arrays;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Which key group a row belongs to, and the key that stands for a group. A batch travels under the
 * smallest integer whose key group is the wanted one: keyed by the group's own number, which Flink
 * hashes again, 53 of 128 groups would stay empty.
 */
public final class KeyGroups {

    /** The job's maximum parallelism, for ever: state is laid out by it. */
    public static final int COUNT = 128;

    private static final int[] KEYS = new int[COUNT];

    static {
        Arrays.fill(KEYS, -1);
        int left = COUNT;
        for (int key = 0; left > 0; key++) {
            int group = KeyGroupRangeAssignment.assignToKeyGroup(key, COUNT);
            if (KEYS[group] < 0) {
                KEYS[group] = key;
                left--;
            }
        }
    }

    private KeyGroups() {}

    /** The key group of a row with this hash. */
    public static int group(int hash) {
        return hash & (COUNT - 1);
    }

    /** The key that stands for a group. */
    public static int key(int group) {
        return KEYS[group];
    }
}
