package org.asntally.job.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.junit.jupiter.api.Test;

/** Sources that fail for good; of the harness's own source 1 is required. */
class FailedInputsTest {

    private static FlowBatch broken(int inputs) {
        FlowBatchBuilder builder = new FlowBatchBuilder(Set.of(FlowColumn.TIME, FlowColumn.SOURCE));
        builder.startsAt(0);
        builder.skip(SkipReason.BAD_TIME);
        builder.skip(SkipReason.BROKEN_INPUT, inputs);
        return builder.build();
    }

    @Test
    void theJobGoesOnWithoutASourceThatIsNotRequiredAndCountsWhatFailed() throws Exception {
        try (AttributeHarness operator = new AttributeHarness(2, new RibTimeline())) {
            operator.flows(0, broken(2));
            operator.flows(0, broken(1));
            operator.flows(1, 100);

            Map<String, Object> told = new HashMap<>();
            operator.getEnvironment()
                    .getAccumulatorRegistry()
                    .getSnapshot()
                    .deserializeUserAccumulators(getClass().getClassLoader())
                    .forEach((name, counter) -> told.put(name, counter.getLocalValue()));

            assertThat(FailedInputs.of(told)).isEqualTo(Map.of("s0", 3L));
        }
    }

    @Test
    void withoutARequiredSourceTheJobEnds() throws Exception {
        try (AttributeHarness operator = new AttributeHarness(2, new RibTimeline())) {
            assertThatThrownBy(() -> operator.flows(1, broken(1)))
                    .isInstanceOf(RequiredSourceException.class)
                    .hasMessage("source 's1', which is required, has failed for good");
        }
    }

    @Test
    void accumulatorsOfOthersAndZerosAreNone() {
        assertThat(
                        FailedInputs.of(
                                Map.of(
                                        "failed-inputs/web",
                                        0L,
                                        "other",
                                        7L,
                                        "failed-inputs/x",
                                        1L)))
                .isEqualTo(Map.of("x", 1L));
    }
}
