package org.asntally.sources.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times are told as they are, idleness as words. */
class SourceTimeTest implements SourceTime.Output {

    private final List<String> told = new ArrayList<>();
    private final SourceTime time = new SourceTime(10, this);

    @Override
    public void time(long millis) {
        told.add(String.valueOf(millis));
    }

    @Override
    public void idle(boolean isIdle) {
        told.add(isIdle ? "idle" : "active");
    }

    /** A look at parts of these times, of which the first so many hold theirs. */
    private void look(int holding, long... latest) {
        time.look(false);
        for (int i = 0; i < latest.length; i++) {
            time.part(latest[i]);
            if (i < holding) {
                time.heldAt(latest[i]);
            }
        }
        time.tell(true);
    }

    @Test
    void thePartFurthestBehindDecidesWhileItHoldsTime() {
        look(2, 100, 500);
        look(2, 100, 900);
        look(2, 200, 900);
        look(1, 300, 900);
        assertThat(told).containsExactly("89", "189", "289");
    }

    @Test
    void whenAllGoIdleAtOneLookTheLatestIsTold() {
        look(2, 100, 500);
        look(0, 100, 500);
        look(0, 100, 500);
        assertThat(told).containsExactly("89", "489", "idle");
        look(1, 100, 500);
        look(1, 600, 500);
        assertThat(told).containsExactly("89", "489", "idle", "active", "589");
    }

    @Test
    void whatIsNotKnownYetHoldsTime() {
        time.look(true);
        time.part(100);
        time.tell(true);
        look(2, Long.MIN_VALUE, 500);
        assertThat(told).isEmpty();
        look(0, Long.MIN_VALUE, Long.MIN_VALUE);
        assertThat(told).containsExactly("idle");
        time.tell(7L);
        assertThat(told).containsExactly("idle", "active", "7");
    }

    @Test
    void aSourceThatMayNotBeIdleTellsTheLatestOnly() {
        time.look(false);
        time.part(100);
        time.tell(false);
        assertThat(told).containsExactly("89");
        assertThat(time.sent()).isEqualTo(89);
    }
}
