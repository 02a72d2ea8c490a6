package org.asntally.sources.flink;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.asntally.sources.FlowBatch;
import org.jspecify.annotations.Nullable;

/**
 * A reader that follows, on the test's thread and by the test's clock. Snapshots go through their
 * serializer.
 */
final class FollowHarness {
    private static final FollowStateSerializer STATES = new FollowStateSerializer();

    private final FollowReader reader;
    private final ReaderOutput<FlowBatch> output = output();
    final List<FlowBatch> out = new ArrayList<>();
    long time = Long.MIN_VALUE;
    boolean idle;
    private long clock;

    /** What a checkpoint has. */
    record Snapshot(List<byte[]> state, int emitted) {}

    FollowHarness(LogFiles files, long clock) throws Exception {
        this(files, clock, null);
    }

    FollowHarness(LogFiles files, long clock, @Nullable Snapshot snapshot) throws Exception {
        this.clock = clock;
        this.reader = new FollowReader(context(), files, () -> this.clock);
        List<FollowState> splits = new ArrayList<>();
        if (snapshot != null) {
            for (byte[] state : snapshot.state()) {
                splits.add(STATES.deserialize(FollowStateSerializer.VERSION, state));
            }
        } else {
            splits.add(files.follow() ? FollowState.NEW : ArchiveList.of(files, 1, clock));
        }
        reader.addSplits(splits);
        if (!files.follow()) {
            reader.handleSourceEvents(new UnreadFrom(UnreadFrom.NOTHING));
            reader.notifyNoMoreSplits();
        }
        reader.start();
    }

    long clock() {
        return clock;
    }

    /** Time goes on, then some turns at most; whether it has ended. */
    boolean pass(long millis, int turns) throws Exception {
        clock += millis;
        for (int turn = 0; turn < turns; turn++) {
            InputStatus status = reader.pollNext(output);
            if (status == InputStatus.END_OF_INPUT) {
                return true;
            }
            if (status == InputStatus.NOTHING_AVAILABLE) {
                if (!reader.waitsForBytes()) {
                    return false;
                }
                reader.isAvailable().get(10, TimeUnit.SECONDS);
            }
        }
        return false;
    }

    /** Time goes on and all that is there is read; whether it has ended. */
    boolean catchUp(long millis) throws Exception {
        return pass(millis, Integer.MAX_VALUE);
    }

    /** Time goes on and files are looked at; nothing is read. */
    void look(long millis) {
        clock += millis;
        reader.look(output);
    }

    Snapshot snapshot() throws Exception {
        List<byte[]> state = new ArrayList<>();
        for (FollowState split : reader.snapshotState(1)) {
            state.add(STATES.serialize(split));
        }
        return new Snapshot(state, out.size());
    }

    FollowState state() {
        return reader.snapshotState(1).get(0);
    }

    void close() {
        reader.close();
    }

    private static SourceReaderContext context() {
        return (SourceReaderContext)
                Proxy.newProxyInstance(
                        FollowHarness.class.getClassLoader(),
                        new Class<?>[] {SourceReaderContext.class},
                        (proxy, method, args) -> {
                            if (method.getName().equals("metricGroup")) {
                                return UnregisteredMetricsGroup.createSourceReaderMetricGroup();
                            }
                            throw new UnsupportedOperationException(method.getName());
                        });
    }

    @SuppressWarnings("unchecked")
    private ReaderOutput<FlowBatch> output() {
        return (ReaderOutput<FlowBatch>)
                Proxy.newProxyInstance(
                        FollowHarness.class.getClassLoader(),
                        new Class<?>[] {ReaderOutput.class},
                        (proxy, method, args) -> {
                            switch (method.getName()) {
                                case "collect" -> out.add((FlowBatch) args[0]);
                                case "emitWatermark" -> {
                                    time = Math.max(time, ((Watermark) args[0]).getTimestamp());
                                    idle = false;
                                }
                                case "markIdle" -> idle = true;
                                case "markActive" -> idle = false;
                                case "releaseOutputForSplit" -> {}
                                default ->
                                        throw new UnsupportedOperationException(method.getName());
                            }
                            return null;
                        });
    }
}
