package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoftHeapTest {

    private static final long LEAST = 512;
    private static final long MOST = 12_000;

    @Test
    void growsWithWhatIsHeldAndShrinksAgain() {
        assertThat(SoftHeap.next(512, LEAST, 300, MOST)).isEqualTo(512);
        assertThat(SoftHeap.next(512, LEAST, 500, MOST)).isEqualTo(1_000);
        assertThat(SoftHeap.next(1_000, LEAST, 600, MOST)).isEqualTo(1_000);
        assertThat(SoftHeap.next(1_000, LEAST, 9_000, MOST)).isEqualTo(MOST);
        assertThat(SoftHeap.next(MOST, LEAST, 9_500, MOST)).isEqualTo(MOST);
        assertThat(SoftHeap.next(MOST, LEAST, 700, MOST)).isEqualTo(1_400);
        assertThat(SoftHeap.next(1_400, LEAST, 100, MOST)).isEqualTo(LEAST);
        assertThat(SoftHeap.next(LEAST, LEAST, 100, MOST)).isEqualTo(LEAST);
    }

    @Test
    void ofASmallMachineTakesWhatThereIs() {
        assertThat(SoftHeap.next(256, LEAST, 250, 256)).isEqualTo(256);
        assertThat(SoftHeap.next(256, LEAST, 10, 256)).isEqualTo(256);
    }

    /** Of whatever collector this is: nothing to say, and nothing fails. */
    @Test
    void followsThisProcess() {
        SoftHeap.follow();
        assertThat(Runtime.getRuntime().maxMemory()).isPositive();
    }
}
