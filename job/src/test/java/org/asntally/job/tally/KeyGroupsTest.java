package org.asntally.job.tally;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;

class KeyGroupsTest {

    @Test
    void aKeyIsTheSmallestIntegerOfItsGroup() {
        for (int group = 0; group < KeyGroups.COUNT; group++) {
            int key = 0;
            while (KeyGroupRangeAssignment.assignToKeyGroup(key, KeyGroups.COUNT) != group) {
                key++;
            }
            assertThat(KeyGroups.key(group)).isEqualTo(key);
        }
    }

    @Test
    void everyHashHasAGroup() {
        for (int hash : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 128, 129}) {
            assertThat(KeyGroups.group(hash)).isBetween(0, KeyGroups.COUNT - 1);
        }
    }
}
