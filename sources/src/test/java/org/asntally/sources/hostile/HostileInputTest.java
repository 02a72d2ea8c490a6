package org.asntally.sources.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.asntally.sources.SkipReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hostile inputs are counted, bad things by their reason and good ones beside them as ever, and
 * take no more than twice the memory of a good input of the same size. How much time they take the
 * benchmark {@code HostileInputBenchmark} tells.
 */
class HostileInputTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Readings after which what is allocated is what will be. */
    private static final int WARM_UP = 20;

    private static final int READINGS = 3;

    /** Bytes that may be more for all of an input, where a good one takes few. */
    private static final long SMALL = 32_768;

    /** Noted of numbers that are not told in their order, which count all the same. */
    private static final Set<SkipReason> NOTED =
            EnumSet.of(
                    SkipReason.LOST_DATAGRAMS,
                    SkipReason.LOST_SAMPLES,
                    SkipReason.REORDERED,
                    SkipReason.RESET);

    /** What one reading tells, and how many bytes it allocates. */
    private record Cost(Told told, long allocated) {}

    private static Cost cost(Decoder decoder, Supplier<Input> inputs) {
        Reading reading = decoder.open();
        Told told = new Told();
        Input first = inputs.get();
        for (int i = 0; i < WARM_UP; i++) {
            reading.read(first, told);
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < READINGS; i++) {
            // Another one each time, so that what is kept of each shows.
            Input input = inputs.get();
            told.clear();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            reading.read(input, told);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return new Cost(told, least);
    }

    private static Map<SkipReason, Long> skips(Told told) {
        Map<SkipReason, Long> skips = new EnumMap<>(SkipReason.class);
        for (SkipReason reason : SkipReason.values()) {
            if (told.skips(reason) > 0 && !NOTED.contains(reason)) {
                skips.put(reason, told.skips(reason));
            }
        }
        return skips;
    }

    @ParameterizedTest
    @EnumSource
    void isCountedAndTakesAtMostTwiceTheMemory(Form form) {
        Input bad = form.bad();
        Input good = form.good();
        Cost ofBad = cost(form.decoder(), form::bad);
        Cost ofGood = cost(form.decoder(), form::good);

        assertThat(bad.bytes()).hasSameSizeAs(good.bytes());
        assertThat(ofGood.told.flows()).isEqualTo(good.flows());
        assertThat(skips(ofGood.told)).isEqualTo(good.skips());
        assertThat(ofBad.told.flows()).isEqualTo(bad.flows());
        Map<SkipReason, Long> skips = skips(ofBad.told);
        assertThat(skips).containsAllEntriesOf(bad.skips());
        assertThat(skips.values().stream().mapToLong(count -> count).sum())
                .isEqualTo(bad.others() + bad.skips().values().stream().mapToLong(c -> c).sum());
        assertThat(ofBad.allocated).isLessThanOrEqualTo(2 * ofGood.allocated + SMALL);
    }
}
