package org.asntally.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class FlowBatchTest {

    @Test
    void whatIsNoBatchIsRefused() {
        byte[] good = new FlowBatchBuilder(Set.of(FlowColumn.TIME)).build().bytes();

        byte[] newer = good.clone();
        newer[0] = 2;
        byte[] manySkips = good.clone();
        FlowBatch.INT.set(manySkips, 16, Integer.MAX_VALUE);
        byte[] fewRows = good.clone();
        FlowBatch.INT.set(fewRows, 4, -1);

        for (byte[] bad : new byte[][] {new byte[0], new byte[19], newer, manySkips, fewRows}) {
            assertThatThrownBy(() -> FlowBatch.of(bad))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(FlowBatch.of(good).rows()).isZero();
    }

    @Test
    void aFlowThatIsNotEndedDoesNotCount() {
        FlowBatchBuilder builder = new FlowBatchBuilder(Set.of(FlowColumn.PACKETS));
        builder.packets(7);
        assertThat(builder.isEmpty()).isTrue();
        builder.packets(8);
        builder.endFlow();

        FlowBatch batch = builder.build();

        assertThat(batch.rows()).isOne();
        assertThat(batch.constant(FlowColumn.PACKETS)).isEqualTo(8);
    }

    @Test
    void skipsAloneMakeABatch() {
        FlowBatchBuilder builder = new FlowBatchBuilder(Set.of());
        builder.skip(SkipReason.TOO_LONG);
        builder.skip(SkipReason.TOO_LONG);
        assertThat(builder.isEmpty()).isFalse();

        FlowBatch batch = builder.build();

        assertThat(batch.rows()).isZero();
        assertThat(batch.skips()).isOne();
        assertThat(batch.skipReason(0)).isEqualTo(SkipReason.TOO_LONG);
        assertThat(batch.skipCount(0)).isEqualTo(2);
        assertThat(builder.build().skips()).isZero();
    }

    @Test
    void positionsGrowByInputThenOffset() {
        assertThat(FlowBatch.position(1, 0)).isGreaterThan(FlowBatch.position(0, (1L << 44) - 1));
        assertThat(FlowBatch.position((1 << 19) - 1, 5)).isPositive();
    }

    @Test
    void codesOfReasonsAndColumnsAreTheirPlaces() {
        for (SkipReason reason : SkipReason.values()) {
            assertThat(reason.code()).isEqualTo(reason.ordinal());
            assertThat(SkipReason.ofCode(reason.code())).isEqualTo(reason);
        }
        assertThat(SkipReason.ofCode(-1)).isEqualTo(SkipReason.BAD_SHAPE);
        assertThat(SkipReason.ofCode(99)).isEqualTo(SkipReason.BAD_SHAPE);
        for (FlowColumn column : FlowColumn.values()) {
            assertThat(column.id()).isEqualTo(column.ordinal() + 1);
        }
    }
}
