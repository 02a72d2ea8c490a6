package org.asntally.job.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InputTimesProperties {

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    private record Event(int input, String what, long time) {}

    @ParameterizedTest
    @MethodSource("seeds")
    void isTheLeastOfTheInputsThatGoOnAndSpeak(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int inputs = 1 + random.nextInt(5);
        InputTimes times = new InputTimes(inputs);
        List<Event> history = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            int input = random.nextInt(inputs);
            if (last(history, input, "end") != null) {
                continue;
            }
            switch (random.nextInt(6)) {
                case 0 -> {
                    history.add(new Event(input, "status", 1));
                    times.idle(input, true);
                }
                case 1 -> {
                    history.add(new Event(input, "status", 0));
                    times.idle(input, false);
                }
                case 2 -> {
                    if (random.nextInt(3) == 0) {
                        history.add(new Event(input, "end", 0));
                        times.end(input);
                    } else {
                        times.advance(input, Long.MAX_VALUE);
                    }
                }
                default -> {
                    long time = random.nextInt(1000);
                    history.add(new Event(input, "time", time));
                    times.advance(input, time);
                }
            }
            check(seed, inputs, times, history);
        }
    }

    private static void check(long seed, int inputs, InputTimes times, List<Event> history) {
        long least = Long.MAX_VALUE;
        int ended = 0;
        int silent = 0;
        for (int input = 0; input < inputs; input++) {
            Event status = last(history, input, "status");
            if (last(history, input, "end") != null) {
                ended++;
            } else if (status != null && status.time() == 1) {
                silent++;
            } else {
                long greatest = Long.MIN_VALUE;
                for (Event event : history) {
                    if (event.input() == input && event.what().equals("time")) {
                        greatest = Math.max(greatest, event.time());
                    }
                }
                least = Math.min(least, greatest);
            }
        }
        assertThat(times.allEnded()).as("seed %d", seed).isEqualTo(ended == inputs);
        assertThat(times.isIdle()).as("seed %d", seed).isEqualTo(ended + silent == inputs);
        assertThat(times.time())
                .as("seed %d, %s", seed, history)
                .isEqualTo(least == Long.MAX_VALUE ? Long.MIN_VALUE : least);
    }

    private static @Nullable Event last(List<Event> history, int input, String what) {
        Event last = null;
        for (Event event : history) {
            last = event.input() == input && event.what().equals(what) ? event : last;
        }
        return last;
    }

    /** FLINK-38477: Flink's own combination jumps to the end of time here. */
    @Test
    void timeDoesNotJumpWhenOneInputHasEndedAndTheOtherIsIdle() {
        InputTimes times = new InputTimes(2);
        times.advance(0, 100);
        times.advance(1, 50);
        times.advance(0, Long.MAX_VALUE);
        times.end(0);
        times.idle(1, true);
        assertThat(times.isIdle()).isTrue();
        assertThat(times.allEnded()).isFalse();
        times.idle(1, false);
        assertThat(times.time()).isEqualTo(50);
    }
}
