package org.asntally.job.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.MultiInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/** One {@code attribute} whose output is read as events. */
final class AttributeHarness extends MultiInputStreamOperatorTestHarness<AttributedBatch> {

    /** What came out: a flow with its time and the version that it met, or time itself. */
    record Event(String what, long time, long version) {}

    private final int sources;
    private final List<Event> events = new ArrayList<>();
    long beforeOldest;
    long ahead;
    long future;
    long skipsTold;

    AttributeHarness(int sources, RibTimeline bootstrap) throws Exception {
        this(sources, bootstrap, 1, 0, null);
    }

    AttributeHarness(int sources, RibTimeline bootstrap, long maxAheadMillis) throws Exception {
        this(sources, bootstrap, 1, 0, null, maxAheadMillis);
    }

    AttributeHarness(
            int sources,
            RibTimeline bootstrap,
            int parallelism,
            int subtask,
            @Nullable OperatorSubtaskState state)
            throws Exception {
        this(sources, bootstrap, parallelism, subtask, state, Long.MAX_VALUE);
    }

    private AttributeHarness(
            int sources,
            RibTimeline bootstrap,
            int parallelism,
            int subtask,
            @Nullable OperatorSubtaskState state,
            long maxAheadMillis)
            throws Exception {
        super(
                new AttributeOperatorFactory(
                        sources,
                        List.of(Side.SOURCE),
                        bootstrap,
                        maxAheadMillis,
                        Long.MAX_VALUE,
                        new FailedInputs(
                                IntStream.range(0, sources).mapToObj(i -> "s" + i).toList(),
                                IntStream.range(0, sources).mapToObj(i -> i == 1).toList())),
                128,
                parallelism,
                subtask);
        this.sources = sources;
        setOutputCreator(serializer -> new Recorder());
        setup(new AttributedBatchSerializer());
        if (state != null) {
            initializeState(state);
        }
        open();
    }

    /** One flow per time, all from one v4 address. */
    static FlowBatch batch(long... times) {
        FlowBatchBuilder builder = new FlowBatchBuilder(Set.of(FlowColumn.TIME, FlowColumn.SOURCE));
        builder.startsAt(0);
        for (long time : times) {
            builder.time(time);
            builder.source4(0xC0000201);
            builder.endFlow();
        }
        return builder.build();
    }

    void flows(int source, long... times) throws Exception {
        flows(source, batch(times));
    }

    void flows(int source, FlowBatch batch) throws Exception {
        processElement(source, new StreamRecord<>(batch));
    }

    void rib(RibMessage message) throws Exception {
        processElement(sources, new StreamRecord<>(message));
    }

    void time(int input, long time) throws Exception {
        processWatermark(input, new Watermark(time));
    }

    void status(int input, boolean idle) throws Exception {
        processWatermarkStatus(input, idle ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
    }

    void end(int input) throws Exception {
        ((BoundedMultiInput) operator).endInput(input + 1);
    }

    /** Throws nothing that is checked, so that tests may use it as a resource. */
    @Override
    public void close() {
        try {
            super.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What has come out since the last call. */
    List<Event> events() {
        List<Event> copy = List.copyOf(events);
        events.clear();
        return copy;
    }

    /** Batches are reused, so they are read while they are here. */
    private final class Recorder implements Output<StreamRecord<AttributedBatch>> {
        private final long[] times = new long[FlowBatchBuilder.CAPACITY];

        @Override
        public void collect(StreamRecord<AttributedBatch> element) {
            AttributedBatch batch = element.getValue();
            beforeOldest += batch.beforeOldest();
            ahead += batch.aheadOfRib();
            future += batch.fromTheFuture();
            skipsTold += batch.isFirst() ? batch.flows().skips() : 0;
            batch.flows().longs(FlowColumn.TIME, times);
            if (batch.rows() == FlowBatchBuilder.CAPACITY) {
                events.add(new Event("full batch", times[0], batch.version()));
                return;
            }
            int[] selection = batch.selection();
            for (int i = 0; i < batch.rows(); i++) {
                int row = selection == null ? i : selection[i];
                Rib rib = batch.rib();
                assertThat(rib).isNotNull();
                assertThat(batch.routes(Side.SOURCE)[row])
                        .isEqualTo(rib == null ? -2 : rib.route4(0xC0000201));
                events.add(new Event("flow", times[row], batch.version()));
            }
        }

        @Override
        public void emitWatermark(Watermark mark) {
            events.add(new Event("time", mark.getTimestamp(), 0));
        }

        @Override
        public void emitWatermarkStatus(WatermarkStatus status) {
            events.add(new Event(status.isIdle() ? "idle" : "active", 0, 0));
        }

        @Override
        public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
            throw new IllegalStateException("no side output is known");
        }

        @Override
        public void emitLatencyMarker(LatencyMarker marker) {}

        @Override
        public void emitRecordAttributes(RecordAttributes attributes) {}

        @Override
        public void emitWatermark(WatermarkEvent event) {}

        @Override
        public void close() {}
    }
}
