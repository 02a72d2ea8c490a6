package org.asntally.job.attribute;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowBatch;

/** Attributed batches for tests of what follows. */
public final class TestAttribution {

    private final Attribution attribution;

    /** By a timeline that does not change. */
    public TestAttribution(List<Side> sides, RibTimeline timeline, Consumer<AttributedBatch> out) {
        attribution =
                new Attribution(
                        sides,
                        timeline,
                        new OpenTables(
                                timeline,
                                TableBytes.NONE,
                                (version, reason) -> {
                                    throw new UncheckedIOException(reason);
                                }),
                        Long.MAX_VALUE,
                        out);
    }

    /** Hands on what the batch becomes. */
    public void attribute(int source, FlowBatch flows) {
        attribution.attribute(source, flows, 0, Long.MAX_VALUE);
    }
}
