package org.asntally.sources.flink;

import java.time.Duration;
import java.util.Arrays;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.clock.RelativeClock;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;

/**
 * The time of a live source, told batch by batch: the latest flow's, less what flows may be out of
 * order. Sources of files tell their time themselves, file by file; see {@link LogFiles}.
 *
 * <p><b>Time.</b> Event time. A flow further ahead of the clock than allowed never moves it and is
 * counted in {@code flows_from_the_future}; batches without a time are of the moment of reading.
 *
 * <p><b>Edge.</b> When nothing came for a while by the clock, not counting time in which we could
 * not take anything, the source is idle: others go on without it.
 *
 * @param outOfOrder how much earlier than the latest a flow may be and not be late
 * @param maxAhead how far ahead of the clock a flow may be and be believed
 * @param idle how long without flows makes it idle; zero: it never is
 */
public record FlowTimes(Duration outOfOrder, Duration maxAhead, Duration idle)
        implements WatermarkStrategy<FlowBatch> {

    private static final long serialVersionUID = 1;

    /** The name of the counter of flows that are too far ahead. */
    public static final String FROM_THE_FUTURE = "flows_from_the_future";

    @Override
    public WatermarkGenerator<FlowBatch> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new Generator(
                this,
                context.getMetricGroup().counter(FROM_THE_FUTURE),
                context.getInputActivityClock());
    }

    private static final class Generator implements WatermarkGenerator<FlowBatch> {
        private final FlowTimes times;
        private final LatestTime latest;
        private final RelativeClock clock;
        private long sent = Long.MIN_VALUE;
        private long heardMillis;
        private boolean idle;

        Generator(FlowTimes times, Counter ahead, RelativeClock clock) {
            this.times = times;
            this.latest = new LatestTime(times.maxAhead().toMillis(), ahead);
            this.clock = clock;
            this.heardMillis = clock.relativeTimeMillis();
        }

        @Override
        public void onEvent(FlowBatch batch, long timestamp, WatermarkOutput output) {
            heardMillis = clock.relativeTimeMillis();
            latest.add(batch, System.currentTimeMillis());
            if (idle) {
                idle = false;
                output.markActive();
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            if (latest.isKnown()) {
                long time = latest.millis() - times.outOfOrder().toMillis() - 1;
                if (time > sent) {
                    sent = time;
                    output.emitWatermark(new Watermark(time));
                }
            }
            if (!idle
                    && !times.idle().isZero()
                    && clock.relativeTimeMillis() - heardMillis >= times.idle().toMillis()) {
                idle = true;
                output.markIdle();
            }
        }
    }

    /** The latest believable time of all batches that were added. */
    static final class LatestTime {
        private final long maxAheadMillis;
        private final Counter ahead;
        private final long[] times = new long[FlowBatchBuilder.CAPACITY];
        private long latest = Long.MIN_VALUE;

        LatestTime(long maxAheadMillis, Counter ahead) {
            this.maxAheadMillis = maxAheadMillis;
            this.ahead = ahead;
        }

        boolean isKnown() {
            return latest != Long.MIN_VALUE;
        }

        /** Milliseconds since 1970. */
        long millis() {
            return latest;
        }

        void add(FlowBatch batch, long nowMillis) {
            latest = Math.max(latest, latestOf(batch, nowMillis));
        }

        /** Of one batch; the least long when there is none. */
        long latestOf(FlowBatch batch, long nowMillis) {
            if (batch.rows() == 0) {
                return Long.MIN_VALUE;
            }
            if (!batch.has(FlowColumn.TIME)) {
                return nowMillis;
            }
            long limit = nowMillis + maxAheadMillis;
            long greatest = batch.greatest(FlowColumn.TIME);
            if (greatest <= limit) {
                return greatest;
            }
            batch.longs(FlowColumn.TIME, times);
            long count = Arrays.stream(times, 0, batch.rows()).filter(t -> t > limit).count();
            ahead.inc(count);
            return Arrays.stream(times, 0, batch.rows())
                    .filter(t -> t <= limit)
                    .max()
                    .orElse(Long.MIN_VALUE);
        }
    }
}
