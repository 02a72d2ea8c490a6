package org.asntally.job.attribute;

import java.util.Arrays;

/**
 * The time of several inputs, combined as Flink does not: an input that has ended is left out, so
 * when the others go idle time stands instead of jumping to its end (FLINK-38477). An input's own
 * last watermark is no end: ends are told.
 */
final class InputTimes {

    private final long[] times;
    private final boolean[] idle;
    private final boolean[] ended;

    InputTimes(int inputs) {
        times = new long[inputs];
        Arrays.fill(times, Long.MIN_VALUE);
        idle = new boolean[inputs];
        ended = new boolean[inputs];
    }

    /** A watermark came. The end of time is not taken as one. */
    void advance(int input, long watermark) {
        if (watermark != Long.MAX_VALUE) {
            times[input] = Math.max(times[input], watermark);
        }
    }

    void idle(int input, boolean isIdle) {
        idle[input] = isIdle;
    }

    void end(int input) {
        ended[input] = true;
    }

    boolean allEnded() {
        for (boolean end : ended) {
            if (!end) {
                return false;
            }
        }
        return true;
    }

    /** Whether every input that goes on is idle. */
    boolean isIdle() {
        for (int input = 0; input < times.length; input++) {
            if (!ended[input] && !idle[input]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The least time of the inputs that go on and are active; {@link Long#MIN_VALUE} when there is
     * none.
     */
    long time() {
        long time = Long.MAX_VALUE;
        for (int input = 0; input < times.length; input++) {
            if (!ended[input] && !idle[input]) {
                time = Math.min(time, times[input]);
            }
        }
        return time == Long.MAX_VALUE ? Long.MIN_VALUE : time;
    }
}
